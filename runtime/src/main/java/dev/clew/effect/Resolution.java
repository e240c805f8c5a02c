package dev.clew.effect;

import org.jspecify.annotations.Nullable;

/**
 * What a person says of a {@code ONCE} task whose outcome is unknown.
 *
 * <pre>{@code
 * workflow.invoke(Command.answers(List.of(question.answer(Resolution.succeeded(receipt)))), thread);
 * }</pre>
 *
 * @param <R> the task's result
 */
public sealed interface Resolution<R extends @Nullable Object> {
    /**
     * The effect happened, and this is what the task would have returned.
     *
     * <pre>{@code
     * Resolution<Receipt> booked = new Resolution.Succeeded<>(receipt);
     * }</pre>
     *
     * @param value is the task's result, now and in every replay
     */
    record Succeeded<R extends @Nullable Object>(R value) implements Resolution<R> {}

    /**
     * The effect did not happen and is not to happen: the task has failed with an {@link EffectFailedException}.
     *
     * <pre>{@code
     * Resolution<Receipt> declined = new Resolution.Failed<>("the customer has cancelled");
     * }</pre>
     *
     * @param reason its message
     */
    record Failed<R extends @Nullable Object>(String reason) implements Resolution<R> {}

    /**
     * The effect did not happen, and the task is executed again.
     *
     * <pre>{@code
     * Resolution<Receipt> again = new Resolution.RunAgain<>();
     * }</pre>
     */
    record RunAgain<R extends @Nullable Object>() implements Resolution<R> {}

    /** The effect happened, and the task returns this. */
    static <R extends @Nullable Object> Resolution<R> succeeded(R value) {
        return new Succeeded<>(value);
    }

    /** The effect did not happen and is not to happen. */
    static <R extends @Nullable Object> Resolution<R> failed(String reason) {
        return new Failed<>(reason);
    }

    /** The effect did not happen, and the task is executed again. */
    static <R extends @Nullable Object> Resolution<R> runAgain() {
        return new RunAgain<>();
    }
}
