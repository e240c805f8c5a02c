package dev.clew.graph;

import static java.util.stream.Collectors.joining;

import dev.clew.flow.RunConfig;
import dev.clew.graph.fold.Contribution;
import dev.clew.graph.fold.Fold;
import dev.clew.graph.fold.Folded;
import dev.clew.graph.fold.Writes;
import dev.clew.graph.fold.Written;
import dev.clew.graph.plan.Execution;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.plan.Routing;
import dev.clew.graph.plan.Sent;
import dev.clew.spi.TaskCall;
import dev.clew.task.TaskFuture;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a graph in its scope: supersteps, one after the other. Confined to the scope's thread. */
final class GraphRun<S> {
    private static final TypeRef<Plan> PLAN = TypeRef.of(Plan.class);

    private final GraphNodes<S> graph;
    private final TaskCall call;
    private final int limit;
    private final Contribution contribution;
    private final Map<String, Integer> executed = new HashMap<>();

    /** What executions have sent, by their labels. */
    private final Map<String, List<?>> sent = new HashMap<>();

    private StateValues values;

    GraphRun(GraphNodes<S> graph, TaskCall call, StateValues base) {
        this.graph = graph;
        this.call = call;
        this.values = base;
        this.limit = call.config().maxSupersteps().orElse(RunConfig.DEFAULT_MAX_SUPERSTEPS);
        this.contribution = new Contribution(graph.state().channels());
    }

    /** What the supersteps did to the state so far. */
    Writes contribution() {
        return contribution.writes();
    }

    /**
     * Folds the input's update. It is recorded, so that a parked run keeps it when the code that makes it changes.
     *
     * @param make makes the update
     */
    void begin(Supplier<StateUpdate<S>> make) {
        StateUpdate<S> update = call.scope().note("input", graph.state().storedUpdateType(), make);
        fold(
                "the input of '" + graph.spec().name() + "'",
                List.of(new Written("the input", update.changes().writes())));
    }

    /** Runs supersteps until nothing is left to run, and gives the values of the state. */
    StateValues toTheEnd() {
        Plan plan = recorded(1, graph.planner()::first);
        while (!plan.isEnd()) {
            if (plan.isBeyond(limit)) {
                throw new SuperstepLimitException(graph.spec().name(), limit);
            }
            plan = superstep(plan);
        }
        return values;
    }

    /** A superstep is planned once: a replay does what was planned, whatever the code says by then. */
    private Plan recorded(int number, Supplier<Plan> make) {
        Plan plan = call.scope().note("superstep " + number, PLAN, make);
        List<String> missing = graph.planner().missing(plan);
        if (!missing.isEmpty()) {
            throw new IllegalRequestException(
                    "superstep " + number + " of '" + graph.spec().name() + "' runs "
                            + missing.stream().map(node -> "'" + node + "'").collect(joining(", "))
                            + ", which is no node of the graph any more; bring it back, or name its successor formerly, then"
                            + " Command.proceed() goes on");
        }
        return plan;
    }

    @SuppressWarnings("NullAway") // a node may give null
    private Plan superstep(Plan plan) {
        List<Execution> executions = plan.executions();
        List<@Nullable NodeResult<S>> results = joined(started(executions, plan.number()));
        List<Written> written = new ArrayList<>(results.size());
        List<Routing> routings = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            Execution execution = executions.get(i);
            NodeResult<S> result = results.get(i);
            written.add(new Written(execution.label(), Results.writes(result)));
            routings.add(graph.find(execution.node()).routing(result));
            if (result instanceof RoutedUpdate<S, ?> routed) {
                sent.put(execution.label(), routed.routes());
            }
        }
        contribution.add(
                fold("superstep " + plan.number() + " of '" + graph.spec().name() + "'", written));
        graph.planner().count(plan, executed);
        return recorded(plan.number() + 1, () -> graph.planner().next(plan, routings, executed));
    }

    private List<TaskFuture<NodeResult<S>>> started(List<Execution> executions, int number) {
        Superstep superstep = new Superstep(number, limit - number);
        List<TaskFuture<NodeResult<S>>> futures = new ArrayList<>(executions.size());
        for (Execution execution : executions) {
            NodeSteps<S> node = graph.find(execution.node());
            futures.add(node.start(
                    call.scope(),
                    new NodeEntry(values, sent(execution.source()), node.node().takes(), superstep)));
        }
        return futures;
    }

    private @Nullable Object sent(@Nullable Sent source) {
        if (source == null) {
            return null;
        }
        Object route = Objects.requireNonNull(sent.get(source.sender() + "#" + source.execution()))
                .get(source.from());
        return route instanceof Send named ? named.value() : route;
    }

    /** Siblings run to their end; a question wins over a failure, and the first failure in planned order over the others. */
    private static <R extends @Nullable Object> List<R> joined(List<TaskFuture<R>> futures) {
        return futures.size() == 1 ? List.of(futures.get(0).join()) : TaskFuture.allOf(futures);
    }

    private Writes fold(String what, List<Written> written) {
        Folded folded = Fold.fold(
                graph.state().channels(),
                values.array(),
                written,
                made -> graph.state().make(new StateValues(graph.state().channels(), made)));
        if (folded instanceof Folded.Committed committed) {
            values = new StateValues(graph.state().channels(), committed.values());
            return committed.net();
        }
        throw SuperstepFailedException.of(what, ((Folded.Failed) folded).clashes());
    }
}
