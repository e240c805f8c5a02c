package dev.clew.interrupt;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Names a question and types it both ways. Immutable and thread-safe; keep it in a constant that the asking workflow
 * and the answering code share.
 *
 * <pre>{@code
 * static final InterruptKey<Draft, Verdict> REVIEW = InterruptKey.of("review", Draft.class, Verdict.class);
 * static final InterruptKey<String, Integer> AGE =
 *     InterruptKey.of("age", String.class, Integer.class).validate(a -> a > 0, "must be positive");
 * }</pre>
 *
 * @param <Q> the question's type
 * @param <A> the answer's type
 */
public final class InterruptKey<Q, A extends @Nullable Object> {
    private final String name;
    private final TypeRef<Q> question;
    private final TypeRef<A> answer;
    private final Predicate<? super A> validator;
    private final String requirement;

    private InterruptKey(
            String name, TypeRef<Q> question, TypeRef<A> answer, Predicate<? super A> validator, String requirement) {
        this.name = name;
        this.question = question;
        this.answer = answer;
        this.validator = validator;
        this.requirement = requirement;
    }

    public static <Q, A> InterruptKey<Q, A> of(String name, Class<Q> question, Class<A> answer) {
        return of(name, TypeRef.of(question), TypeRef.of(answer));
    }

    /**
     * For generic types: {@code new TypeRef<List<Draft>>() {}}. Null is an answer only if the answer's type says so:
     * {@code new TypeRef<@Nullable Draft>() {}}.
     */
    public static <Q, A> InterruptKey<Q, A> of(String name, TypeRef<Q> question, TypeRef<A> answer) {
        if (name.isBlank()) {
            throw new IllegalRequestException("an interrupt key needs a name");
        }
        return new InterruptKey<>(name, question, answer, any -> true, "");
    }

    /**
     * The same key with a check of the answer, made when the body takes it. An answer that fails it, or on which it throws,
     * is refused as {@link AnswerRefusedException.Reason#REJECTED}, and the question stays open.
     *
     * @param requirement what the answer must be, for the message: {@code "must be positive"}
     */
    public InterruptKey<Q, A> validate(Predicate<? super A> check, String requirement) {
        return new InterruptKey<>(name, question, answer, check, requirement);
    }

    public String name() {
        return name;
    }

    public TypeRef<Q> questionType() {
        return question;
    }

    public TypeRef<A> answerType() {
        return answer;
    }

    /** Whether the validator accepts this answer. */
    public boolean accepts(A value) {
        return validator.test(value);
    }

    /** What the validator demands, or empty text. */
    public String requirement() {
        return requirement;
    }

    @Override
    public String toString() {
        return "InterruptKey[" + name + ": " + question + " -> " + answer + "]";
    }
}
