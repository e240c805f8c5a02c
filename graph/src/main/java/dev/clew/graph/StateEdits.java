package dev.clew.graph;

import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.graph.plan.Due;
import dev.clew.graph.plan.Execution;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.topology.Topology;
import dev.clew.spi.LoggedNode;
import dev.clew.spi.LoggedRun;
import dev.clew.spi.ThreadChange;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an edit by hand makes of a thread: a run whose log says what it would say if the node that the edit acts as
 * had given this. Decides only; nothing is stored here.
 */
final class StateEdits<O extends @Nullable Object, S> {
    private final GraphSpec<?, O, S> spec;
    private final GraphNodes<S> graph;

    StateEdits(GraphSpec<?, O, S> spec, GraphNodes<S> graph) {
        this.spec = spec;
        this.graph = graph;
    }

    /** What an edit leads to: a change, and how many supersteps have been folded then. */
    record Edited(ThreadChange change, int superstep) {
        boolean isValue() {
            return change instanceof ThreadChange.Value;
        }
    }

    // --- updateState ---

    Edited update(Optional<LoggedRun> run, OptionalInt superstep, NodeResult<S> result, @Nullable NodeRef asNode) {
        try {
            return run.filter(read -> read.runId().isPresent())
                    .map(read -> inRun(read, superstep, result, asNode))
                    .orElseGet(() -> afterRuns(run.orElse(null), result, asNode));
        } catch (SuperstepFailedException | IllegalRequestException refused) {
            throw new RequestRefusedException("updateState: " + refused.getMessage(), refused);
        }
    }

    /** On a thread that never ran, or whose value was set by hand. */
    private Edited afterRuns(@Nullable LoggedRun byHand, NodeResult<S> result, @Nullable NodeRef asNode) {
        StateValues base = byHand != null && byHand.saved() instanceof StateValues saved
                ? saved
                : graph.state().start();
        Progress<S> progress = new Progress<>(graph, base);
        if (asNode == null && byHand != null) {
            progress.begin(update(result));
            return value(progress.values());
        }
        String name = asNode == null ? Topology.START : known(asNode);
        progress.begin(graph.state().changes().update());
        Plan edit = new Plan(1, List.of(new Due(name, 1, null)), List.of(), List.of());
        progress.fold(edit, List.of(possible(name, result)));
        Plan next = graph.planner()
                .inserted(
                        edit.emptied(),
                        edit.executions().get(0),
                        graph.find(name).routing(result),
                        Map.of());
        if (next.isEnd()) {
            return value(progress.values());
        }
        List<ThreadChange.Note> notes = List.of(
                new ThreadChange.Note(
                        GraphRun.INPUT,
                        graph.state().changes().update(),
                        graph.state().storedUpdateType()),
                plan(edit),
                plan(next));
        return new Edited(new ThreadChange.Continuation(1, notes, List.of(outcome(name, 1, 0, result))), 1);
    }

    private Edited inRun(LoggedRun run, OptionalInt superstep, NodeResult<S> result, @Nullable NodeRef asNode) {
        LoggedGraph<S> logged = LoggedGraph.of(graph, run);
        Stage newest = logged.at(OptionalInt.empty());
        boolean isPast = superstep.isPresent() && superstep.getAsInt() != newest.superstep();
        Stage stage = logged.pastInput(isPast ? logged.at(superstep) : newest);
        String name = asNode == null ? lastNode(stage) : known(asNode);
        List<Integer> due = due(stage, name);
        boolean stands = !due.isEmpty() || asNode instanceof NodeRef.At;
        return asNode == null || !stands
                ? inserted(logged, stage, name, result, isPast)
                : filled(logged, stage, due.get(index(asNode, name, due)), result, isPast);
    }

    /** The only node of the last superstep; after the input, the input. */
    private String lastNode(Stage stage) {
        Plan done = stage.done();
        if (done == null) {
            return Topology.START;
        }
        List<String> nodes = done.due().stream()
                .map(group -> graph.planner().presentName(group.node()))
                .distinct()
                .toList();
        if (nodes.size() != 1) {
            throw new IllegalRequestException("the last superstep ran " + nodes
                    + ", so say as which node the state is updated: updateState(config, update, node)");
        }
        return nodes.get(0);
    }

