package dev.clew.engine.stored;

import dev.clew.engine.log.LogEntry.UndoCause;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.task.Failure;
import org.jspecify.annotations.Nullable;

/** What callers get of a run that was undone. */
public final class Undone {
    private Undone() {}

    /**
     * The result of a run that was undone because somebody wanted that.
     *
     * @throws WorkflowFailedException if it was undone because its body failed: the failure is what became of it
     */
    public static <O extends @Nullable Object> RunResult<O> result(
            String where, String threadId, String runId, @Nullable UndoCause cause, @Nullable Failure failure) {
        if (cause == UndoCause.FAILURE && failure != null) {
            throw new WorkflowFailedException(where, failure, null);
        }
        return new RunResult.Undone<>(threadId, runId);
    }
}
