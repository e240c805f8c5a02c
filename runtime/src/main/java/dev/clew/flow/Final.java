package dev.clew.flow;

import org.jspecify.annotations.Nullable;

/**
 * What an entrypoint returns when the value for the caller and the value saved for {@code @Previous} differ. Null is
 * legal for both.
 *
 * <pre>{@code
 * @Entrypoint
 * Final<Reply, History> chat(String message, @Previous Optional<History> history, ChatTasks tasks) {
 *   Reply reply = tasks.answer(message, history.orElse(History.EMPTY)).join();
 *   return Final.of(reply, history.orElse(History.EMPTY).plus(message, reply));
 * }
 * }</pre>
 *
 * @param value what the caller gets
 * @param saved what the thread's next run gets as {@code @Previous}
 */
public record Final<R extends @Nullable Object, S extends @Nullable Object>(R value, S saved) {
    public static <R extends @Nullable Object, S extends @Nullable Object> Final<R, S> of(R value, S saved) {
        return new Final<>(value, saved);
    }

    @Override
    public String toString() {
        return "Final";
    }
}
