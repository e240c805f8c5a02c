package dev.clew.graph;

import dev.clew.graph.fold.Contribution;
import dev.clew.graph.fold.Fold;
import dev.clew.graph.fold.Folded;
import dev.clew.graph.fold.Folding;
import dev.clew.graph.fold.Writes;
import dev.clew.graph.fold.Written;
import dev.clew.graph.plan.Execution;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.plan.Routing;
import dev.clew.graph.plan.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a run of a graph has come: the state that its supersteps have made, and what planning needs of them. A run, and
 * what reads its log, make the same of the same outcomes. Not thread-safe.
 */
final class Progress<S> {
    private final GraphNodes<S> graph;
    private final Folding folding;
    private final Contribution contribution;
    private final Map<String, Integer> executed = new HashMap<>();

    /** The routes with records that executions have sent, by their labels. */
    private final Map<String, List<?>> sent = new HashMap<>();

    private StateValues values;
    private int superstep;

    /** What was folded last; the state's constructor has not seen it before {@link #show}. */
    private @Nullable Last last;

    private record Last(String what, List<Written> written, Folded folded) {}

    Progress(GraphNodes<S> graph, StateValues base) {
        this(graph, base, Folding.ONCE);
    }

    Progress(GraphNodes<S> graph, StateValues base, Folding folding) {
        this.graph = graph;
        this.folding = folding;
        this.contribution = new Contribution(graph.state().channels());
        this.values = base;
    }

    /** The values after all that was folded. */
    StateValues values() {
        return values;
    }

    /** How many supersteps were folded. */
    int superstep() {
        return superstep;
    }

    /** What the supersteps did to the state. */
    Writes contribution() {
        return contribution.writes();
    }

    /** How often each node was executed, by its present name. */
    Map<String, Integer> executed() {
        return executed;
    }

    /**
     * Folds the input's update.
     *
     * @throws SuperstepFailedException if the state does not take it
     */
    void begin(StateUpdate<S> update) {
        refold(update);
        show();
    }

    /**
     * Folds what the executions of a superstep gave, in planned order.
     *
     * @throws SuperstepFailedException if that does not fit together, or the state does not take it
     */
    void fold(Plan plan, List<? extends @Nullable NodeResult<S>> results) {
        refold(plan, results);
        show();
    }

    /** {@link #begin}, without asking the state's constructor: for what was folded before. */
    void refold(StateUpdate<S> update) {
        Writes unused = fold(
                "the input of '" + graph.spec().name() + "'",
                List.of(new Written("the input", update.changes().writes())));
    }

    /**
     * {@link #fold}, without asking the state's constructor: for what was folded before.
     *
     * @throws SuperstepFailedException if that does not fit together; then nothing is changed
     */
    void refold(Plan plan, List<? extends @Nullable NodeResult<S>> results) {
        List<Execution> executions = plan.executions();
        List<Written> written = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            written.add(new Written(executions.get(i).label(), Results.writes(results.get(i))));
        }
        contribution.add(
                fold("superstep " + plan.number() + " of '" + graph.spec().name() + "'", written));
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof RoutedUpdate<?, ?> routed && isSent(routed.routes())) {
                sent.put(executions.get(i).label(), routed.routes());
            }
        }
        graph.planner().count(plan, executed);
        superstep++;
    }

    /** Whether routes may have a record for a node; constants have none. */
    private static boolean isSent(List<?> routes) {
        for (Object route : routes) {
            if (!(route instanceof Enum<?>)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Asks the state's constructor whether it takes what was folded last, if anything was.
     *
     * @throws SuperstepFailedException if it does not
     */
    void show() {
        if (last != null) {
            Folded shown = Fold.shown(
                    last.folded(),
                    last.written(),
                    made -> graph.state().make(new StateValues(graph.state().channels(), made)));
            if (shown instanceof Folded.Failed failed) {
                throw SuperstepFailedException.of(last.what(), failed.clashes());
            }
        }
    }

    /** Logs what the superstep that was folded last has dropped, and the joins that the run leaves behind if it ends here. */
    void warn(Plan next) {
        if (last != null) {
            RunWarnings.planned(last.what(), last.folded(), next);
        }
    }

    /** What follows on a superstep that was folded. */
    Plan next(Plan done, List<? extends @Nullable NodeResult<S>> results) {
        List<Execution> executions = done.executions();
        List<Routing> routings = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            routings.add(graph.find(executions.get(i).node()).routing(results.get(i)));
        }
        return graph.planner().next(done, routings, executed);
    }

    /** The record that is sent to an execution, or null. */
    @Nullable
    Object sent(Execution execution) {
        Sent source = execution.source();
        if (source == null) {
            return null;
        }
        Object route = Objects.requireNonNull(sent.get(source.sender() + "#" + source.execution()))
                .get(source.from());
        return route instanceof Send named ? named.value() : route;
    }

    private Writes fold(String what, List<Written> written) {
        Folded folded = folding.fold(what, graph.state().channels(), values.array(), written);
        if (folded instanceof Folded.Committed committed) {
            last = new Last(what, written, folded);
            values = new StateValues(graph.state().channels(), committed.values());
            return committed.net();
        }
        throw SuperstepFailedException.of(what, ((Folded.Failed) folded).clashes());
    }
}
