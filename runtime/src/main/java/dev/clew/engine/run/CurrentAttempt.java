package dev.clew.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * Which attempts the current thread is at: the newest one, and through {@link Attempt#around} those whose code led to
 * it. It is the engine's one thread-local. It tells a caller of {@code workflow.invoke} inside a scope to use {@code
 * run.invoke} instead, and it says which permits a thread holds that is about to wait.
 */
public final class CurrentAttempt {
    private static final ThreadLocal<@Nullable Attempt> CURRENT = new ThreadLocal<>();

    private CurrentAttempt() {}

    public static @Nullable Attempt get() {
        return CURRENT.get();
    }

    /** The attempt whose code the current thread runs; null outside. */
    public static @Nullable Attempt inCode() {
        Attempt at = CURRENT.get();
        while (at != null && !at.isInCode()) {
            at = at.around();
        }
        return at;
    }

    /** The scope whose code the current thread runs; null in a leaf, and outside. */
    public static @Nullable ScopeAttempt scope() {
        Attempt at = inCode();
        return at == null ? null : at.scopeAttempt();
    }

    static void enter(Attempt attempt) {
        attempt.around(CURRENT.get());
        CURRENT.set(attempt);
    }

    static void leave(Attempt attempt) {
        Attempt around = attempt.around();
        if (around == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(around);
        }
    }
}
