package dev.clew.engine.request;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;

/** A thread whose run waits for a person, which some requests do not wait for. */
public final class PausedThread {
    private PausedThread() {}

    /**
     * Returns if a thread's run does not wait for a person.
     *
     * @param status what the thread is doing
     * @throws RequestRefusedException if it does: it names what is pending
     */
    public static void refuse(Checkpointer store, Codec codec, ThreadRecord thread, ThreadStatus status) {
        boolean isHeld = status == ThreadStatus.BLOCKED || status == ThreadStatus.STUCK;
        if (status != ThreadStatus.INTERRUPTED && !isHeld) {
            return;
        }
        String runId = String.valueOf(thread.head().runId());
        String pending = isHeld
                ? ""
                : ", and waits for answers, or to be proceeded; pending: "
                        + Answers.describe(
                                StoredRun.head(store, codec, thread, runId).pending());
        throw new RequestRefusedException(
                Reason.INTERRUPTED,
                "run '" + runId + "' of thread '" + thread.threadId() + "', workflow '" + thread.workflow() + "', is "
                        + status + pending
                        + "; a request with WhenInterrupted.REJECT is refused then. Without that it waits until the run is"
                        + " over, and with WhenInterrupted.ABANDON it takes the run's place");
    }
}
