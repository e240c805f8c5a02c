package dev.clew.interrupt;

import dev.clew.value.ClewException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.List;

/**
 * An answer was refused; nothing was stored. The message lists what is pending.
 *
 * <pre>{@code
 * catch (AnswerRefusedException e) {
 *   if (e.reason() == AnswerRefusedException.Reason.ANSWERED) return alreadyDecided();
 *   throw e;
 * }
 * }</pre>
 */
public final class AnswerRefusedException extends ClewException {
    private static final long serialVersionUID = 1L;

    /** Why an answer is refused. */
    public enum Reason {
        /** Nothing is pending on the thread. */
        NOTHING_PENDING,
        /** No question of the head run has this id. */
        UNKNOWN,
        /** The question was answered before. */
        ANSWERED,
        /** The question was withdrawn, or its deadline passed. */
        WITHDRAWN,
        /** Several questions are pending and the answer does not say which it is for. */
        AMBIGUOUS,
        /** The answer does not fit the {@linkplain PendingInterrupt#answerSchema() schema} of the question. */
        WRONG_TYPE,
        /** The key's check or the answer's constructor refused it, or threw; the question stays open. */
        REJECTED
    }

    private final Reason reason;
    private final String why;
    /** Questions hold codecs, so a copy that was serialized has none. */
    private transient List<PendingInterrupt<?, ?>> pending;

    public AnswerRefusedException(String threadId, Reason reason, String why, List<PendingInterrupt<?, ?>> pending) {
        super("the answer for thread '" + threadId + "' is refused: " + why + "; pending: "
                + PendingInterrupt.describe(pending));
        this.reason = reason;
        this.why = why;
        this.pending = List.copyOf(pending);
    }

    public Reason reason() {
        return reason;
    }

    /** Why, without the list of what is pending. */
    public String why() {
        return why;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        pending = List.of();
    }

    /** What is pending on the thread; empty in a copy that was serialized, whose message lists it still. */
    public List<PendingInterrupt<?, ?>> pending() {
        return pending;
    }
}
