package dev.clew.flow;

import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.StepKind;
import dev.clew.task.Failure;
import java.time.Duration;

/**
 * Hears what runs and steps do, for logs, metrics and progress. Every method does nothing by default.
 *
 * <p>Called on the threads of the engine, so an implementation must be thread-safe and short. What it throws is logged
 * and cannot fail a run.
 *
 * <pre>{@code
 * builder.listener(new RunListener() {
 *   public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
 *     System.out.println(step.path() + " took " + took);
 *   }
 * });
 * }</pre>
 */
public interface RunListener {
    /** Which run an event is about. */
    record RunInfo(String workflow, String threadId, String runId) {}

    /** Which step an event is about; the attempt counts from 1, and is 0 where none was made. */
    record StepInfo(String name, String path, StepKind kind, int attempt) {}

    /** A new run begins. */
    default void runStarted(RunInfo run) {}

    /** A run goes on: after answers, a crash, a failure or a sleep. */
    default void runResumed(RunInfo run) {}

    /** A run is paused on questions. */
    default void runInterrupted(RunInfo run, java.util.List<PendingInterrupt<?, ?>> pending) {}

    /** A run is parked until a timer or a late retry is due. */
    default void runSleeping(RunInfo run, java.time.Instant wakeAt) {}

    default void runCompleted(RunInfo run) {}

    /** A run failed, is blocked, or crashed in this process. */
    default void runFailed(RunInfo run, Throwable failure) {}

    default void runCancelled(RunInfo run) {}

    /** An attempt begins. */
    default void stepStarted(RunInfo run, StepInfo step) {}

    /** A step's recorded outcome was used instead of running it. */
    default void stepReplayed(RunInfo run, StepInfo step) {}

    /** A step succeeded; from the task cache where {@code took} is zero and {@code attempt} is 0. */
    default void stepSucceeded(RunInfo run, StepInfo step, Duration took) {}

    /** An attempt failed and another one follows after the delay. */
    default void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {}

    /** A step failed for good. */
    default void stepFailed(RunInfo run, StepInfo step, Failure failure) {}

    /** A question was asked. */
    default void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {}

    /**
     * A sweep of {@code recoverEvery} or {@code retainEvery} failed, for a part or as a whole; the next one comes after
     * the usual pause.
     *
     * @param sweep the builder's name of it
     */
    default void sweepFailed(String sweep, RuntimeException why) {}
}
