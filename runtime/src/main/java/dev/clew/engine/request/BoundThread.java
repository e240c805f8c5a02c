package dev.clew.engine.request;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.spi.WorkflowSpec;

/** A thread belongs to the workflow that ran on it first. */
public final class BoundThread {
    private BoundThread() {}

    /**
     * Returns if a thread is this workflow's.
     *
     * @throws RequestRefusedException if it is another one's
     */
    public static void require(ThreadRecord thread, WorkflowSpec<?, ?> spec) {
        if (!spec.isNamed(thread.workflow())) {
            throw new RequestRefusedException(
                    Reason.OTHER_WORKFLOW,
                    "thread '" + thread.threadId() + "' belongs to workflow '" + thread.workflow() + "', not to '"
                            + spec.name() + "'; use another thread id");
        }
    }
}
