package dev.clew.flow;

import dev.clew.state.ThreadSummary;
import java.util.List;
import java.util.Optional;

/**
 * What one sweep of {@code recover()} found. Immutable.
 *
 * <pre>{@code
 * Recovery recovery = graph.recover();
 * recovery.runs().forEach(run -> log.info("thread {} goes on", run.threadId()));
 * recovery.unknown().forEach(thread -> log.warn("no workflow '{}' here", thread.workflow()));
 * }</pre>
 *
 * @param runs the runs that go on now
 * @param unknown threads that could go on, but whose workflow this graph does not have; they were left alone
 */
public record Recovery(List<RecoveredRun> runs, List<ThreadSummary> unknown) {
    public Recovery {
        runs = List.copyOf(runs);
        unknown = List.copyOf(unknown);
    }

    /** The run of this thread. */
    public Optional<RecoveredRun> run(String threadId) {
        return runs.stream().filter(run -> run.threadId().equals(threadId)).findFirst();
    }
}