    private String known(NodeRef node) {
        String name = graph.planner().presentName(node.id());
        List<String> all = spec.nodes().stream().map(NodeSpec::name).toList();
        if (!all.contains(name) && !name.equals(Topology.START)) {
            throw new IllegalRequestException("the graph '" + spec.name() + "' has no node '" + node.id() + "'"
                    + (node.id().contains("/")
                            ? "; a state is updated as a node of the graph itself, not of one inside of it"
                            : Names.didYouMean(node.id(), all)));
        }
        return name;
    }

    /** Which of the due executions are the node's. */
    private List<Integer> due(Stage stage, String name) {
        List<Integer> due = new ArrayList<>();
        List<Execution> executions = executions(stage);
        for (int i = 0; i < executions.size(); i++) {
            if (graph.planner().presentName(executions.get(i).node()).equals(name)) {
                due.add(i);
            }
        }
        return due;
    }

    private static List<Execution> executions(Stage stage) {
        Plan next = stage.next();
        return next == null ? List.of() : next.executions();
    }

    private static int index(NodeRef asNode, String name, List<Integer> due) {
        int index = asNode instanceof NodeRef.At at ? at.index() : 0;
        if (due.size() > 1 && !(asNode instanceof NodeRef.At)) {
            throw new IllegalRequestException("'" + name + "' is due " + due.size()
                    + " times; say which execution is meant: node.at(0) to node.at(" + (due.size() - 1) + ")");
        }
        if (index >= due.size()) {
            throw new IllegalRequestException(
                    "'" + name + "' is due " + due.size() + " times, so there is no node.at(" + index + ")");
        }
        return index;
    }

    /** A due execution has this outcome. If all have one then, the superstep is folded. */
    private Edited filled(LoggedGraph<S> logged, Stage stage, int filled, NodeResult<S> result, boolean isPast) {
        Plan plan = planned(stage);
        List<Execution> executions = plan.executions();
        Execution execution = executions.get(filled);
        NodeResult<S> given = possible(execution.node(), result);
        int first = logged.calls(stage);
        Map<String, Integer> kept = kept(logged, executions, isPast, first, i -> i != filled);
        ThreadChange.Outcome outcome = outcome(execution.node(), execution.number(), first + filled, given);
        List<ThreadChange.Note> notes = new ArrayList<>(List.of(plan(plan.under(plan.limit(), List.of()))));
        Progress<S> progress = logged.progress(stage);
        boolean isComplete = kept.size() == executions.size() - 1;
        List<@Nullable NodeResult<S>> results =
                new ArrayList<>(isComplete ? logged.results(plan) : Collections.nCopies(executions.size(), null));
        results.set(filled, given);
        // What does not fit is refused now, although the others may have no outcome yet.
        progress.fold(plan, isComplete ? results : keptResults(logged, executions, kept, results));
        if (!isComplete) {
            return branch(stage.superstep(), first, kept, stage.superstep(), notes, outcome);
        }
        Plan next = progress.next(plan, results);
        if (next.isEnd()) {
            return value(progress.values());
        }
        notes.add(plan(next));
        return branch(stage.superstep() + 1, first, kept, stage.superstep(), notes, outcome);
    }

    private List<@Nullable NodeResult<S>> keptResults(
            LoggedGraph<S> logged,
            List<Execution> executions,
            Map<String, Integer> kept,
            List<@Nullable NodeResult<S>> results) {
        List<@Nullable NodeResult<S>> all = new ArrayList<>(results);
        for (int i = 0; i < executions.size(); i++) {
            Optional<LoggedNode> node = logged.node(executions.get(i));
            if (all.get(i) == null
                    && node.filter(n -> kept.containsKey(n.step().path())).isPresent()) {
                all.set(
                        i,
                        node.get().result(graph.find(executions.get(i).node()).resultType()));
            }
        }
        return all;
    }

