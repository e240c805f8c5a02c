package dev.clew.graph;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.graph.plan.Arrivals;
import dev.clew.graph.plan.Execution;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.topology.TopologyNode;
import dev.clew.spi.LoggedNode;
import dev.clew.spi.LoggedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows the runs of a graph as snapshots of its state. */
final class Snapshots<S> {
    private final GraphNodes<S> graph;

    Snapshots(GraphNodes<S> graph) {
        this.graph = graph;
    }

    /** A thread that never ran. */
    StateSnapshot<S> none(String threadId) {
        StateValues start = graph.state().start();
        return new StateSnapshot<>(
                view(start, "thread '" + threadId + "' never ran, and its start values"),
                0,
                List.of(),
                List.of(),
                List.of(),
                RunConfig.thread(threadId),
                null,
                Instant.EPOCH,
                Map.of());
    }

    /** After this superstep of a run; after the newest one if none is given. */
    StateSnapshot<S> of(LoggedRun run, OptionalInt superstep) {
        if (run.runId().isEmpty()) {
            return byHand(run);
        }
        LoggedGraph<S> logged = LoggedGraph.of(graph, run);
        return snapshot(run, logged, logged.at(superstep));
    }

    /** All of a run, the newest first; of one that an edit opened, from there on. */
    Stream<StateSnapshot<S>> newestFirst(LoggedRun run) {
        if (run.runId().isEmpty()) {
            return Stream.of(byHand(run));
        }
        LoggedGraph<S> logged = LoggedGraph.of(graph, run);
        List<Stage> stages = logged.from(run.openedAt());
        return IntStream.range(0, stages.size())
                .mapToObj(i -> snapshot(run, logged, stages.get(stages.size() - 1 - i)));
    }

    private StateSnapshot<S> byHand(LoggedRun run) {
        StateValues values =
                run.saved() instanceof StateValues saved ? saved : graph.state().start();
        return new StateSnapshot<>(
                view(values, "the state of thread '" + run.threadId() + "'"),
                0,
                List.of(),
                List.of(),
                List.of(),
                config(run, run.checkpointId()),
                run.parentId().map(parent -> config(run, parent)).orElse(null),
                run.createdAt(),
                run.metadata());
    }

    private StateSnapshot<S> snapshot(LoggedRun run, LoggedGraph<S> logged, Stage stage) {
        int superstep = stage.superstep();
        RunConfig parent = superstep > 0
                ? config(run, run.checkpointId() + "/" + (superstep - 1))
                : run.parentId().map(id -> config(run, id)).orElse(null);
        return snapshot(run, logged, stage, config(run, run.checkpointId() + "/" + superstep), parent);
    }

    private StateSnapshot<S> snapshot(
            LoggedRun run, LoggedGraph<S> logged, Stage stage, RunConfig config, @Nullable RunConfig parent) {
        List<StateSnapshot.Task> tasks = tasks(run, logged, stage, config);
        return new StateSnapshot<>(
                view(
                        stage.values(),
                        "the state of thread '" + run.threadId() + "' after superstep " + stage.superstep()),
                stage.superstep(),
                tasks.stream().map(StateSnapshot.Task::node).toList(),
                tasks,
                waitingJoins(stage),
                config,
                parent,
                at(run, logged, stage),
                run.metadata());
    }

    private static RunConfig config(LoggedRun run, String checkpoint) {
        return RunConfig.thread(run.threadId()).checkpoint(checkpoint);
    }

    private S view(StateValues values, String what) {
        try {
            return graph.state().make(values);
        } catch (RuntimeException refused) {
            throw new RequestRefusedException(
                    what + " cannot be shown: its constructor refuses it: " + refused.getMessage(), refused);
        }
    }

    private static <S> Instant at(LoggedRun run, LoggedGraph<S> logged, Stage stage) {
        Plan done = stage.done();
        return done == null
                ? run.createdAt()
                : done.executions().stream()
                        .flatMap(execution -> logged.node(execution).stream())
                        .map(node -> node.step().at())
                        .max(Instant::compareTo)
                        .orElse(run.createdAt());
    }

    // --- what is due ---

    private List<StateSnapshot.Task> tasks(LoggedRun run, LoggedGraph<S> logged, Stage stage, RunConfig config) {
        Plan next = stage.next();
        List<StateSnapshot.Task> tasks = new ArrayList<>();
        Map<String, Integer> indexes = new HashMap<>();
        for (Execution execution : next == null ? List.<Execution>of() : next.executions()) {
            int index = indexes.merge(execution.node(), 1, Integer::sum) - 1;
            tasks.add(logged.node(execution)
                    .map(node -> task(run, execution, index, node, stage, config))
                    .orElseGet(() -> new StateSnapshot.Task(
                            execution.node(), index, StateSnapshot.Status.DUE, null, List.of(), null)));
        }
        return tasks;
    }

    private StateSnapshot.Task task(
            LoggedRun run, Execution execution, int index, LoggedNode node, Stage stage, RunConfig config) {
        NodeSteps<S> steps = graph.find(execution.node());
        return new StateSnapshot.Task(
                execution.node(),
                index,
                status(node),
                node.step().failure(),
                node.pending(),
                steps.child() == null ? null : child(run, steps.child(), node, stage, config));
    }

    private static StateSnapshot.Status status(LoggedNode node) {
        return switch (node.step().status()) {
            case SUCCEEDED -> StateSnapshot.Status.SUCCEEDED;
            case FAILED -> StateSnapshot.Status.FAILED;
            case PENDING, RETRYING ->
                node.pending().isEmpty() && !node.isPaused()
                        ? StateSnapshot.Status.DUE
                        : StateSnapshot.Status.INTERRUPTED;
            case CANCELLED, WITHDRAWN -> StateSnapshot.Status.DUE;
        };
    }

    /** The state of the graph that a node is; it has the address of the state around it. */
    private <C> StateSnapshot<C> child(
            LoggedRun run, GraphNodes<C> nodes, LoggedNode node, Stage around, RunConfig config) {
        StateValues base = ChildRun.base(graph.state(), nodes.state(), around.values());
        LoggedGraph<C> logged = LoggedGraph.inside(nodes, node, base);
        return new Snapshots<>(nodes).snapshot(run, logged, logged.at(OptionalInt.empty()), config, null);
    }

    private List<StateSnapshot.WaitingJoin> waitingJoins(Stage stage) {
        Plan next = stage.next();
        List<StateSnapshot.WaitingJoin> joins = new ArrayList<>();
        for (Arrivals arrivals : next == null ? List.<Arrivals>of() : next.arrivals()) {
            graph.spec().topology().nodes().stream()
                    .filter(node -> node.name().equals(graph.planner().presentName(arrivals.join())))
                    .map(node -> waiting(node, arrivals))
                    .forEach(joins::add);
        }
        return joins;
    }

    private static StateSnapshot.WaitingJoin waiting(TopologyNode join, Arrivals arrivals) {
        List<String> missing = join.edges().afterAll().stream()
                .filter(member -> !arrivals.members().contains(member))
                .toList();
        return new StateSnapshot.WaitingJoin(join.name(), arrivals.members(), missing);
    }
}
