package dev.clew.state;

import dev.clew.task.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, without values: its steps as a tree, their attempts, and why steps ran again. For people who look at a run and
 * do not have its classes. Immutable.
 *
 * <pre>{@code
 * for (TracedStep step : operator.trace("essay-1", runId).orElseThrow().steps()) {
 *   System.out.println(step.state().path() + " " + step.tries().size() + " attempts, again: " + step.reruns());
 * }
 * }</pre>
 *
 * @param threadId whose run it is
 * @param runId which run it is
 * @param number which of the thread's runs it is, counted from 1
 * @param status what the run is doing; one that the thread left behind unfinished is {@code CANCELLED}
 * @param openedBy the checkpoint that opened it
 * @param completedBy the checkpoint of its result; null if it has not completed
 * @param startedAt when it was opened
 * @param entries how many entries its log has
 * @param recoveries when other processes took it over, because its process had died
 * @param failure why it failed; null if it did not
 * @param blockedBy why it is blocked; null if it is not
 * @param steps scopes before what they called, calls in their order
 */
public record RunTrace(
        String threadId,
        String runId,
        int number,
        ThreadStatus status,
        String openedBy,
        @Nullable String completedBy,
        Instant startedAt,
        long entries,
        List<Instant> recoveries,
        @Nullable Failure failure,
        @Nullable String blockedBy,
        List<TracedStep> steps) {
    public RunTrace {
        recoveries = List.copyOf(recoveries);
        steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
        return "RunTrace[thread '" + threadId + "', run '" + runId + "', " + status + ", " + steps.size() + " steps]";
    }
}
