package dev.clew.flow;

import dev.clew.value.ClewException;

/**
 * A request makes no sense for the thread, the workflow or the graph as they are: a missing thread id or input, a
 * thread of another workflow, nothing to continue, another input under a used run id, a closed graph. Nothing was
 * stored; the message says what to do, {@link #reason()} lets a program decide.
 *
 * <pre>{@code
 * catch (RequestRefusedException e) {
 *   return e.reason() == RequestRefusedException.Reason.CLOSED ? retryElsewhere() : Response.status(409, e.getMessage());
 * }
 * }</pre>
 */
public final class RequestRefusedException extends ClewException {
    private static final long serialVersionUID = 1L;

    /** Why a request is refused. More may be added. */
    public enum Reason {
        /** The request itself is incomplete or contradicts itself or the workflow: no input, no thread id, a wrong type. */
        INVALID,
        /** What is asked for needs a checkpointer, and the graph has none. */
        NO_CHECKPOINTER,
        /** The run needs a context that neither the configuration nor the builder gives. */
        NO_CONTEXT,
        /** The graph is closed, or was closed while the request waited. */
        CLOSED,
        /** The thread belongs to another workflow. */
        OTHER_WORKFLOW,
        /** The thread is about another subject. */
        OTHER_SUBJECT,
        /** A name or id is taken: of a workflow on a checkpointer, of a thread to copy to, of a run to fork to. */
        TAKEN,
        /** The run id stands for another input. */
        OTHER_INPUT,
        /** The thread never ran. */
        NEVER_RAN,
        /** There is no such run, checkpoint, step or task; it may have been removed. */
        UNKNOWN,
        /** The run or checkpoint that is named is no longer the thread's newest. */
        REPLACED,
        /** The last run was cancelled, and a cancelled run cannot be continued. */
        CANCELLED,
        /** What the run had done was undone, or is being undone: it cannot be continued, branched off after that, or left behind. */
        UNDONE,
        /** The thread waits for answers, or has answers that were not used yet, so a new input is refused. */
        INTERRUPTED,
        /** A task of the run has begun what must not happen twice, and nobody knows yet whether it happened. */
        UNSETTLED_EFFECT,
        /** A branch would execute again what must not happen twice. */
        REPEATED_EFFECT,
        /** Nobody runs the thread here. */
        NOT_RUNNING,
        /** The workflow runs elsewhere, and the protocol by which it is reached has no word for this. */
        UNSUPPORTED
    }

    private final Reason reason;

    /** A request that is {@link Reason#INVALID}. */
    public RequestRefusedException(String message) {
        this(Reason.INVALID, message);
    }

    public RequestRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A request that is {@link Reason#INVALID}, and what made it so. */
    public RequestRefusedException(String message, Throwable cause) {
        this(message);
        initCause(cause);
    }

    /** Why, for programs. */
    public Reason reason() {
        return reason;
    }
}
