package dev.clew.engine.format;

import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.schema.Schema;
import dev.clew.interrupt.Answer;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks an answer against what its question was recorded to want, before it is stored. Names of classes count only for
 * questions that were recorded without a schema.
 *
 * <p>Code that changed since the question was asked may want more: then an answer that fits this code's type is one too.
 * When the body takes it, it judges again, because other code may resume the run.
 */
public final class AnswerCheck {
    private final Codec codec;
    private final boolean plain;
    private final Asked asked;
    private final Optional<Schema> recorded;
    private final Optional<TypeRef<?>> current;
    private String misfit = "";

    /**
     * A check of answers to one question.
     *
     * @param plain whether answers are plain data, from a caller without the question's classes
     * @param current the type of answer that the code in this process wants, if known
     */
    public AnswerCheck(Codec codec, boolean plain, Asked asked, Optional<TypeRef<?>> current) {
        this.codec = codec;
        this.plain = plain;
        this.asked = asked;
        this.recorded = Schema.parse(asked.answerSchema(), codec);
        this.current = current;
    }

    /** The answer's clear bytes if they fit; else empty, and {@link #misfit} says why. */
    public Optional<byte[]> fitting(Answer answer) {
        byte[] clear = codec.encode(answer.value(), plain ? TypeRef.of(Object.class) : answer.type());
        boolean fits = recorded.isPresent() ? fits(recorded.get(), clear) : isOfRecordedClass(answer.value());
        return fits || isWantedNow(answer, clear) ? Optional.of(clear) : narrowed(answer, clear);
    }

    /** Where the answer does not fit, and what is wanted there. */
    public String misfit() {
        return misfit;
    }

    private boolean fits(Schema schema, byte[] clear) {
        Optional<String> found = schema.misfit(codec.decodePlain(clear));
        if (misfit.isEmpty()) {
            misfit = found.orElse("");
        }
        return found.isEmpty();
    }

    private boolean isWantedNow(Answer answer, byte[] clear) {
        if (answer.keyed() && recorded.isPresent()) {
            Optional<Schema> keyed = Schema.of(answer.type(), codec);
            if (keyed.isPresent() && keyed.get().readsAllOf(recorded.get())) {
                return fits(keyed.get(), clear);
            }
        }
        return current.flatMap(type -> Schema.of(type, codec))
                .map(schema -> fits(schema, clear))
                .orElse(false);
    }

    /** An object of a subclass of the recorded class, as its superclass is written. */
    private Optional<byte[]> narrowed(Answer answer, byte[] clear) {
        Class<?> wanted = plain || answer.value() == null || recorded.isEmpty()
                ? null
                : supertypes(answer.value().getClass()).get(asked.answerType());
        if (wanted == null || wanted.isInterface() || wanted == answer.type().rawType()) {
            return Optional.empty();
        }
        try {
            byte[] narrow = codec.encode(codec.decode(clear, TypeRef.of(wanted)), TypeRef.of(wanted));
            return fits(recorded.get(), narrow) ? Optional.of(narrow) : Optional.empty();
        } catch (CodecException unreadable) {
            return Optional.empty();
        }
    }

    /** The value's class, or a supertype of it, has the recorded name; null was an answer to every question. */
    private boolean isOfRecordedClass(@Nullable Object value) {
        if (value == null) {
            return true;
        }
        boolean fits = plain
                ? PlainAnswer.fits(value, asked.answerType())
                : supertypes(value.getClass()).containsKey(asked.answerType());
        misfit = fits ? "" : "a " + value.getClass().getName() + " is none";
        return fits;
    }

    private static Map<String, Class<?>> supertypes(Class<?> type) {
        Map<String, Class<?>> found = new HashMap<>();
        collect(type, found);
        return found;
    }

    private static void collect(@Nullable Class<?> type, Map<String, Class<?>> found) {
        if (type != null && found.put(type.getName(), type) == null) {
            collect(type.getSuperclass(), found);
            for (Class<?> implemented : type.getInterfaces()) {
                collect(implemented, found);
            }
        }
    }
}