    /** An execution that was not due, in a superstep of its own before what is due. */
    private Edited inserted(LoggedGraph<S> logged, Stage stage, String name, NodeResult<S> result, boolean isPast) {
        NodeResult<S> given = possible(name, result);
        Plan due =
                stage.next() == null ? new Plan(stage.superstep() + 1, List.of(), List.of(), List.of()) : stage.next();
        Map<String, Integer> counts = new HashMap<>(stage.executed());
        graph.planner().count(due, counts);
        int number = counts.getOrDefault(name, 0) + 1;
        Plan edit = new Plan(
                due.number(),
                List.of(new Due(name, number, null)),
                due.arrivals(),
                due.waiting(),
                due.limit(),
                List.of());
        Progress<S> progress = progress(stage);
        progress.fold(edit, List.of(given));
        Plan next = graph.planner()
                .inserted(due, edit.executions().get(0), graph.find(name).routing(given), stage.executed())
                .under(due.limit(), List.of());
        if (next.isEnd()) {
            return value(progress.values());
        }
        int first = logged.calls(stage);
        List<Execution> later = next.executions();
        Map<String, Integer> kept = kept(logged, later, isPast, first + 1, i -> true);
        return branch(
                stage.superstep() + 1,
                first,
                kept,
                stage.superstep(),
                List.of(plan(edit), plan(next)),
                outcome(name, number, first, given));
    }

    /** The outcomes of due executions that stay, with their new places; an edit in the past begins all of them anew. */
    private Map<String, Integer> kept(
            LoggedGraph<S> logged, List<Execution> executions, boolean isPast, int first, Predicate<Integer> wanted) {
        Map<String, Integer> kept = new HashMap<>();
        for (int i = 0; i < executions.size() && !isPast; i++) {
            if (wanted.test(i) && logged.hasSucceeded(executions.get(i))) {
                int place = first + i;
                logged.node(executions.get(i))
                        .ifPresent(node -> kept.put(node.step().path(), place));
            }
        }
        return kept;
    }

    // --- fork ---

    /** A run at this superstep, all of whose nodes run again. */
    Edited fork(Optional<LoggedRun> read, int superstep) {
        LoggedRun run = read.filter(found -> found.runId().isPresent())
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.UNKNOWN, "there is no superstep to fork at: the checkpoint opened no run"));
        LoggedGraph<S> logged = LoggedGraph.of(graph, run);
        Stage stage = logged.pastInput(logged.at(OptionalInt.of(superstep)));
        if (stage.next() == null) {
            // The run had not folded its input: it begins anew with it.
            return branch(0, 0, Map.of(), 0, List.of(), null);
        }
        if (stage.isEnd()) {
            return value(stage.values());
        }
        Plan next = planned(stage);
        return branch(
                superstep,
                logged.calls(stage),
                Map.of(),
                superstep,
                List.of(plan(next.under(next.limit(), List.of()))),
                null);
    }

    // --- what both need ---

    private static Plan planned(Stage stage) {
        Plan next = stage.next();
        if (next == null) {
            throw new IllegalStateException("nothing is planned after superstep " + stage.superstep());
        }
        return next;
    }

    private Progress<S> progress(Stage stage) {
        return new Progress<>(graph, stage.values());
    }

    private Edited branch(
            int superstep,
            int calls,
            Map<String, Integer> kept,
            int lastKept,
            List<ThreadChange.Note> notes,
            ThreadChange.@Nullable Outcome outcome) {
        return new Edited(
                new ThreadChange.Branch(
                        superstep,
                        calls,
                        kept,
                        GraphRun.keysUpTo(lastKept),
                        notes,
                        outcome == null ? List.of() : List.of(outcome)),
                superstep);
    }

    private Edited value(StateValues values) {
        return new Edited(new ThreadChange.Value(spec.result(graph.state().make(values)), values), 0);
    }

    private NodeResult<S> possible(String node, NodeResult<S> result) {
        graph.find(node).requirePossible(result);
        return result;
    }

    private StateUpdate<S> update(NodeResult<S> result) {
        if (!(result instanceof StateUpdate<S> update)) {
            throw new IllegalRequestException(
                    "nothing is due on this thread and no node is named, so there is nowhere to"
                            + " go: give an update without goTo, or name the node that it stands in for");
        }
        return update;
    }

    private static ThreadChange.Note plan(Plan plan) {
        return new ThreadChange.Note(GraphRun.key(plan.number()), plan, GraphRun.PLAN);
    }

    private ThreadChange.Outcome outcome(String node, int number, int call, NodeResult<S> result) {
        return new ThreadChange.Outcome(
                node, number, call, result, graph.find(node).resultType());
    }
}
