package dev.clew.effect;

import dev.clew.value.ClewException;

/**
 * A person has said that the effect of a {@code ONCE} task did not happen and is not to happen. It is the recorded failure of the
 * task's step.
 *
 * <pre>{@code
 * try {
 *     receipt = tasks.pay(invoice).join();
 * } catch (TaskFailedException failed) {
 *     if (failed.failure().is(EffectFailedException.class)) { … }
 * }
 * }</pre>
 */
public final class EffectFailedException extends ClewException {
    private static final long serialVersionUID = 1L;

    EffectFailedException(String reason) {
        super(reason);
    }
}
