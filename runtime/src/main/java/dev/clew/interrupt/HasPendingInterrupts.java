package dev.clew.interrupt;

import dev.clew.value.IllegalRequestException;
import java.util.List;

/**
 * A result or a state with pending questions, which finds them by their key. Implemented by Clew alone.
 *
 * <pre>{@code
 * Verdict verdict = ask(paused.only(EssayFlow.REVIEW).value());
 * }</pre>
 */
public interface HasPendingInterrupts {
    /** The questions that wait, in the order in which they were asked. */
    List<PendingInterrupt<?, ?>> pending();

    /**
     * The one pending question of this key.
     *
     * @throws IllegalRequestException if there is none, or more than one; the message lists what is pending
     */
    default <Q, A> PendingInterrupt<Q, A> only(InterruptKey<Q, A> key) {
        List<PendingInterrupt<Q, A>> found = all(key);
        if (found.size() != 1) {
            throw new IllegalRequestException("expected exactly one pending question '" + key.name() + "', found "
                    + found.size() + "; pending: " + describe() + "; use all(key) for several");
        }
        return found.get(0);
    }

    /** All pending questions of this key, in the order in which they were asked. */
    default <Q, A> List<PendingInterrupt<Q, A>> all(InterruptKey<Q, A> key) {
        return pending().stream()
                .filter(p -> p.name().equals(key.name()))
                .<PendingInterrupt<Q, A>>map(p -> p.typed(key))
                .toList();
    }

    /** The pending questions in one line, for messages: ids, names and paths, and no values. */
    default String describe() {
        return PendingInterrupt.describe(pending());
    }
}
