package dev.clew.graph;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.graph.plan.Execution;
import dev.clew.graph.plan.Plan;
import dev.clew.spi.LoggedNode;
import dev.clew.spi.LoggedRun;
import dev.clew.spi.LoggedScope;
import dev.clew.state.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run of a graph as its log has it. Folds what is logged as the run did, and runs nothing. */
final class LoggedGraph<S> {
    private final GraphNodes<S> graph;
    private final LoggedScope scope;
    private final StateValues base;
    private final String where;

    /** Makes the input's update of a run that has not noted it yet. */
    private final Supplier<Optional<StateUpdate<S>>> unnoted;

    /** @param where names the run in messages */
    private LoggedGraph(
            GraphNodes<S> graph,
            LoggedScope scope,
            StateValues base,
            String where,
            Supplier<Optional<StateUpdate<S>>> unnoted) {
        this.graph = graph;
        this.scope = scope;
        this.base = base;
        this.where = where;
        this.unnoted = unnoted;
    }

    /** A graph that is a node of another one. */
    static <S> LoggedGraph<S> inside(GraphNodes<S> graph, LoggedNode node, StateValues base) {
        return new LoggedGraph<>(
                graph,
                node.scope(),
                base,
                "the run of the graph '" + graph.spec().name() + "'",
                Optional::empty);
    }

    /** A run of the workflow itself. */
    static <S> LoggedGraph<S> of(GraphNodes<S> graph, LoggedRun run) {
        Object previous = run.previous();
        return new LoggedGraph<>(
                graph,
                run.root(),
                previous instanceof StateValues values ? values : graph.state().start(),
                "the run of thread '" + run.threadId() + "' at checkpoint '" + run.checkpointId() + "'",
                () -> begun(graph.spec(), run));
    }

    /**
     * What a run begins with whose process died before it noted that, or has not come so far: the same, because the input's
     * function is pure. Empty if it fails, or the input is one that it cannot read: then the run begins with nothing, and says
     * why when it continues.
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the workflow's own input
    private static <I, S> Optional<StateUpdate<S>> begun(GraphSpec<I, ?, S> spec, LoggedRun run) {
        try {
            return run.runId().map(id -> new Preparation(id, 0).of(spec.begin((I) run.input()), spec.state()));
        } catch (RuntimeException failed) {
            return Optional.empty();
        }
    }

    /** The input's update. */
    private Optional<StateUpdate<S>> input() {
        return scope.note(GraphRun.INPUT, graph.state().storedUpdateType()).or(unnoted);
    }

    /**
     * The stage after this superstep; the newest one if none is given.
     *
     * @throws RequestRefusedException if the run has not folded so many supersteps
     */
    Stage at(OptionalInt superstep) {
        Stage[] found = new Stage[1];
        walk(superstep.orElse(Integer.MAX_VALUE), stage -> found[0] = stage);
        if (superstep.isPresent() && found[0].superstep() != superstep.getAsInt()) {
            throw new RequestRefusedException(
                    Reason.UNKNOWN,
                    where + " has " + found[0].superstep() + " supersteps, and none with number "
                            + superstep.getAsInt());
        }
        return found[0];
    }

    /** All stages from this superstep on, the first one first. */
    List<Stage> from(int superstep) {
        List<Stage> stages = new ArrayList<>();
        walk(Integer.MAX_VALUE, stage -> {
            if (stage.superstep() >= superstep) {
                stages.add(stage);
            }
        });
        return stages;
    }

    private void walk(int last, Consumer<Stage> stages) {
        Progress<S> progress = new Progress<>(graph, base);
        Optional<StateUpdate<S>> input = input();
        input.ifPresent(progress::refold);
        Plan done = null;
        Plan next = plan(1).orElse(input.isEmpty() ? null : graph.planner().first());
        stages.accept(stage(progress, null, next));
        while (next != null && !next.isEnd() && progress.superstep() < last) {
            Optional<Plan> after = plan(next.number() + 1);
            if (after.isEmpty()) {
                return;
            }
            progress.refold(next, results(next));
            done = next;
            next = after.get();
            stages.accept(stage(progress, done, next));
        }
    }

    /**
     * The stage, with what was due when an edit acted as the input there: an input by hand cannot be run again, so it is due
     * at none.
     */
    Stage pastInput(Stage stage) {
        Plan next = stage.next();
        if (next == null || !next.isInput()) {
            return stage;
        }
        while (next.isInput()) {
            next = plan(next.number() + 1).orElseThrow();
        }
        return new Stage(
                stage.values(), stage.superstep(), stage.done(), next.as(stage.superstep() + 1), stage.executed());
    }

    /** How far the run had come at this stage. */
    Progress<S> progress(Stage stage) {
        Progress<S> progress = new Progress<>(graph, base);
        input().ifPresent(progress::refold);
        while (progress.superstep() < stage.superstep()) {
            Plan plan = plan(progress.superstep() + 1).orElseThrow();
            progress.refold(plan, results(plan));
        }
        return progress;
    }

    private Stage stage(Progress<S> progress, @Nullable Plan done, @Nullable Plan next) {
        return new Stage(progress.values(), progress.superstep(), done, next, progress.executed());
    }

    private Optional<Plan> plan(int superstep) {
        return scope.note(GraphRun.key(superstep), GraphRun.PLAN);
    }

    /** What the executions of a superstep gave, in planned order; all of them have an outcome. */
    List<@Nullable NodeResult<S>> results(Plan plan) {
        List<@Nullable NodeResult<S>> results = new ArrayList<>();
        for (Execution execution : plan.executions()) {
            results.add(result(execution));
        }
        return results;
    }

    private @Nullable NodeResult<S> result(Execution execution) {
        return node(execution)
                .<NodeResult<S>>map(
                        node -> node.result(graph.find(execution.node()).resultType()))
                .orElse(null);
    }

    /** Whether an execution has succeeded. */
    boolean hasSucceeded(Execution execution) {
        return node(execution)
                .filter(node -> node.step().status() == StepState.Status.SUCCEEDED)
                .isPresent();
    }

    /** What is logged of an execution, under the name that the log knows its node by. */
    Optional<LoggedNode> node(Execution execution) {
        return names(execution.node())
                .flatMap(name -> scope.node(name, execution.number()).stream())
                .findFirst();
    }

    private Stream<String> names(String recorded) {
        NodeSpec<S> node = graph.find(recorded).node();
        return Stream.concat(Stream.of(recorded, node.name()), node.formerly().stream())
                .distinct();
    }

    /** How many calls the body had made when this stage was reached, with the pauses before it. */
    int calls(Stage stage) {
        Plan done = stage.done();
        return done == null
                ? 0
                : done.executions().stream()
                        .flatMap(execution -> node(execution).stream())
                        .mapToInt(node -> node.call() + 1)
                        .max()
                        .orElse(0);
    }
}
