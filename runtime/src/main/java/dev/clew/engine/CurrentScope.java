package dev.clew.engine;

import org.jspecify.annotations.Nullable;

/**
 * Which scope's code runs on the current thread: the engine's one thread-local, there to tell a caller of {@code
 * workflow.invoke} inside a scope to use {@code run.invoke} instead.
 */
final class CurrentScope {
    private static final ThreadLocal<@Nullable Frame> CURRENT = new ThreadLocal<>();

    private CurrentScope() {}

    static @Nullable Frame get() {
        return CURRENT.get();
    }

    static @Nullable Frame enter(@Nullable Frame frame) {
        Frame before = CURRENT.get();
        leave(frame);
        return before;
    }

    static void leave(@Nullable Frame before) {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }
}
