package dev.clew.interrupt;

import dev.clew.value.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * An answer for one question, and the command that gives it.
 *
 * <pre>{@code
 * write.invoke(question.answer(verdict), thread);
 * write.invoke(Command.answers(first.answer(a), second.answer(b)), thread);
 * }</pre>
 *
 * @param id the question's id
 * @param value the answer; null is an answer like any other
 * @param type what the answer is encoded as
 * @param keyed whether {@code type} is what the question's key wants, and not only the class of the value
 */
public record Answer(String id, @Nullable Object value, TypeRef<?> type, boolean keyed) implements Command {
    /** An answer whose type is the class of its value. */
    public Answer(String id, @Nullable Object value, TypeRef<?> type) {
        this(id, value, type, false);
    }

    static TypeRef<?> typeOf(@Nullable Object value) {
        return value == null ? TypeRef.of(Void.class) : TypeRef.of(value.getClass());
    }

    @Override
    public String toString() {
        return "Answer[" + id + "]";
    }
}
