package dev.clew.effect;

import java.time.Instant;
import java.util.Optional;

/**
 * A step of a {@code ONCE} task that has begun and whose outcome is unknown: its effect may have happened, or not.
 *
 * <pre>{@code
 * for (UnsettledEffect effect : operator.unsettled("order-1")) {
 *     if (!bank.statement().contains(effect.effectId())) {
 *         operator.settle(effect, Resolution.failed("it is not on the statement"));
 *     }
 * }
 * }</pre>
 *
 * @param threadId its thread
 * @param runId its run, which need not be the thread's newest
 * @param step the path of the step in its run
 * @param effectId what the task's body was given as {@code TaskContext.effectId}, and may have told the outside world
 * @param begunAt when the newest attempt began, by the clock of the process that began it
 * @param attempts how many attempts began
 * @param question the id of the pending question for its outcome, if the run asks
 */
public record UnsettledEffect(
        String threadId,
        String runId,
        String step,
        String effectId,
        Instant begunAt,
        int attempts,
        Optional<String> question) {}
