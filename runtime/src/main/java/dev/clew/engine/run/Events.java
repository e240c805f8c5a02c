package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.format.Carried;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.world.LogContext;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunListener.RunInfo;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.Failure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells the graph's listener what a run does; what the listener throws is logged and goes no further. */
public final class Events {
    private final @Nullable RunListener listener;
    private final RunInfo run;
    private final Function<StepLog, PendingInterrupt<?, ?>> questions;

    Events(@Nullable RunListener listener, RunInfo run, Function<StepLog, PendingInterrupt<?, ?>> questions) {
        this.listener = listener;
        this.run = run;
        this.questions = questions;
    }

    /** The configuration of a run that a caller asks for, with what the listener gives it on its way. */
    public static RunConfig requested(@Nullable RunListener listener, String workflow, RunConfig config) {
        if (listener == null) {
            return config;
        }
        try {
            return Carried.with(config, listener.runRequested(workflow));
        } catch (Throwable broken) {
            LOG.warn("a run listener threw, and was ignored", broken);
            return config;
        }
    }

    /** The code of an attempt begins on this thread; what is returned is to be given to {@link #left}. */
    @Nullable
    AutoCloseable entered(Step step, int attempt) {
        if (listener == null) {
            return null;
        }
        AtomicReference<@Nullable AutoCloseable> entered = new AtomicReference<>();
        tell(step.path(), (l, r) -> entered.set(l.stepEntered(r, step.info(attempt))));
        return entered.get();
    }

    /** The code is over. */
    void left(Step step, @Nullable AutoCloseable entered) {
        if (entered != null) {
            tell(step.path(), (l, r) -> {
                try {
                    entered.close();
                } catch (Exception broken) {
                    throw new IllegalStateException("what stepEntered gave could not be closed", broken);
                }
            });
        }
    }

    RunInfo run() {
        return run;
    }

    /** Tells the listener of the run; the event is not even built where there is none. */
    public void tell(BiConsumer<RunListener, RunInfo> event) {
        tell("", event);
    }

    @SuppressWarnings("try") // the context is only to be closed
    private void tell(String step, BiConsumer<RunListener, RunInfo> event) {
        if (listener == null) {
            return;
        }
        try (LogContext unused = LogContext.enter(run.threadId(), run.runId(), step)) {
            event.accept(listener, run);
        } catch (Throwable broken) {
            LOG.warn("a run listener threw, and was ignored", broken);
        }
    }

    void stepReplayed(Step step, int attempts) {
        if (listener != null) {
            tell(step.path(), (l, r) -> l.stepReplayed(r, step.info(attempts)));
        }
    }

    void stepStarted(Step step, int attempt) {
        if (listener != null && !step.isRoot()) {
            tell(step.path(), (l, r) -> l.stepStarted(r, step.info(attempt)));
        }
    }

    void stepSucceeded(Step step, int attempt, long tookNanos) {
        if (listener != null && !step.isRoot()) {
            tell(step.path(), (l, r) -> l.stepSucceeded(r, step.info(attempt), Duration.ofNanos(tookNanos)));
        }
    }

    void stepRetried(Step step, int attempt, Failure failure, Duration delay) {
        tell(step.path(), (l, r) -> l.stepRetried(r, step.info(attempt), failure, delay));
    }

    void stepFailed(Step step, int attempt, Failure failure) {
        if (!step.isRoot()) {
            tell(step.path(), (l, r) -> l.stepFailed(r, step.info(attempt), failure));
        }
    }

    public void questionAsked(StepLog question) {
        tell(question.path(), (l, r) -> l.questionAsked(r, questions.apply(question)));
    }
}
