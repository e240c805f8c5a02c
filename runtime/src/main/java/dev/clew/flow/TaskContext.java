package dev.clew.flow;

/**
 * What a leaf task may know and do about the attempt that it runs in. Ask for it by declaring a parameter of this type.
 *
 * <p>Usable from any thread while the attempt lives; once the attempt timed out, was cancelled or ended, every call
 * fails with {@link dev.clew.task.IllegalStepException}.
 *
 * <pre>{@code
 * @Task
 * Receipt charge(Order order, TaskContext task) {
 *   return payments.charge(order, task.stepId());   // the same key on every attempt, crash and replay
 * }
 * }</pre>
 */
public interface TaskContext {
    /** The thread that the run belongs to; empty for a run without a thread. */
    String threadId();

    /** The run's id. */
    String runId();

    /**
     * Names this step over attempts, crashes and replays: the idempotency key for the outside world. Unique across
     * threads and runs.
     */
    String stepId();

    /** Which attempt this is, from 1. Attempts count on across crashes. */
    int attempt();

    /** Tells that the attempt makes progress; it starts the idle timeout anew. */
    void heartbeat();
}
