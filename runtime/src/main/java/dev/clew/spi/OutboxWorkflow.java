package dev.clew.spi;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.queue.QueuedRun;

/**
 * A workflow that says what {@code enqueue} would store, and stores nothing: for stores that add requests in a transaction of the
 * caller's.
 *
 * <p>Thread-safe. Implemented by Clew alone.
 *
 * <pre>{@code
 * QueuedRun request = OutboxWorkflow.of(graph.write()).request("rain", RunConfig.thread("essay-1").queue("essays"));
 * }</pre>
 *
 * @param <I> the input's type
 */
public interface OutboxWorkflow<I> {
    /**
     * The request for a run with this input. What {@link Workflow#enqueue(Object, RunConfig)} refuses is refused, and so is a
     * {@link dev.clew.flow.WhenBusy} other than {@code enqueue()}: whether a thread is busy is not known before the commit. The
     * thread is read from the checkpointer.
     *
     * @throws RequestRefusedException as {@code enqueue}
     */
    QueuedRun request(I input, RunConfig config);

    /** {@link #request(Object, RunConfig)} of a workflow without input. */
    QueuedRun request(RunConfig config);

    /**
     * The workflow behind one that a graph gave.
     *
     * @throws RequestRefusedException if it is none of Clew's
     */
    @SuppressWarnings("unchecked") // all that implement it are workflows with the same input
    static <I> OutboxWorkflow<I> of(Workflow<I, ?> workflow) {
        Workflow<I, ?> inner = workflow;
        while (inner instanceof ForwardingWorkflow<I, ?> forwarding) {
            inner = forwarding.forwardsTo();
        }
        if (inner instanceof OutboxWorkflow<?> outbox) {
            return (OutboxWorkflow<I>) outbox;
        }
        throw new RequestRefusedException("workflow '" + workflow.name()
                + "' was not given by a graph, so it cannot be enqueued in a transaction");
    }
}
