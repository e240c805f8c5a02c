package dev.clew.queue;

import org.jspecify.annotations.Nullable;

/**
 * Gives back what was taken and not opened. Nothing happens if the request is not reserved by this owner any more.
 *
 * <pre>{@code
 * queue.giveBack(new GiveBack("essay-1", "r-1", owner, GiveBack.Reason.CLOSING, null));
 * }</pre>
 *
 * @param threadId the request's thread
 * @param requestId the request
 * @param owner the worker that took it
 * @param reason why
 * @param detail why it is held, protected bytes of the engine's; or null
 * @param deployment the deployment that does not fit; null for the other reasons
 */
public record GiveBack(
        String threadId,
        String requestId,
        String owner,
        Reason reason,
        byte @Nullable [] detail,
        @Nullable String deployment) {
    /** Gives back for a reason that names no deployment. */
    public GiveBack(String threadId, String requestId, String owner, Reason reason, byte @Nullable [] detail) {
        this(threadId, requestId, owner, reason, detail, null);
    }

    /** Why a request is given back. */
    public enum Reason {
        /** The thread was busy: the request is taken again after {@link RunQueue#BUSY_PAUSE}. The attempt does not count. */
        THREAD_BUSY,
        /** The worker ends: the request is ready at once. The attempt does not count. */
        CLOSING,
        /** The store failed: it is taken again after {@link RunQueue#BUSY_PAUSE}. The attempt does not count. */
        STORAGE,
        /** Its owner is known to be gone. Else as {@link #FAILED}. */
        VANISHED,
        /** Its run could not be opened: it is taken again after a growing pause, and held after the fifth attempt. */
        FAILED,
        /** What it was enqueued with cannot be read: it is held at once. */
        UNREADABLE,
        /**
         * The code of this deployment does not fit it: workers of other deployments may take it, and those of this one after
         * {@link RunQueue#EXCLUDED}. The attempt does not count. If its run was opened, the owner has it until it releases
         * the thread.
         */
        NOT_THIS_DEPLOYMENT
    }
}
