package dev.clew.interrupt;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question that waits for its answer. Immutable and thread-safe. Extended by Clew alone.
 *
 * <p>Taken from a list of all that is pending it is untyped, and {@link #value()} is plain data (text, number, boolean,
 * list, map), live and after a restart. Taken by its key it is typed both ways.
 *
 * <p>Jackson, 2 and 3, writes it as an object with {@code id}, {@code name}, {@code path}, {@code answerType}, {@code
 * answerSchema}, {@code deadline}, {@code earlier} and {@code value}; so a web framework can return a thread's state or a run's result while a question waits.
 *
 * <pre>{@code
 * PendingInterrupt<Draft, Verdict> question = pause.only(EssayFlow.REVIEW);
 * write.invoke(question.answer(new Verdict(true, "")), thread);
 * }</pre>
 *
 * @param <Q> the question's type, as far as it is known
 * @param <A> the answer's type, as far as it is known
 */
public abstract class PendingInterrupt<Q, A extends @Nullable Object> {
    private final Question question;
    private final Codec codec;
    private final @Nullable InterruptKey<Q, A> key;

    /** A question as it was recorded. */
    protected PendingInterrupt(Question question, Codec codec) {
        this(question, codec, null);
    }

    private PendingInterrupt(Question question, Codec codec, @Nullable InterruptKey<Q, A> key) {
        this.question = question;
        this.codec = codec;
        this.key = key;
    }

    /** A question as it was recorded: its identity, its clear bytes, and what an answer must be. */
    protected record Question(
            String id,
            String name,
            String path,
            byte[] bytes,
            String answerType,
            @Nullable String answerSchema,
            @Nullable Instant deadline,
            List<EarlierAnswer> earlier) {
        public Question {
            earlier = List.copyOf(earlier);
        }

        @Override
        public String toString() {
            return "Question[" + id + " " + path + "]";
        }
    }

    /** This question's id: the same until it is answered, withdrawn or asked with another content. */
    @JsonProperty("id")
    public final String id() {
        return question.id();
    }

    /** The name of its key. */
    @JsonProperty("name")
    public final String name() {
        return question.name();
    }

    /** The path of the step that asks, from the run's root. */
    @JsonProperty("path")
    public final String path() {
        return question.path();
    }

    /** The name of the class that the asking code reads an answer as. */
    @JsonProperty("answerType")
    public final String answerType() {
        return question.answerType();
    }

    /**
     * The text of the JSON Schema that an answer must fit, as it was recorded with the question: for forms, and for
     * callers without the answer's class. It is the same live, after a restart, and for an {@code Operator}. An answer
     * that does not fit is refused with {@link AnswerRefusedException.Reason#WRONG_TYPE}, and nothing is stored.
     *
     * <p>Empty if the codec cannot describe the type, or if an older version of Clew asked the question; then only the
     * class of an answer is checked.
     *
     * <pre>{@code
     * String form = state.pending().get(0).answerSchema().orElseThrow();
     * }</pre>
     */
    public final Optional<String> answerSchema() {
        return Optional.ofNullable(question.answerSchema());
    }

    /**
     * The answers that were given before this question was asked anew, the oldest first; empty if it was not. So a person who
     * is asked again sees what was answered, and what is different now. It is the same live, after a restart, and for an
     * {@code Operator}.
     *
     * <pre>{@code
     * question.earlier().forEach(e -> form.hint("You answered " + e.answer() + ", but " + e.difference()));
     * }</pre>
     */
    @JsonProperty("earlier")
    public final List<EarlierAnswer> earlier() {
        return question.earlier();
    }

    /** When the run goes on without an answer. */
    public final Optional<Instant> deadline() {
        return Optional.ofNullable(question.deadline());
    }

    @JsonProperty("answerSchema")
    private @Nullable String answerSchemaOrNull() {
        return question.answerSchema();
    }

    /** Null rather than an {@code Optional}, which Jackson 2 needs a module for. */
    @JsonProperty("deadline")
    private @Nullable Instant deadlineOrNull() {
        return question.deadline();
    }

    /** The question: decoded where it was taken by its key, else plain data. */
    @JsonProperty("value")
    @SuppressWarnings({"unchecked", "NullAway"})
    public final Q value() {
        return key == null
                ? (Q) codec.decodePlain(question.bytes())
                : codec.decode(question.bytes(), key.questionType());
    }

    /** The command that answers this question. */
    public final Answer answer(A value) {
        return key == null
                ? new Answer(id(), value, Answer.typeOf(value))
                : new Answer(id(), value, key.answerType(), true);
    }

    /** The same question with its types. */
    <P, B> PendingInterrupt<P, B> typed(InterruptKey<P, B> as) {
        if (!as.name().equals(name())) {
            throw new IllegalRequestException("question " + id() + " is '" + name() + "', not '" + as.name() + "'");
        }
        return new Typed<>(question, codec, as);
    }

    private static final class Typed<Q, A extends @Nullable Object> extends PendingInterrupt<Q, A> {
        Typed(Question question, Codec codec, InterruptKey<Q, A> key) {
            super(question, codec, key);
        }
    }

    @Override
    public final String toString() {
        return "PendingInterrupt[" + id() + " '" + name() + "' at " + path() + "]";
    }

    static String describe(List<PendingInterrupt<?, ?>> pending) {
        if (pending.isEmpty()) {
            return "none";
        }
        return pending.stream()
                .map(p -> p.id() + " '" + p.name() + "' at " + p.path())
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }
}
