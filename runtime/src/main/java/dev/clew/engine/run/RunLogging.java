package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.engine.request.Request;
import dev.clew.engine.world.LogContext;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.AnswerRefusedException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of runs. A failure that a caller receives is the caller's to log; one that nobody receives is logged
 * here, once, with the stack trace of the original. A failure of the store is always logged: it is the operator's. No line
 * has values of the workflow, only what its exceptions say.
 */
public final class RunLogging {
    private RunLogging() {}

    /** An activation ended with an error. */
    @SuppressWarnings("try") // the context is only to be closed
    public static void ended(Session session, Throwable error, boolean received) {
        try (LogContext unused = LogContext.enter(session.threadId(), session.runId(), step(error))) {
            ended(session.where(), error, received, session.isFaulted());
        }
    }

    private static void ended(String where, Throwable error, boolean received, boolean told) {
        boolean expected = error instanceof RequestRefusedException
                || error instanceof AnswerRefusedException
                || error instanceof WorkflowCancelledException;
        if (error instanceof CheckpointException) {
            LOG.warn("{} stopped because its store failed or its claim was lost; it is recoverable", where, error);
        } else if (expected || received || told) {
            LOG.debug("{} ended: {}", where, error.getClass().getName());
        } else if (error instanceof WorkflowFailedException) {
            LOG.error("{} failed at step '{}'; Command.proceed() makes a new attempt", where, step(error), error);
        } else if (error instanceof Error) {
            LOG.error("{} crashed; recover() or Command.proceed() continues it", where, error);
        } else {
            LOG.error("{} is blocked; Command.proceed() continues it after a fix", where, error);
        }
    }

    private static String step(Throwable error) {
        return error instanceof WorkflowFailedException failed
                ? failed.failure().path()
                : "";
    }

    /** A request to continue a run was refused. */
    @SuppressWarnings("try") // the context is only to be closed
    public static void refused(Request request, String workflow, String threadId, Throwable error, boolean received) {
        boolean expected = error instanceof RequestRefusedException refusal
                        && refusal.reason() == RequestRefusedException.Reason.CLOSED
                || error instanceof ThreadBusyException
                || error instanceof WorkflowCancelledException;
        if (!(request instanceof Request.Wake wake) || received || expected) {
            return;
        }
        try (LogContext unused = LogContext.enter(threadId, wake.runId(), "")) {
            String where = Activation.where(workflow, threadId, wake.runId());
            if (error instanceof ThreadStuckException) {
                LOG.error("{} is stuck and is left alone", where, error);
            } else {
                LOG.warn("{} could not be continued", where, error);
            }
        }
    }

    /** A run continues whose owner is gone, or gave it back before its end. */
    public static void recovered(String where, @Nullable String owner) {
        LOG.info(
                "{} is recovered; its owner {}",
                where,
                owner == null ? "left it without an end" : "'" + owner + "' is gone");
    }

    /** An attempt failed and another one follows. */
    static void retried(Step step, String where, int attempt, long due, Throwable why) {
        if (LOG.isDebugEnabled()) {
            Instant next = Time.toInstant(due);
            LOG.debug(
                    "attempt {} of step '{}' in {} failed; the next one is due at {}",
                    attempt,
                    step.path(),
                    where,
                    next,
                    why);
        }
    }
}
