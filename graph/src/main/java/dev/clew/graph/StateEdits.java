package dev.clew.graph;

import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.graph.plan.Due;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.topology.Topology;
import dev.clew.spi.LoggedRun;
import dev.clew.spi.ThreadChange;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    Edited update(Optional<LoggedRun> run, OptionalInt superstep, NodeResult<?> result, @Nullable NodeRef asNode) {
        try {
            return run.filter(read -> read.runId().isPresent())
                    .map(read ->
                            branch(new ScopeEdits<>(graph, LoggedGraph.of(graph, read), superstep).of(result, asNode)))
                    .orElseGet(() -> afterRuns(run.orElse(null), result, asNode));
        } catch (SuperstepFailedException | IllegalRequestException refused) {
            throw new RequestRefusedException("updateState: " + refused.getMessage(), refused);
        }
    }

    /** On a thread that never ran, or whose value was set by hand. */
    private Edited afterRuns(@Nullable LoggedRun byHand, NodeResult<?> result, @Nullable NodeRef asNode) {
        StateValues base = byHand != null && byHand.saved() instanceof StateValues saved
                ? saved
                : graph.state().start();
        Progress<S> progress = new Progress<>(graph, base);
        String name = asNode == null ? Topology.START : graph.known(asNode.id());
        NodeResult<S> given = graph.possible(name, result);
        if (asNode == null && byHand != null) {
            progress.begin(update(given));
            return value(progress.values());
        }
        progress.begin(graph.state().changes().update());
        Plan edit = new Plan(1, List.of(new Due(name, 1, null)), List.of(), List.of());
        progress.fold(edit, List.of(given));
        Plan next = graph.planner()
                .inserted(
                        edit.emptied(),
                        edit.executions().get(0),
                        graph.find(name).routing(given),
                        Map.of());
        if (next.isEnd()) {
            return value(progress.values());
        }
        List<ThreadChange.Note> notes = List.of(
                new ThreadChange.Note(
                        GraphRun.INPUT,
                        graph.state().changes().update(),
                        graph.state().storedUpdateType()),
                ScopeEdits.note(edit),
                ScopeEdits.note(next));
        ThreadChange.Outcome outcome =
                new ThreadChange.Outcome(name, 1, 0, given, graph.find(name).resultType());
        return new Edited(new ThreadChange.Continuation(1, notes, List.of(outcome)), 1);
    }

    /** A run at this superstep, all of whose nodes run again. */
    Edited fork(Optional<LoggedRun> read, int superstep) {
        LoggedRun run = read.filter(found -> found.runId().isPresent())
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.UNKNOWN, "there is no superstep to fork at: the checkpoint opened no run"));
        ScopeEdits.Edited again =
                new ScopeEdits<>(graph, LoggedGraph.of(graph, run), OptionalInt.of(superstep)).again();
        // A run that had not folded its input begins anew with it.
        return again == null ? branch(EMPTY) : branch(again);
    }

    private static final ScopeEdits.Edited EMPTY = new ScopeEdits.Edited(
            new ThreadChange.Part(0, Map.of(), GraphRun.keysUpTo(0), List.of(), List.of(), Map.of()), 0, null);

    private Edited branch(ScopeEdits.Edited edited) {
        StateValues end = edited.end();
        return end == null
                ? new Edited(new ThreadChange.Branch(edited.superstep(), edited.part()), edited.superstep())
                : value(end);
    }

    private Edited value(StateValues values) {
        return new Edited(new ThreadChange.Value(spec.result(graph.state().make(values)), values), 0);
    }

    private StateUpdate<S> update(NodeResult<S> result) {
        if (!(result instanceof StateUpdate<S> update)) {
            throw new IllegalRequestException(
                    "nothing is due on this thread and no node is named, so there is nowhere to"
                            + " go: give an update without goTo, or name the node that it stands in for");
        }
        return update;
    }
}
