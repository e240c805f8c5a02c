package dev.clew.engine.format;

import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import org.jspecify.annotations.Nullable;

/** Encodes what a thread will be read by: a value that is written but cannot be read would make the thread unreadable. */
public final class ReadBack {
    private ReadBack() {}

    /**
     * The clear bytes of a value, which were read once.
     *
     * @throws dev.clew.value.CodecException if the value cannot be written, or cannot be read back
     */
    public static byte[] encode(Codec codec, @Nullable Object value, TypeRef<?> type) {
        byte[] clear = codec.encode(value, type);
        codec.decode(clear, type);
        return clear;
    }
}
