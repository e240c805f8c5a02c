package dev.clew.engine.setup;

import dev.clew.flow.RunListener;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells two listeners, the second even when the first throws. */
public record PairedListener(RunListener first, RunListener second) implements RunListener {
    @Override
    public Map<String, String> runRequested(String workflow) {
        Map<String, String> all = new HashMap<>(first.runRequested(workflow));
        all.putAll(second.runRequested(workflow));
        return all;
    }

    /** What was entered last is left first. */
    @Override
    public @Nullable AutoCloseable stepEntered(RunInfo run, StepInfo step) {
        AutoCloseable outer = first.stepEntered(run, step);
        AutoCloseable inner;
        try {
            inner = second.stepEntered(run, step);
        } catch (RuntimeException | Error broken) {
            inner = () -> {
                throw broken; // logged there, and what the first one entered is left
            };
        }
        if (outer == null || inner == null) {
            return outer == null ? inner : outer;
        }
        AutoCloseable within = inner;
        return () -> {
            try {
                within.close();
            } finally {
                outer.close();
            }
        };
    }

    @Override
    public void runStarted(RunInfo run) {
        tell(l -> l.runStarted(run));
    }

    @Override
    public void runResumed(RunInfo run) {
        tell(l -> l.runResumed(run));
    }

    @Override
    public void runInterrupted(RunInfo run, List<PendingInterrupt<?, ?>> pending) {
        tell(l -> l.runInterrupted(run, pending));
    }

    @Override
    public void runSleeping(RunInfo run, Instant wakeAt) {
        tell(l -> l.runSleeping(run, wakeAt));
    }

    @Override
    public void runCompleted(RunInfo run) {
        tell(l -> l.runCompleted(run));
    }

    @Override
    public void runFailed(RunInfo run, Throwable failure) {
        tell(l -> l.runFailed(run, failure));
    }

    @Override
    public void runCancelled(RunInfo run) {
        tell(l -> l.runCancelled(run));
    }

    @Override
    public void runUndone(RunInfo run) {
        tell(l -> l.runUndone(run));
    }

    @Override
    public void stepStarted(RunInfo run, StepInfo step) {
        tell(l -> l.stepStarted(run, step));
    }

    @Override
    public void stepReplayed(RunInfo run, StepInfo step) {
        tell(l -> l.stepReplayed(run, step));
    }

    @Override
    public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        tell(l -> l.stepSucceeded(run, step, took));
    }

    @Override
    public void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {
        tell(l -> l.stepRetried(run, step, failure, delay));
    }

    @Override
    public void stepFailed(RunInfo run, StepInfo step, Failure failure) {
        tell(l -> l.stepFailed(run, step, failure));
    }

    @Override
    public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
        tell(l -> l.questionAsked(run, question));
    }

    @Override
    public void sweepFailed(String sweep, RuntimeException why) {
        tell(l -> l.sweepFailed(sweep, why));
    }

    private void tell(Consumer<RunListener> event) {
        try {
            event.accept(first);
        } finally {
            event.accept(second);
        }
    }
}
