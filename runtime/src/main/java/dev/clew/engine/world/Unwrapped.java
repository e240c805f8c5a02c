package dev.clew.engine.world;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What a future failed with, without the exceptions that stages put around it. */
public final class Unwrapped {
    private Unwrapped() {}

    public static Throwable of(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** The same for what may have succeeded. */
    public static @Nullable Throwable ofNullable(@Nullable Throwable thrown) {
        return thrown == null ? null : of(thrown);
    }
}
