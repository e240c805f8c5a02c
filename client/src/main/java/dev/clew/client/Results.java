package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.client.wire.Outcome;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes as callers of workflows get them. */
record Results<O extends @Nullable Object>(String workflow, Values<O> values, List<InterruptKey<?, ?>> keys) {
    /**
     * What a run gave.
     *
     * @param breakpoint the nodes at which it pauses without a question
     * @throws WorkflowFailedException if it failed
     * @throws WorkflowCancelledException if it was cancelled
     */
    @SuppressWarnings("NullAway") // null is a value like any other
    RunResult<O> of(Target target, Outcome outcome, List<NodeRef> breakpoint) {
        return switch (outcome.status()) {
            case DONE ->
                breakpoint.isEmpty()
                        ? new RunResult.Completed<>(values.read(outcome.values()), target.threadId(), target.runId())
                        : new RunResult.Interrupted<>(List.of(), breakpoint, target.threadId(), target.runId());
            case PAUSED ->
                new RunResult.Interrupted<>(questions(outcome.questions()), target.threadId(), target.runId());
            case FAILED -> throw new WorkflowFailedException(where(target), failure(outcome), null);
            case CANCELLED -> throw new WorkflowCancelledException(where(target));
        };
    }

    private String where(Target target) {
        return "remote workflow '" + workflow + "', thread '" + target.threadId() + "', run '" + target.runId() + "',";
    }

    /** The class by its name alone: it need not be in this program, and is never loaded. */
    static Failure failure(Outcome outcome) {
        String message = outcome.message().isEmpty() ? null : outcome.message();
        return new Failure(List.of(outcome.error()), message, "", 1, null);
    }

    List<PendingInterrupt<?, ?>> questions(List<Doc> items) {
        return items.stream()
                .<PendingInterrupt<?, ?>>map(item -> RemoteQuestion.of(item, values.codec(), keys))
                .toList();
    }
}
