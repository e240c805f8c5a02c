package dev.clew.graph;

import dev.clew.Graph;
import dev.clew.flow.Workflow;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A graph that is wired to a checkpointer and an executor, and can run. Generated graphs are subclasses. Close it when the
 * program ends.
 *
 * <pre>{@code
 * try (var graph = spec.builder().checkpointer(db.checkpointer()).build()) {
 *   String answer = graph.workflow().invoke("Where is it raining?", RunConfig.thread("weather-1")).value();
 * }
 * }</pre>
 *
 * @param <I> what callers give
 * @param <O> what callers get
 * @param <S> the state
 */
public class CompiledGraph<I, O extends @Nullable Object, S> extends Graph {
    private final GraphWorkflow<I, O, S> workflow;

    /** For generated graphs. */
    @SuppressWarnings("this-escape") // to the supertype alone, which is complete by then
    protected CompiledGraph(GraphSpec<I, O, S> spec, Wiring wiring) {
        super(wiring);
        GraphDriver<I, O, S> driver = new GraphDriver<>(spec);
        SpecWorkflow.requireNodes(spec, breakpoints());
        WorkflowSpec<I, O> described = driver.workflow();
        this.workflow = new SpecWorkflow<>(spec, driver.nodes(), workflow(described), () -> threads(described));
    }

    /**
     * The value of a component that the graph's output takes. For generated graphs.
     *
     * @param writers the nodes that say that they write it
     * @throws MissingValueException if it is null
     */
    protected static <V> V required(String component, @Nullable V value, String... writers) {
        if (value == null) {
            throw MissingValueException.ofOutput(component, List.of(writers));
        }
        return value;
    }

    @Override
    public List<Workflow<?, ?>> workflows() {
        return List.of(workflow);
    }

    /** The workflow that runs the graph. */
    public GraphWorkflow<I, O, S> workflow() {
        return workflow;
    }
}
