package dev.clew.spring;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues runs inside the transaction of the caller: the run is there if the transaction commits, with all else that it changed,
 * and never was if it rolls back. A bean of this type is there if threads are stored in the database of the {@code DataSource}.
 *
 * <pre>{@code
 * @Transactional
 * void order(Order order) {
 *   orders.save(order);
 *   outbox.enqueue(billing.bill(), order.id(), RunConfig.once("bill-" + order.id()));
 * }
 * }</pre>
 *
 * <p>After the commit, workers of all processes are woken. Thread-safe.
 */
public interface Outbox {
    /**
     * Enqueues a run.
     *
     * @return the handle of the run, which knows nothing of it before the commit
     * @throws dev.clew.flow.RequestRefusedException without a transaction of the {@code DataSource} on this thread, and what {@code
     *     workflow.enqueue} refuses; nothing was done in the transaction
     * @throws dev.clew.checkpoint.CheckpointException if the insert failed; the transaction can only be rolled back
     */
    <I, O extends @Nullable Object> RunHandle<O> enqueue(Workflow<I, O> workflow, I input, RunConfig config);

    /** {@link #enqueue(Workflow, Object, RunConfig)} of a workflow without input. */
    <O extends @Nullable Object> RunHandle<O> enqueue(Workflow<?, O> workflow, RunConfig config);
}
