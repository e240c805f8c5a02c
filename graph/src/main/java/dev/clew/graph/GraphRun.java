package dev.clew.graph;

import dev.clew.flow.Breakpoints;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.graph.fold.Folding;
import dev.clew.graph.fold.Writes;
import dev.clew.graph.plan.Due;
import dev.clew.graph.plan.Execution;
import dev.clew.graph.plan.Plan;
import dev.clew.spi.TaskCall;
import dev.clew.stream.StreamEvent;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a graph in its scope: supersteps, one after the other. Confined to the scope's thread. */
final class GraphRun<S> {
    static final TypeRef<Plan> PLAN = TypeRef.of(Plan.class, PlanMembers.ONLY);
    static final String INPUT = "input";

    private final GraphNodes<S> graph;
    private final TaskCall call;
    private final Breakpoints breakpoints;
    private final Progress<S> progress;
    private int limit;

    /** Whether those who stream values know the present ones. */
    private boolean told;

    /** Why what the last superstep gave could not be folded; null if it could. */
    private @Nullable SuperstepFailedException failure;

    GraphRun(GraphNodes<S> graph, TaskCall call, StateValues base) {
        this.graph = graph;
        this.call = call;
        this.breakpoints = call.config().breakpoints().orElse(Breakpoints.NONE);
        this.progress =
                new Progress<>(graph, base, call.isExamined() ? new FoldedTwice<>(graph.state(), call) : Folding.ONCE);
        this.limit = call.config().maxSupersteps().orElse(RunConfig.DEFAULT_MAX_SUPERSTEPS);
        graph.requireSameState(call.scope());
    }

    /** Under which key the plan of a superstep is noted. */
    static String key(int superstep) {
        return "superstep " + superstep;
    }

    /** The keys of what is noted until the stage after this superstep. */
    static Predicate<String> keysUpTo(int superstep) {
        return key -> {
            int space = key.lastIndexOf(' ');
            return !key.startsWith("superstep ") || Integer.parseInt(key.substring(space + 1)) <= superstep;
        };
    }

    /** What the supersteps did to the state so far. */
    Writes contribution() {
        return progress.contribution();
    }

    /**
     * Folds the input's update. It is recorded, so that a parked run keeps it when the code that makes it changes.
     *
     * @param origin what the ids of elements without one are made of
     * @param make makes the update
     */
    void begin(String origin, Supplier<StateUpdate<S>> make) {
        StateUpdate<S> update = call.scope()
                .note(
                        INPUT,
                        graph.state().storedUpdateType(),
                        () -> new Preparation(origin, 0).of(make.get(), graph.state()));
        failure = failure(() -> progress.refold(update));
    }

    /** Runs supersteps until nothing is left to run, and gives the values of the state. */
    StateValues toTheEnd() {
        Plan plan = committed(1, null, graph.planner()::first);
        while (!plan.isEnd()) {
            tell(plan);
            if (plan.isBeyond(limit)) {
                throw new SuperstepLimitException(graph.spec().name(), limit);
            }
            plan = superstep(plan);
        }
        tell(plan);
        return progress.values();
    }

    /**
     * Plans what follows on what was folded last. If that is planned already, it was committed before: then neither the
     * state's constructor nor a route is asked again, and a reducer that throws now blocks the run.
     */
    private Plan committed(int number, @Nullable Plan done, Supplier<Plan> make) {
        Plan plan = recorded(number, done, () -> {
            if (failure != null) {
                throw failure;
            }
            progress.show();
            Plan made = make.get();
            progress.warn(made);
            return made;
        });
        if (failure != null) {
            call.scope().block(StateDriftException.refolded(failure));
        }
        return plan;
    }

    private static @Nullable SuperstepFailedException failure(Runnable fold) {
        try {
            fold.run();
            return null;
        } catch (SuperstepFailedException failed) {
            return failed;
        }
    }

    /**
     * A superstep is planned once: a replay does what was planned, whatever the code says by then. The plan says, too, where
     * the run pauses.
     */
    private Plan recorded(int number, @Nullable Plan done, Supplier<Plan> make) {
        Plan plan = call.scope().note(key(number), PLAN, () -> {
            Plan made = make.get();
            return made.under(limit, pause(done, made));
        });
        List<String> missing = graph.planner().missing(plan);
        if (!missing.isEmpty()) {
            call.scope().block(graph.gone(number, missing));
        }
        // A limit that was raised stays raised when the run is recovered.
        limit = Math.max(limit, plan.limit());
        if (!plan.pause().isEmpty()) {
            tell(plan);
            call.scope().breakpoint(plan.pause());
        }
        return plan;
    }

    /** Tells the present state, unless this superstep is replayed: of a run that is resumed, the first that is not. */
    private void tell(Plan next) {
        if (!told && !call.scope().isNoted(key(next.number() + 1))) {
            told = true;
            call.scope().value(() -> graph.state().make(progress.values()));
        }
    }

    /** The nodes of the breakpoints between two supersteps. */
    private List<String> pause(@Nullable Plan done, Plan next) {
        if (breakpoints.equals(Breakpoints.NONE)) {
            return List.of();
        }
        Set<String> nodes = new LinkedHashSet<>();
        if (done != null) {
            nodes.addAll(named(done, breakpoints.after()));
        }
        nodes.addAll(named(next, breakpoints.before()));
        return List.copyOf(nodes);
    }

    private List<String> named(Plan plan, List<NodeRef> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        wanted.forEach(node -> ids.add(node.id()));
        return plan.due().stream()
                .map(Due::node)
                .map(node -> graph.id(graph.planner().presentName(node)))
                .filter(ids::contains)
                .distinct()
                .toList();
    }

    private Plan superstep(Plan plan) {
        List<@Nullable NodeResult<S>> results = joined(started(plan));
        failure = failure(() -> progress.refold(plan, results));
        for (@Nullable NodeResult<S> result : results) {
            told &= Results.writes(result).isEmpty();
        }
        return committed(plan.number() + 1, plan, () -> progress.next(plan, results));
    }

    private List<TaskFuture<@Nullable NodeResult<S>>> started(Plan plan) {
        Superstep superstep = new Superstep(plan.number(), limit - plan.number());
        List<TaskFuture<@Nullable NodeResult<S>>> futures = new ArrayList<>(plan.size());
        for (Execution execution : plan.executions()) {
            NodeSteps<S> node = graph.find(execution.node());
            StreamEvent.Place place = new StreamEvent.Place(plan.number(), execution.node(), futures.size());
            futures.add(node.start(
                    call.scope(),
                    execution.number(),
                    new NodeEntry(
                            progress.values(),
                            progress.sent(execution),
                            node.node().takes(),
                            superstep,
                            place)));
        }
        return futures;
    }

    /** Siblings run to their end; a question wins over a failure, and the first failure in planned order over the others. */
    private static <R extends @Nullable Object> List<R> joined(List<TaskFuture<R>> futures) {
        return futures.size() == 1 ? Collections.singletonList(futures.get(0).join()) : TaskFuture.allOf(futures);
    }
}
