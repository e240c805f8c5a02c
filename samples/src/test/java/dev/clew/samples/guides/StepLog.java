package dev.clew.samples.guides;

import dev.clew.flow.RunListener;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.Failure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what steps did: the thread, the run and the step are in the MDC, and values are nowhere. */
final class StepLog implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger("steps");

    @Override
    public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        LOG.info("{} took {} ms, attempt {}", step.path(), took.toMillis(), step.attempt());
    }

    @Override
    public void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {
        LOG.warn("{} failed ({}), next attempt in {} ms", step.path(), failure.type(), delay.toMillis());
    }

    @Override
    public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
        LOG.info("{} asks '{}', until {}", question.path(), question.name(), question.deadline());
    }
}
