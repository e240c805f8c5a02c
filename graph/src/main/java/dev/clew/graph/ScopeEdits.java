package dev.clew.graph;

import dev.clew.flow.NodeRef;
import dev.clew.graph.plan.Due;
import dev.clew.graph.plan.Execution;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.topology.Topology;
import dev.clew.spi.LoggedNode;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an edit by hand makes of one graph in a run, of the run's own or of one that is a node: what its scope's log
 * keeps, and what is added to it. Decides only; nothing is stored here.
 */
final class ScopeEdits<S> {
    private final GraphNodes<S> graph;
    private final LoggedGraph<S> logged;
    private final Stage stage;
    private final boolean isPast;

    /**
     * An edit of what a scope has logged.
     *
     * @param superstep the stage to edit; the newest one if none is given
     */
    ScopeEdits(GraphNodes<S> graph, LoggedGraph<S> logged, OptionalInt superstep) {
        this.graph = graph;
        this.logged = logged;
        Stage newest = logged.at(OptionalInt.empty());
        this.isPast = superstep.isPresent() && superstep.getAsInt() != newest.superstep();
        this.stage = logged.pastInput(isPast ? logged.at(superstep) : newest);
    }

    /**
     * What an edit makes of a scope.
     *
     * @param superstep how many supersteps have been folded then
     * @param end the values, if nothing is due then; else null
     */
    record Edited(
            ThreadChange.Part part, int superstep, @Nullable StateValues end) {}

    /** The outcome of a node, or of the only one of the last superstep. */
    Edited update(NodeResult<?> result, @Nullable NodeRef asNode) {
        String name = asNode == null ? lastNode() : graph.known(asNode.id());
        List<Integer> due = due(name);
        if (asNode == null || (due.isEmpty() && !(asNode instanceof NodeRef.At))) {
            return inserted(name, graph.possible(name, result));
        }
        int filled = due.get(index(asNode, name, due));
        return filled(filled, graph.possible(name, result));
    }

