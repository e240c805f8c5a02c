package dev.clew.flow;

import dev.clew.value.ClewException;
import java.util.List;

/** Finds questions by their key. */
final class PendingInterrupts {
    private PendingInterrupts() {}

    static <Q, A> List<PendingInterrupt<Q, A>> all(List<PendingInterrupt<?, ?>> pending, InterruptKey<Q, A> key) {
        return pending.stream()
                .filter(p -> p.name().equals(key.name()))
                .<PendingInterrupt<Q, A>>map(p -> p.typed(key))
                .toList();
    }

    static <Q, A> PendingInterrupt<Q, A> only(List<PendingInterrupt<?, ?>> pending, InterruptKey<Q, A> key) {
        List<PendingInterrupt<Q, A>> found = all(pending, key);
        if (found.size() != 1) {
            throw new ClewException("expected exactly one pending question '" + key.name() + "', found " + found.size()
                    + "; pending: " + describe(pending) + "; use all(key) for several");
        }
        return found.get(0);
    }

    static String describe(List<PendingInterrupt<?, ?>> pending) {
        if (pending.isEmpty()) {
            return "none";
        }
        return pending.stream()
                .map(p -> p.id() + " '" + p.name() + "' at " + p.path())
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }
}
