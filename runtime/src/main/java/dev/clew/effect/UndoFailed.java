package dev.clew.effect;

import dev.clew.interrupt.InterruptKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person what to do about an effect that could not be undone: the method that undoes it has failed for good. The undo of
 * the run waits until it is answered with an {@link UndoDecision}; what began before is undone after that.
 *
 * <pre>{@code
 * for (var question : paused.all(UndoFailed.KEY)) {
 *     answers.add(question.answer(UndoDecision.skip("cancelled by phone")));
 * }
 * }</pre>
 *
 * @param step the path of the step in its run whose effect is to be undone
 * @param effectId what the task's body was given as {@code TaskContext.effectId}, and may have told the outside world
 * @param why how the newest attempt to undo it failed
 * @param arguments of the call; whoever reads the question gets them as plain data
 * @param attempts how many attempts to undo it have failed
 */
public record UndoFailed(String step, String effectId, String why, List<@Nullable Object> arguments, int attempts) {
    /** The question of all workflows that have tasks with {@code undo}. */
    public static final InterruptKey<UndoFailed, UndoDecision> KEY =
            InterruptKey.of("undo.failed", UndoFailed.class, UndoDecision.class);

    public UndoFailed {
        arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }
}
