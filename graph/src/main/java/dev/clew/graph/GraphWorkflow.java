package dev.clew.graph;

import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.graph.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A graph, ready to run: a workflow whose body runs the nodes in supersteps. Immutable and thread-safe. Implemented by Clew
 * alone: methods will be added.
 *
 * <pre>{@code
 * GraphWorkflow<String, Draft, ResearchState> research = graph.workflow();
 * RunResult<Draft> result = research.invoke("rain", RunConfig.thread("r-1"));
 * }</pre>
 *
 * @param <I> what callers give
 * @param <O> what callers get
 * @param <S> the state
 */
public interface GraphWorkflow<I, O extends @Nullable Object, S> extends Workflow<I, O> {
    /** The newest state of a thread, and what comes next; of a thread that never ran, its start values. */
    StateSnapshot<S> snapshot(String threadId);

    /**
     * The state that the configuration's checkpoint names, as {@link StateSnapshot#config()} gives it; the newest one of
     * its thread if it names none. It can be read at any time, while the thread runs, too. What has failed and what is asked
     * shows in {@link StateSnapshot#tasks()}; values are those before the superstep that these are part of.
     *
     * @throws dev.clew.flow.RequestRefusedException if the thread is another workflow's, has no such checkpoint, or the graph
     *     has no checkpointer
     */
    StateSnapshot<S> snapshot(RunConfig config);

    /**
     * The states of a thread, one for each superstep, newest first; read as the stream is. A run that an edit opened begins
     * where it was opened.
     *
     * <pre>{@code
     * StateSnapshot<Draft> before = graph.snapshots("r-1").filter(s -> s.next().equals(List.of("publish"))).findFirst().get();
     * graph.fork(before.config());
     * graph.invoke(Command.proceed(), RunConfig.thread("r-1"));
     * }</pre>
     */
    Stream<StateSnapshot<S>> snapshots(String threadId);

    /**
     * {@link #snapshots(String)} of the configuration's thread; if it names a checkpoint, from there on back in the same run.
     */
    Stream<StateSnapshot<S>> snapshots(RunConfig config);

    /**
     * Updates the state by hand, as the only node of the last superstep; on a thread that never ran, or after an input, as
     * the input. Else as {@link #updateState(RunConfig, NodeResult, NodeRef)}.
     *
     * @throws dev.clew.flow.RequestRefusedException if the last superstep ran several nodes, or its node routes: name the node
     */
    RunConfig updateState(RunConfig config, StateUpdate<S> update);

    /**
     * Updates the state by hand, as if this node had given that. One write, all or nothing; the thread must not be running.
     *
     * <ul>
     *   <li>If the node is due, this is its outcome; the outcomes that other due nodes have are kept, and those without one
     *       begin anew. The last outcome of a superstep makes the state that follows on it. If it is due several times, name
     *       one with {@link NodeRef#at}.
     *   <li>If it is not due, the update is a superstep of its own: what was due stays due, and what follows on the node is
     *       added.
     * </ul>
     *
     * The thread then waits, INTERRUPTED: {@code Command.proceed()} runs what is due, and {@code recover()} leaves it alone.
     * If nothing is due, it is IDLE. Questions that were asked are withdrawn; breakpoints of the run that was edited hold no
     * more.
     *
     * <pre>{@code
     * research.updateState(thread, update().draft(better), ResearchNode.WRITE);
     * research.invoke(Command.proceed(), thread);
     * }</pre>
     *
     * <p>The node may be one of a graph that is a node, if that is under way: {@code NodeRef.of("writer/outline")}. The update is
     * then one of that graph's state, and the rest of its run is kept, as the superstep around it is. It is edited in the newest
     * state only.
     *
     * @param config names the thread; with a checkpoint of {@link StateSnapshot#config()}, the past to branch off from
     * @param result what the node gives, an update of its graph's state; one that routes must say where to go
     * @return names the new state
     * @throws dev.clew.flow.RequestRefusedException if the node could not give that, or it does not fit the state; nothing is
     *     stored then
     * @throws dev.clew.flow.ThreadBusyException if a run of the thread is executing
     */
    RunConfig updateState(RunConfig config, NodeResult<?> result, NodeRef asNode);

    /**
     * Not for graphs, whose state is more than their output.
     *
     * @deprecated use {@link #updateState(RunConfig, StateUpdate)}
     */
    @Deprecated
    @Override
    RunConfig updateState(RunConfig config, @Nullable O value);

    /**
     * Not for graphs, whose state is more than their output.
     *
     * @deprecated use {@link #updateState(RunConfig, NodeResult, NodeRef)}
     */
    @Deprecated
    @Override
    RunConfig updateState(RunConfig config, @Nullable O value, @Nullable Object saved);

    /**
     * Branches a thread off at a state: a new run in which every node of the superstep that follows runs again. It waits,
     * INTERRUPTED, until {@code Command.proceed()}. Where nothing follows, the thread has that state.
     *
     * @param config as {@link StateSnapshot#config()} gives it. One that names a checkpoint alone means where its run was
     *     opened: by an input, or by an edit, which stays
     */
    @Override
    RunConfig fork(RunConfig config);

    /** What the state is made of. */
    StateSpec<S> stateSpec();

    /**
     * The names of the components that are not for clients of the program: those of its own state, and those of the graphs in it or
     * called by its nodes. What steps recorded may have them.
     */
    Set<String> hidden();

    /** The graph's nodes and all that may follow on what. */
    Topology topology();

    /** The graph as a Mermaid diagram. */
    String diagram();
}
