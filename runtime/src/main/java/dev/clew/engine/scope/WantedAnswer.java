package dev.clew.engine.scope;

import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.schema.Schema;
import dev.clew.interrupt.InterruptKey;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the code that asks a question wants as its answer, compared with what was recorded. Schemas are compared where
 * both are known, so a type may be renamed, moved or widened; else the names of the classes are.
 *
 * @param className the name of the answer's class; answers are objects, so a primitive's is that of its box
 * @param schema empty if the codec cannot describe the type
 */
record WantedAnswer(String className, Optional<Schema> schema, Codec codec) {
    static WantedAnswer of(InterruptKey<?, ?> key, Codec codec) {
        TypeRef<?> type = key.answerType();
        String name = MethodType.methodType(type.rawType()).wrap().returnType().getName();
        return new WantedAnswer(name, Schema.of(type, codec), codec);
    }

    @Nullable
    String schemaText() {
        return schema.map(Schema::text).orElse(null);
    }

    /** Whether the question can stay as it was recorded: the code takes every answer that fits it. */
    boolean isWhatWasAsked(@Nullable Asked recorded) {
        if (recorded == null) {
            return false;
        }
        Optional<Schema> before = Schema.parse(recorded.answerSchema(), codec);
        return schema.isPresent() && before.isPresent()
                ? schema.get().takesAllOf(before.get())
                : recorded.answerType().equals(className);
    }

    /**
     * Whether an answer that was stored for the question is one for this code: it fits, or it lacks only members that
     * were added since it was given. Decoding would fill in what is missing and drop what is unknown without a word.
     */
    boolean takes(Asked recorded, byte[] clear) {
        Optional<Schema> before = Schema.parse(recorded.answerSchema(), codec);
        if (schema.isEmpty() || before.isEmpty()) {
            return true;
        }
        Object plain;
        try {
            plain = codec.decodePlain(clear);
        } catch (CodecException unreadable) {
            return true; // the decoder says so, with the path
        }
        return schema.get().misfit(plain).isEmpty()
                || before.get().misfit(plain).isEmpty() && schema.get().readsAllOf(before.get());
    }
}
