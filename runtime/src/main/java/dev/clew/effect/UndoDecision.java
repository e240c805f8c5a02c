package dev.clew.effect;

/**
 * What a person says of an effect that could not be undone.
 *
 * <pre>{@code
 * workflow.invoke(Command.answers(question.answer(UndoDecision.again())), thread);
 * }</pre>
 */
public sealed interface UndoDecision {
    /**
     * It is tried again, as often as the task's {@code retry} says.
     *
     * <pre>{@code
     * UndoDecision repaired = new UndoDecision.Again();
     * }</pre>
     */
    record Again() implements UndoDecision {}

    /**
     * It is not undone by the run: it was undone elsewhere, or stays as it is.
     *
     * <pre>{@code
     * UndoDecision byPhone = new UndoDecision.Skip("cancelled by phone");
     * }</pre>
     *
     * @param reason recorded with the answer
     */
    record Skip(String reason) implements UndoDecision {}

    /** It is tried again. */
    static UndoDecision again() {
        return new Again();
    }

    /** It is not undone by the run, for this reason. */
    static UndoDecision skip(String reason) {
        return new Skip(reason);
    }
}
