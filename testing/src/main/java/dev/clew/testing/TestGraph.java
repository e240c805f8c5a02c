package dev.clew.testing;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.flow.NodeRef;
import dev.clew.flow.Workflow;
import dev.clew.spi.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A graph under test: built when it is first used, and built anew, flow object included, after every crash.
 *
 * <pre>{@code
 * var essays = lab.graph(() -> EssayFlowGraph.builder(new EssayFlow(writer)));
 * var write = essays.workflow(EssayFlowGraph::write);
 * }</pre>
 *
 * @param <G> the generated graph class
 */
public final class TestGraph<G extends Graph> {
    private final Lab lab;
    private final Supplier<GraphBuilder<G>> builder;
    private final List<Function<? super G, ? extends Workflow<?, ?>>> accessors = new ArrayList<>();
    private @Nullable G current;

    TestGraph(Lab lab, Supplier<GraphBuilder<G>> builder) {
        this.lab = lab;
        this.builder = builder;
    }

    /** The graph of the process that runs now. A crash makes it useless: ask again, or use {@link #workflow}. */
    public synchronized G get() {
        G open = current;
        if (open == null) {
            open = lab.process().open(builder);
            current = open;
        }
        return open;
    }

    /** A workflow of the graph, which goes on after crashes by itself. */
    public <I, O extends @Nullable Object> TestWorkflow<I, O> workflow(Function<? super G, Workflow<I, O>> accessor) {
        accessors.add(accessor);
        return new TestWorkflow<>(lab, this, () -> accessor.apply(get()), Lab.THREAD);
    }

    /** Scripts for the tasks of a class: {@code essays.fakes(EssayFlowTasks::on)}. */
    public <T> Fakes<T> fakes(Function<Scope, T> tasks) {
        return new Fakes<>(lab.equipment().scripts(), lab.equipment().rest(), tasks);
    }

    /**
     * A script for the executions of a node, whose results are updates or routed updates, as generated code makes them. A node
     * keeps its policies and its handler.
     *
     * <pre>{@code
     * research.<ResearchStateUpdate>fake(ResearchNode.WRITE).fails(2).thenReturns(update().draft(new Draft("It rains.")));
     * }</pre>
     */
    public <R extends @Nullable Object> Fake<R> fake(NodeRef node) {
        Fake<R> fake = new Fake<>(new Faked.Node(node), lab.equipment().rest());
        lab.equipment().scripts().add(fake);
        return fake;
    }

    /**
     * Replays a run that {@link TestWorkflow#saveLog} saved, perhaps years ago, with the code of today: it must take the
     * same steps to the same end. No task runs.
     *
     * @throws AssertionError if it does not, with the difference and its likely cause
     */
    public void replay(Path golden) {
        lab.replay(Recording.load(golden), List.of(code())).ifPresent(difference -> {
            throw new AssertionError("the run in " + golden + " does not replay with today's code: " + difference);
        });
    }

    /** The workflows that the test uses. */
    Code<G> code() {
        return new Code<>(builder, graph -> accessors.stream().map(accessor -> accessor.apply(graph)));
    }

    synchronized void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /** Its process is dead. */
    synchronized void forget() {
        current = null;
    }
}
