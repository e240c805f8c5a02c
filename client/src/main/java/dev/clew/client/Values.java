package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type as they travel. What is no JSON object comes as the member {@code output} of one.
 *
 * @param isObject whether the type's values are JSON objects, which travel as they are
 */
record Values<O extends @Nullable Object>(Codec codec, TypeRef<O> type, boolean isObject) {
    private static final String OUTPUT = "output";

    static <O extends @Nullable Object> Values<O> of(Codec codec, TypeRef<O> type) {
        boolean isObject = codec.schema(type)
                .map(Doc::parse)
                .map(schema -> schema.has("properties")
                        || schema.has("oneOf")
                        || schema.has("$ref")
                        || schema.text("type").filter("object"::equals).isPresent())
                .orElse(true);
        return new Values<>(codec, type, isObject);
    }

    /**
     * Reads a value.
     *
     * @throws dev.clew.value.CodecException if it is of another type
     */
    @Nullable
    O read(Doc sent) {
        Doc inner = unwrapped(sent);
        boolean isNothing = inner.isNull()
                || !isObject && inner.isObject() && inner.members().isEmpty();
        return isNothing ? null : codec.decode(inner.json(), type);
    }

    /** The value of a thread; null for the empty object, which stands for none. */
    @Nullable
    O readState(Doc sent) {
        return sent.isObject() && sent.members().isEmpty() ? null : read(sent);
    }

    private Doc unwrapped(Doc sent) {
        return !isObject && sent.members().size() == 1 && sent.has(OUTPUT) ? sent.get(OUTPUT) : sent;
    }

    /** A value as plain data. */
    @Nullable
    Object write(@Nullable O value) {
        return plain(codec, value, type);
    }

    static @Nullable Object plain(Codec codec, @Nullable Object value, TypeRef<?> type) {
        return value == null ? null : Doc.parse(codec.encode(value, type)).value();
    }
}
