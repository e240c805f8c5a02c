package dev.clew.testing;

import dev.clew.flow.RunResult;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadState;
import dev.clew.value.ClewException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended, and what its run had done by then, in all processes of the test. Immutable; look at it with {@link
 * ClewAssertions#assertThat(TestRun)}. A run that failed and that no test looks at fails the test.
 *
 * @param <O> the value's type
 */
public final class TestRun<O extends @Nullable Object> {
    private final @Nullable RunResult<O> result;
    private final @Nullable ClewException failure;
    private final ThreadState<O> state;
    private final String runId;
    private final List<LabEvent> events;
    private final List<String> log;
    private volatile boolean seen;

    TestRun(
            @Nullable RunResult<O> result,
            @Nullable ClewException failure,
            ThreadState<O> state,
            String runId,
            List<LabEvent> events,
            List<String> log) {
        this.result = result;
        this.failure = failure;
        this.state = state;
        this.runId = runId;
        this.events = events;
        this.log = log;
    }

    /** The result; where the request failed, its failure is thrown. */
    public RunResult<O> result() {
        seen = true;
        if (failure != null) {
            throw failure;
        }
        if (result == null) {
            throw new IllegalStateException("a run that did not fail has a result");
        }
        return result;
    }

    /** The value; where there is none, what went wrong, or what the run waits for, is thrown. */
    public O value() {
        return result().value();
    }

    /** What was thrown. */
    public Optional<ClewException> failure() {
        seen = true;
        return Optional.ofNullable(failure);
    }

    /** What the thread was doing. */
    public ThreadState<O> state() {
        return state;
    }

    public String runId() {
        return runId;
    }

    /** The one pending question of this key. */
    public <Q, A> PendingInterrupt<Q, A> only(InterruptKey<Q, A> key) {
        return state.only(key);
    }

    /** What the run had done, in order. */
    public List<LabEvent> events() {
        return events;
    }

    /** The run's log as people read it: a line for each entry. */
    public List<String> log() {
        return log;
    }

    /** How many attempts of this task executed. */
    public long executed(String task) {
        return count(LabEvent.Kind.STEP_STARTED, task);
    }

    /** How often an outcome of this task was taken from the log. */
    public long replayed(String task) {
        return count(LabEvent.Kind.STEP_REPLAYED, task);
    }

    /** How often a result of this task was taken from the cache. */
    public long cached(String task) {
        return count(LabEvent.Kind.STEP_CACHED, task);
    }

    private long count(LabEvent.Kind kind, String task) {
        return events.stream()
                .filter(event -> event.kind() == kind && event.step().equals(task))
                .count();
    }

    boolean wasSeen() {
        return seen || failure == null;
    }

    /** What it says of itself where an expectation is not met. */
    String describe() {
        if (failure != null) {
            return "failed: " + failure;
        }
        if (result instanceof RunResult.Interrupted<O> paused) {
            return "was interrupted by "
                    + paused.pending().stream()
                            .map(p -> "'" + p.name() + "' " + p.value())
                            .toList();
        }
        if (result instanceof RunResult.Undone<O>) {
            return "was undone";
        }
        return "completed with " + (result == null ? null : result.value());
    }

    @Override
    public String toString() {
        return "TestRun[run '" + runId + "' " + describe() + "]";
    }
}
