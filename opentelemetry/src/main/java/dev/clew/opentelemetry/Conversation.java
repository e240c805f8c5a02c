package dev.clew.opentelemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/** The thread whose code executes, in the context of that code. */
final class Conversation {
    private static final ContextKey<String> THREAD = ContextKey.named("clew-thread");

    private Conversation() {}

    static Context of(String thread, Context context) {
        return context.with(THREAD, thread);
    }

    static @Nullable String current() {
        return Context.current().get(THREAD);
    }
}
