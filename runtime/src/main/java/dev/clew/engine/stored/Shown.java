package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.value.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * A thread's value for a reader, or why it cannot be read. One of both is null, or both if there is no value.
 */
public record Shown<O extends @Nullable Object>(
        @Nullable O value, @Nullable String unreadable) {

    public static <O extends @Nullable Object> Shown<O> of(SavedValues<O> values, @Nullable CheckpointRecord base) {
        try {
            return new Shown<>(base == null ? null : values.output(base), null);
        } catch (CodecException why) {
            return new Shown<>(null, why.getMessage());
        }
    }
}
