package dev.clew.testing;

import dev.clew.flow.RunListener;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Writes down what the runs of a lab do. */
final class Heard implements RunListener {
    private final List<LabEvent> events;
    private final List<LabEvent> own;
    private final BooleanSupplier dead;

    Heard() {
        this(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), () -> false);
    }

    private Heard(List<LabEvent> events, List<LabEvent> own, BooleanSupplier dead) {
        this.events = events;
        this.own = own;
        this.dead = dead;
    }

    /** Notes what one process does, until that is dead: threads of it may still run then, but no step begins. */
    Heard ofProcess(BooleanSupplier isDead) {
        return new Heard(events, own, isDead);
    }

    /** Notes what another process does beside those of the lab's own. */
    Heard ofAnother() {
        return new Heard(events, new CopyOnWriteArrayList<>(), () -> false);
    }

    /** What this process did, in all its lives. */
    List<LabEvent> own() {
        return List.copyOf(own);
    }

    private void note(LabEvent event) {
        events.add(event);
        own.add(event);
    }

    List<LabEvent> events() {
        return List.copyOf(events);
    }

    private void note(LabEvent.Kind kind, RunInfo run, String detail) {
        note(new LabEvent(kind, run.workflow(), run.threadId(), run.runId(), "", "", 0, detail));
    }

    private void note(LabEvent.Kind kind, RunInfo run, StepInfo step, String detail) {
        if (dead.getAsBoolean()) {
            return;
        }
        note(new LabEvent(
                kind, run.workflow(), run.threadId(), run.runId(), step.name(), step.path(), step.attempt(), detail));
    }

    @Override
    public void runStarted(RunInfo run) {
        note(LabEvent.Kind.RUN_STARTED, run, "");
    }

    @Override
    public void runResumed(RunInfo run) {
        note(LabEvent.Kind.RUN_RESUMED, run, "");
    }

    @Override
    public void runInterrupted(RunInfo run, List<PendingInterrupt<?, ?>> pending) {
        note(LabEvent.Kind.RUN_INTERRUPTED, run, pending.toString());
    }

    @Override
    public void runSleeping(RunInfo run, Instant wakeAt) {
        note(LabEvent.Kind.RUN_SLEEPING, run, "until " + wakeAt);
    }

    @Override
    public void runCompleted(RunInfo run) {
        note(LabEvent.Kind.RUN_COMPLETED, run, "");
    }

    @Override
    public void runFailed(RunInfo run, Throwable failure) {
        note(LabEvent.Kind.RUN_FAILED, run, String.valueOf(failure));
    }

    @Override
    public void runCancelled(RunInfo run) {
        note(LabEvent.Kind.RUN_CANCELLED, run, "");
    }

    @Override
    public void stepStarted(RunInfo run, StepInfo step) {
        note(LabEvent.Kind.STEP_STARTED, run, step, "");
    }

    @Override
    public void stepReplayed(RunInfo run, StepInfo step) {
        note(LabEvent.Kind.STEP_REPLAYED, run, step, "");
    }

    @Override
    public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        note(step.attempt() == 0 ? LabEvent.Kind.STEP_CACHED : LabEvent.Kind.STEP_SUCCEEDED, run, step, "");
    }

    @Override
    public void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {
        note(LabEvent.Kind.STEP_RETRIED, run, step, failure.type() + ": " + failure.message() + ", again in " + delay);
    }

    @Override
    public void stepFailed(RunInfo run, StepInfo step, Failure failure) {
        note(LabEvent.Kind.STEP_FAILED, run, step, failure.type() + ": " + failure.message());
    }

    @Override
    public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
        note(LabEvent.Kind.QUESTION_ASKED, run, question.toString());
    }
}
