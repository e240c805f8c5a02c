package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * A thread's value for a reader, or why it cannot be read. One of both is null, or both if there is no value.
 */
public record Shown<O extends @Nullable Object>(
        @Nullable O value, @Nullable String unreadable) {

    public static <O extends @Nullable Object> Shown<O> of(
            Checkpoints checkpoints, String threadId, @Nullable CheckpointRecord base, TypeRef<O> type) {
        try {
            return new Shown<>(base == null ? null : checkpoints.output(threadId, base, type), null);
        } catch (CodecException why) {
            return new Shown<>(null, why.getMessage());
        }
    }
}
