package dev.clew.effect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person what became of a {@code ONCE} task: it began, and its effect may have happened, or not. The run waits until it
 * is answered with a {@link Resolution}.
 *
 * <pre>{@code
 * for (var question : paused.all(PaymentsTasks.PAY_OUTCOME)) {
 *     UnknownOutcome what = question.value();
 *     boolean booked = bank.statementOf(customer).contains(what.effectId());
 *     answers.add(question.answer(booked ? Resolution.succeeded(receipt) : Resolution.runAgain()));
 * }
 * }</pre>
 *
 * @param step the path of the step in its run
 * @param effectId what the task's body was given as {@code TaskContext.effectId}, and may have told the outside world
 * @param why what is known: a failure, a timeout, a process that ended
 * @param arguments of the call; whoever reads the question gets them as plain data
 * @param begunAt when the newest attempt began, by the clock of the process that began it
 * @param attempts how many attempts began
 */
public record UnknownOutcome(
        String step, String effectId, String why, List<@Nullable Object> arguments, Instant begunAt, int attempts) {
    public UnknownOutcome {
        arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }
}