    /** The only node of the last superstep; after the input, the input. */
    private String lastNode() {
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

    /** Which of the due executions are the node's. */
    private List<Integer> due(String name) {
        List<Execution> executions = executions();
        return IntStream.range(0, executions.size())
                .filter(i ->
                        graph.planner().presentName(executions.get(i).node()).equals(name))
                .boxed()
                .toList();
    }

    private List<Execution> executions() {
        Plan next = stage.next();
        return next == null ? List.of() : next.executions();
    }

    private static int index(NodeRef asNode, String name, List<Integer> due) {
        int index = asNode instanceof NodeRef.At at ? at.index() : 0;
        if (due.size() > 1 && !(asNode instanceof NodeRef.At)) {
            throw new IllegalRequestException("'" + name + "' is due " + due.size()
                    + " times; say which execution is meant: node.at(0) to node.at(" + (due.size() - 1) + ")");
        }
        if (due.isEmpty()) {
            throw new IllegalRequestException("'" + name
                    + "' is not due, so at(" + index
                    + ") names none of its executions; leave at(…) out to update the state"
                    + " after it");
        }
        if (index >= due.size()) {
            throw new IllegalRequestException(
                    "'" + name + "' is due " + due.size() + " times, so there is no node.at(" + index + ")");
        }
        return index;
    }

    /** A due execution has this outcome. If all have one then, the superstep is folded. */
    private Edited filled(int filled, NodeResult<S> given) {
        Plan plan = planned();
        List<Execution> executions = plan.executions();
        Execution execution = executions.get(filled);
        int first = logged.calls(stage);
        Map<String, Integer> kept = kept(executions, first, i -> i != filled);
        ThreadChange.Outcome outcome = outcome(execution.node(), execution.number(), first + filled, given);
        List<ThreadChange.Note> notes = new ArrayList<>(List.of(unpaused(plan)));
        Progress<S> progress = logged.progress(stage);
        boolean isComplete = kept.size() == executions.size() - 1;
        List<@Nullable NodeResult<S>> results =
                new ArrayList<>(isComplete ? logged.results(plan) : Collections.nCopies(executions.size(), null));
        results.set(filled, given);
        // What does not fit is refused now, although the others may have no outcome yet.
        progress.fold(plan, isComplete ? results : keptResults(executions, kept, results));
        if (!isComplete) {
            return new Edited(part(first, kept, notes, List.of(outcome), Map.of()), stage.superstep(), null);
        }
        Plan next = progress.next(plan, results);
        notes.add(note(next));
        return new Edited(
                part(first, kept, notes, List.of(outcome), Map.of()),
                stage.superstep() + 1,
                next.isEnd() ? progress.values() : null);
    }

    private List<@Nullable NodeResult<S>> keptResults(
            List<Execution> executions, Map<String, Integer> kept, List<@Nullable NodeResult<S>> results) {
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
    private Edited inserted(String name, NodeResult<S> given) {
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
        Progress<S> progress = new Progress<>(graph, stage.values());
        progress.fold(edit, List.of(given));
        Plan next = graph.planner()
                .inserted(due, edit.executions().get(0), graph.find(name).routing(given), stage.executed())
                .under(due.limit(), List.of());
        int first = logged.calls(stage);
        Map<String, Integer> kept = kept(next.executions(), first + 1, i -> true);
        return new Edited(
                part(
                        first,
                        kept,
                        List.of(note(edit), note(next)),
                        List.of(outcome(name, number, first, given)),
                        Map.of()),
                stage.superstep() + 1,
                next.isEnd() ? progress.values() : null);
    }

    /** The outcomes of due executions that stay, with their new places; an edit in the past begins all of them anew. */
    private Map<String, Integer> kept(List<Execution> executions, int first, Predicate<Integer> wanted) {
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

    // --- graphs in nodes ---

    /**
     * The outcome of a node of a graph that is a due node here, and stays due: what it has done is kept.
     *
     * @param asNode names it from here: {@code writer/outline}
     */
    Edited inside(NodeResult<?> result, NodeRef asNode) {
        int slash = asNode.id().indexOf('/');
        String name = graph.known(asNode.id().substring(0, slash));
        NodeRef inner = NodeRef.of(asNode.id().substring(slash + 1));
        GraphNodes<?> child = graph.find(name).child();
        if (child == null) {
            throw new IllegalRequestException(
                    "the node '" + name + "' is no graph, so it has no node '" + inner.id() + "'");
        }
        if (isPast) {
            throw new IllegalRequestException(
                    "a graph in a node is edited in the newest state only; fork here, proceed to a" + " breakpoint in '"
                            + name + "', and edit that");
        }
        int open = open(name);
        Execution execution = executions().get(open);
        LoggedNode node = logged.node(execution).orElseThrow();
        return around(
                open,
                node.step().path(),
                edits(child, node).of(result, asNode instanceof NodeRef.At at ? inner.at(at.index()) : inner));
    }

    private <C> ScopeEdits<C> edits(GraphNodes<C> child, LoggedNode node) {
        ScopeEdits<C> edits = new ScopeEdits<>(
                child,
                LoggedGraph.inside(child, node, ChildRun.base(graph.state(), child.state(), stage.values())),
                OptionalInt.empty());
        if (edits.stage.next() == null) {
            throw new IllegalRequestException(
                    "the graph '" + child.spec().name() + "' has not begun; pause before a node of it");
        }
        return edits;
    }

    /** {@link #inside} for a node of a graph in a node, else {@link #update}. */
    Edited of(NodeResult<?> result, @Nullable NodeRef asNode) {
        return asNode != null && asNode.id().contains("/") ? inside(result, asNode) : update(result, asNode);
    }

    /** The only due execution of the node that has begun, and has no outcome. */
    private int open(String name) {
        List<Integer> due = due(name);
        List<Integer> open = due.stream()
                .filter(i -> logged.node(executions().get(i))
                        .filter(node -> !logged.hasSucceeded(executions().get(i)))
                        .isPresent())
                .toList();
        if (open.size() == 1) {
            return open.get(0);
        }
        throw new IllegalRequestException(
                open.isEmpty()
                        ? "the graph in '" + name + "' is not under way; "
                                + (due.isEmpty()
                                        ? "it is not due"
                                        : "update the state as '" + name + "' itself, or pause before a node of it")
                        : "the graph in '" + name + "' is under way " + open.size()
                                + " times, and an edit means one; answer or proceed the others first");
    }

    /** All is as it was, except in an execution that stays open. */
    private Edited around(int open, String path, Edited inner) {
        Plan plan = planned();
        List<Execution> executions = plan.executions();
        int first = logged.calls(stage);
        Map<String, Integer> kept = kept(executions, first, i -> i != open);
        kept.put(path, first + open);
        return new Edited(
                part(first, kept, List.of(unpaused(plan)), List.of(), Map.of(path, inner.part())),
                stage.superstep(),
                null);
    }

    // --- forks ---

    /** All nodes of the superstep run again; null if the run had not folded its input. */
    @Nullable
    Edited again() {
        if (stage.next() == null) {
            return null;
        }
        if (stage.isEnd()) {
            return new Edited(part(0, Map.of(), List.of(), List.of(), Map.of()), stage.superstep(), stage.values());
        }
        return new Edited(
                part(logged.calls(stage), Map.of(), List.of(unpaused(planned())), List.of(), Map.of()),
                stage.superstep(),
                null);
    }

    // --- parts ---

    private ThreadChange.Part part(
            int calls,
            Map<String, Integer> kept,
            List<ThreadChange.Note> notes,
            List<ThreadChange.Outcome> outcomes,
            Map<String, ThreadChange.Part> open) {
        return new ThreadChange.Part(calls, kept, GraphRun.keysUpTo(stage.superstep()), notes, outcomes, open);
    }

    private Plan planned() {
        Plan next = stage.next();
        if (next == null) {
            throw new IllegalStateException("nothing is planned after superstep " + stage.superstep());
        }
        return next;
    }

    /** The plan, before which the run does not pause. */
    private static ThreadChange.Note unpaused(Plan plan) {
        return note(plan.under(plan.limit(), List.of()));
    }

    static ThreadChange.Note note(Plan plan) {
        return new ThreadChange.Note(GraphRun.key(plan.number()), plan, GraphRun.PLAN);
    }

    private ThreadChange.Outcome outcome(String node, int number, int call, NodeResult<S> result) {
        return new ThreadChange.Outcome(
                node, number, call, result, graph.find(node).resultType());
    }
}
