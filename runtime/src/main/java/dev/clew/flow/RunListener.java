package dev.clew.flow;

import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.StepKind;
import dev.clew.task.Failure;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    /**
     * Which run an event is about.
     *
     * @param carried what {@link #runRequested} gave when the run was started or enqueued, in whatever process that was
     */
    record RunInfo(String workflow, String threadId, String runId, Map<String, String> carried) {
        public RunInfo {
            carried = Map.copyOf(carried);
        }

        /** A run that carries nothing. */
        public RunInfo(String workflow, String threadId, String runId) {
            this(workflow, threadId, runId, Map.of());
        }
    }

    /** Which step an event is about; the attempt counts from 1, and is 0 where none was made. */
    record StepInfo(String name, String path, StepKind kind, int attempt) {}

    /**
     * A caller starts or enqueues a run, and this is its thread. What is returned is stored with a new run, beside its attributes, and
     * is in {@link RunInfo#carried} wherever the run executes: so a trace continues in a worker. A run that is there already keeps its own.
     *
     * @return a few short texts, such as the headers of a trace context
     */
    default Map<String, String> runRequested(String workflow) {
        return Map.of();
    }

    /**
     * Surrounds the code of an attempt, or of a run's body, whose step has an empty path. It is called after {@link #stepStarted}, on the
     * thread that executes the code; what it returns is closed on that thread when the code has returned or thrown.
     *
     * @return what is to be closed; null for nothing
     */
    default @Nullable AutoCloseable stepEntered(RunInfo run, StepInfo step) {
        return null;
    }

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

    /** What a run had done was undone. */
    default void runUndone(RunInfo run) {}

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
