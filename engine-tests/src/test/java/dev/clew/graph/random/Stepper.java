package dev.clew.graph.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.annotations.Append;
import dev.clew.annotations.Reducer;
import dev.clew.annotations.Sum;
import dev.clew.graph.fold.Channel;
import dev.clew.graph.fold.Channels;
import dev.clew.graph.fold.Contribution;
import dev.clew.graph.fold.Fold;
import dev.clew.graph.fold.Folded;
import dev.clew.graph.fold.Folded.Clash;
import dev.clew.graph.fold.Folded.Committed;
import dev.clew.graph.fold.Folded.Failed;
import dev.clew.graph.fold.Writes;
import dev.clew.graph.fold.Written;
import dev.clew.graph.plan.Execution;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.plan.Planner;
import dev.clew.graph.plan.Routing;
import dev.clew.graph.random.Behaviour.Go;
import dev.clew.graph.random.Behaviour.Result;
import dev.clew.graph.random.Behaviour.State;
import dev.clew.graph.random.Shape.Vertex;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Drives planner and fold step by step: executions end in random order, some fail at first and are made again, plans are read
 * back from their stored form, and now and then everything but plans and outcomes is forgotten.
 */
final class Stepper {
    private static final Codec CODEC = JsonCodec.standard();
    private static final TypeRef<Plan> PLAN = TypeRef.of(Plan.class);
    private static final Channel LOG = channel("log", new TypeRef<List<String>>() {}, new Append.ToList<>(), List.of());
    private static final Channel SUM = channel("sum", TypeRef.of(Integer.class), Sum.OfInt.INSTANCE, 0);
    private static final Channel LAST = channel("last", TypeRef.of(String.class), null, null);
    private static final Channel INNER = channel("inner", TypeRef.of(Integer.class), Sum.OfInt.INSTANCE, 0);
    private static final Channels CHANNELS = new Channels(List.of(LOG, SUM, LAST, INNER));

    private final Shape shape;
    private final Random random;
    private final Planner planner;
    private final State start;
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final List<Plan> plans = new ArrayList<>();
    private final List<List<String>> trace = new ArrayList<>();
    private final List<State> states = new ArrayList<>();

    /** What is recorded of an execution. */
    private record Outcome(Writes writes, List<Go> route) {}

