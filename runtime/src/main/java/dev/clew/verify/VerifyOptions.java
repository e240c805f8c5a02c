package dev.clew.verify;

import dev.clew.state.ThreadStatus;
import dev.clew.value.IllegalRequestException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which threads are verified. Immutable.
 *
 * <pre>{@code
 * VerifyReport before = graph.verify(VerifyOptions.all().workflow("OrderFlow.order").sample(1_000));
 * // … the switch
 * VerifyReport after = graph.verify(VerifyOptions.since(before));
 * }</pre>
 *
 * @param workflows the names of workflows; empty for all
 * @param statuses what a thread is doing; empty for all that are not over
 * @param most how many threads are verified at most; 0 for all
 * @param since only those that have changed since then; null for all
 */
public record VerifyOptions(
        Set<String> workflows,
        Set<ThreadStatus> statuses,
        int most,
        @Nullable Instant since) {
    /** The statuses of threads whose run is not over. */
    public static final Set<ThreadStatus> UNFINISHED = Set.of(
            ThreadStatus.RUNNING,
            ThreadStatus.UNDOING,
            ThreadStatus.CRASHED,
            ThreadStatus.INTERRUPTED,
            ThreadStatus.ANSWERED,
            ThreadStatus.SLEEPING,
            ThreadStatus.BLOCKED,
            ThreadStatus.STUCK);

    public VerifyOptions {
        workflows = Set.copyOf(workflows);
        statuses = Set.copyOf(statuses);
        if (most < 0) {
            throw new IllegalRequestException("a sample must have at least 1 thread, not " + most);
        }
    }

    /** All threads whose run is not over. */
    public static VerifyOptions all() {
        return new VerifyOptions(Set.of(), Set.of(), 0, null);
    }

    /** What has changed since a report was made: the threads that the old code has begun or continued since, or executes. */
    public static VerifyOptions since(VerifyReport report) {
        return new VerifyOptions(Set.of(), Set.of(), 0, report.at());
    }

    /** Only threads of these workflows. */
    public VerifyOptions workflow(String... names) {
        return new VerifyOptions(Set.of(names), statuses, most, since);
    }

    /** Only threads that do this. */
    public VerifyOptions status(ThreadStatus... wanted) {
        return new VerifyOptions(workflows, Set.of(wanted), most, since);
    }

    /** At most so many threads, by their ids. */
    public VerifyOptions sample(int threads) {
        if (threads < 1) {
            throw new IllegalRequestException("a sample must have at least 1 thread, not " + threads);
        }
        return new VerifyOptions(workflows, statuses, threads, since);
    }
}