    Stepper(Shape shape, State start, Random random) {
        this.shape = shape;
        this.random = random;
        this.start = start;
        this.planner = new Planner(shape.topology(), Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Channel channel(String name, TypeRef<?> type, Reducer<?, ?> reducer, Object start) {
        return new Channel(name, type, type, (Reducer<Object, Object>) reducer, start, true, List.of());
    }

    /** Where a run stands; all of it follows from plans and outcomes. */
    private final class Standing {
        private Object[] values = {start.log(), start.sum(), start.last(), start.inner()};
        private final Map<String, Integer> executed = new HashMap<>();
        private final Contribution contribution = new Contribution(CHANNELS);
        private Plan plan = recorded(0, planner::first);

        State state() {
            @SuppressWarnings("unchecked")
            List<String> log = (List<String>) values[0];
            return new State(log, (Integer) values[1], (String) values[2], (Integer) values[3]);
        }

        /** Folds the superstep and plans the next; why it cannot be folded, or nothing. */
        String commit() {
            List<Execution> executions = plan.executions();
            List<Written> written = executions.stream()
                    .map(e -> new Written(e.label(), outcomes.get(e.label()).writes()))
                    .toList();
            Folded folded = Fold.fold(CHANNELS, values, written, v -> {});
            if (folded instanceof Failed failed) {
                return new TreeSet<>(failed.clashes().stream()
                                .map(Clash::components)
                                .flatMap(List::stream)
                                .toList())
                        .toString();
            }
            values = ((Committed) folded).values();
            contribution.add(((Committed) folded).net());
            planner.count(plan, executed);
            Plan done = plan;
            List<Routing> routings = executions.stream()
                    .map(e -> routing(outcomes.get(e.label()).route()))
                    .toList();
            plan = recorded(done.number(), () -> planner.next(done, routings, executed));
            return "";
        }
    }

    /** A plan is made once, and read back. */
    private Plan recorded(int index, java.util.function.Supplier<Plan> planned) {
        if (index == plans.size()) {
            Plan plan = planned.get();
            Plan stored = CODEC.decode(CODEC.encode(plan, PLAN), PLAN);
            assertThat(stored).isEqualTo(plan);
            plans.add(stored);
        }
        return plans.get(index);
    }

    private Standing standing = null;

    Ending run() {
        standing = new Standing();
        states.add(start);
        while (!standing.plan.isEnd()) {
            if (standing.plan.isBeyond(Ending.SUPERSTEPS) || standing.plan.size() > Ending.EXECUTIONS) {
                return ending("LIMIT");
            }
            if (!execute(standing.plan.executions())) {
                return ending("CHILD");
            }
            String clash = standing.commit();
            if (!clash.isEmpty()) {
                assertThat(standing.commit()).isEqualTo(clash);
                return ending("CLASH" + clash);
            }
            states.add(standing.state());
            if (random.nextInt(5) == 0) {
                replay();
            }
        }
        return ending("END");
    }

    /** A new process knows what was recorded, and nothing else. */
    private void replay() {
        State before = standing.state();
        Plan plan = standing.plan;
        Standing again = new Standing();
        while (again.plan.number() < plan.number()) {
            assertThat(again.commit()).isEmpty();
        }
        assertThat(again.state()).isEqualTo(before);
        assertThat(again.plan).isEqualTo(plan);
        standing = again;
    }

    /** Ends all executions, in random order; one that fails is made again later. False if a graph in a node did not end. */
    private boolean execute(List<Execution> executions) {
        trace.add(executions.stream().map(e -> e.node() + ":" + record(e)).toList());
        List<Execution> open = new ArrayList<>(executions);
        State state = standing.state();
        Set<String> failed = new HashSet<>();
        while (!open.isEmpty()) {
            Collections.shuffle(open, random);
            open.removeIf(execution -> {
                if (random.nextInt(6) == 0) {
                    return false;
                }
                outcomes.put(execution.label(), outcome(execution, state, failed));
                return true;
            });
        }
        return failed.isEmpty();
    }

    private Outcome outcome(Execution execution, State state, Set<String> failed) {
        int number = Integer.parseInt(execution.node().substring(1));
        Vertex vertex = shape.vertices().get(number);
        if (vertex.child() == null) {
            Result result = Behaviour.run(vertex, number, record(execution), state);
            return new Outcome(writes(result), result.route());
        }
        Stepper child = new Stepper(vertex.child(), new State(state.log(), state.sum(), state.last(), 0), random);
        Ending ending = child.run();
        if (!ending.how().equals("END")) {
            failed.add(execution.label());
        }
        return new Outcome(shared(child.standing.contribution.writes()), Behaviour.routeOfChild(vertex, number, state));
    }

    /** What a graph in a node does to components of its own stays inside. */
    private static Writes shared(Writes contribution) {
        Map<String, dev.clew.graph.fold.Write> shared = new HashMap<>(contribution.byComponent());
        shared.remove("inner");
        return Writes.of(false, shared);
    }

    private Integer record(Execution execution) {
        return execution.source() == null
                ? null
                : outcomes.get(execution.source().sender() + "#"
                                + execution.source().execution())
                        .route()
                        .get(execution.source().from())
                        .record();
    }

    private static Writes writes(Result result) {
        Writes writes = result.replaced() == null ? Writes.NONE : Writes.NONE.replace(LOG, result.replaced());
        writes = result.notes().isEmpty() ? writes : writes.add(LOG, result.notes());
        writes = result.sum() == null ? writes : writes.add(SUM, result.sum());
        writes = result.inner() == null ? writes : writes.add(INNER, result.inner());
        return result.last() == null ? writes : writes.set(LAST, result.last());
    }

    private static Routing routing(List<Go> route) {
        return route == null
                ? Routing.EDGES
                : Routing.by(route.stream()
                        .map(go -> new Routing.Hop(
                                go.to().targets().stream().map(Shape::name).toList(),
                                go.to().taker() == null
                                        ? null
                                        : Shape.name(go.to().taker())))
                        .toList());
    }

    private Ending ending(String how) {
        List<String> joins = standing.plan.arrivals().stream()
                .map(a -> a.join()
                        + new TreeSet<>(a.members().stream()
                                .map(member -> Integer.valueOf(member.substring(1)))
                                .toList()))
                .toList();
        return new Ending(how, states, trace, joins);
    }
}
