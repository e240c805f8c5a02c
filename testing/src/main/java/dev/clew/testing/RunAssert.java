package dev.clew.testing;

import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.value.ClewException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/**
 * What a test expects of a run.
 *
 * <pre>{@code
 * assertThat(write.invoke("rain"))
 *     .isInterruptedBy(REVIEW, new Draft("It rains."))
 *     .executed("compose", 3)
 *     .replayed("compose", 0);
 * }</pre>
 *
 * @param <O> the value's type
 */
public final class RunAssert<O extends @Nullable Object> extends AbstractAssert<RunAssert<O>, TestRun<O>> {
    RunAssert(TestRun<O> actual) {
        super(actual, RunAssert.class);
    }

    private AssertionError unexpected(String expectation) {
        AssertionError error =
                failure("%nExpecting the run%s to have %s,%nbut it %s", where(), expectation, actual.describe());
        ClewException thrown = actual.failure().orElse(null);
        if (thrown != null) {
            error.initCause(thrown);
        }
        return error;
    }

    private String where() {
        return " '" + actual.runId() + "' of thread '" + actual.state().threadId() + "'";
    }

    /** It has a value. */
    public RunAssert<O> isCompleted() {
        isNotNull();
        if (actual.failure().isPresent() || !(actual.result() instanceof RunResult.Completed<O>)) {
            throw unexpected("completed");
        }
        return this;
    }

    /** It has this value. */
    public RunAssert<O> isCompletedWith(O value) {
        isCompleted();
        if (!Objects.deepEquals(actual.value(), value)) {
            throw unexpected("completed with " + value);
        }
        return this;
    }

    /** What it had done was undone. */
    public RunAssert<O> isUndone() {
        isNotNull();
        if (actual.failure().isPresent() || !(actual.result() instanceof RunResult.Undone<O>)) {
            throw unexpected("been undone");
        }
        return this;
    }

    /** It waits for answers. */
    public RunAssert<O> isInterrupted() {
        isNotNull();
        if (actual.failure().isPresent() || !(actual.result() instanceof RunResult.Interrupted<O>)) {
            throw unexpected("been interrupted");
        }
        return this;
    }

    /** It waits for answers to the questions of these keys, and to no other; a key may come several times. */
    public RunAssert<O> isInterruptedBy(InterruptKey<?, ?>... keys) {
        isInterrupted();
        List<String> expected =
                Arrays.stream(keys).map(InterruptKey::name).sorted().toList();
        List<String> pending = actual.state().pending().stream()
                .map(PendingInterrupt::name)
                .sorted()
                .toList();
        if (!pending.equals(expected)) {
            throw unexpected("been interrupted by " + expected);
        }
        return this;
    }

    /** It waits for an answer to this question alone. */
    public <Q> RunAssert<O> isInterruptedBy(InterruptKey<Q, ?> key, Q question) {
        isInterruptedBy(key);
        Q asked = actual.state().only(key).value();
        if (!Objects.deepEquals(asked, question)) {
            throw unexpected("been interrupted by '" + key.name() + "' " + question);
        }
        return this;
    }

    /** It failed. */
    public RunAssert<O> hasFailed() {
        isNotNull();
        if (actual.failure().isEmpty()) {
            throw unexpected("failed");
        }
        return this;
    }

    /** It failed, because of an exception of this class that was thrown, or recorded, of a task or the body. */
    public RunAssert<O> hasFailedWith(Class<? extends Throwable> type) {
        hasFailed();
        ClewException thrown = actual.failure().orElseThrow();
        boolean recorded = thrown instanceof WorkflowFailedException failed && is(failed.failure(), type);
        if (!type.isInstance(thrown) && !recorded) {
            throw unexpected("failed with " + type.getName());
        }
        return this;
    }

    private static boolean is(@Nullable Failure failure, Class<? extends Throwable> type) {
        return failure != null && failure.is(type);
    }

    /** It failed, because of such an exception with a message that says this. */
    public RunAssert<O> hasFailedWith(Class<? extends Throwable> type, String partOfMessage) {
        hasFailedWith(type);
        if (!String.valueOf(actual.failure().orElseThrow().getMessage()).contains(partOfMessage)) {
            throw unexpected("failed with " + type.getName() + " that says '" + partOfMessage + "'");
        }
        return this;
    }

    /** Its thread had this status. */
    public RunAssert<O> hasStatus(ThreadStatus status) {
        isNotNull();
        if (actual.state().status() != status) {
            throw unexpected("the status " + status + ", not " + actual.state().status());
        }
        return this;
    }

    /** So many attempts of this task executed, in all processes of the test. */
    public RunAssert<O> executed(String task, int times) {
        return counted("executed", task, times, actual.executed(task));
    }

    /** An outcome of this task was taken from the log so often. */
    public RunAssert<O> replayed(String task, int times) {
        return counted("replayed", task, times, actual.replayed(task));
    }

    /** A result of this task was taken from the cache so often. */
    public RunAssert<O> cached(String task, int times) {
        return counted("taken from the cache", task, times, actual.cached(task));
    }

    private RunAssert<O> counted(String what, String task, int expected, long found) {
        isNotNull();
        if (found != expected) {
            throw failure(
                    "%nExpecting task '%s' of the run%s to be %s %s times, but it was %s times.%nWhat the run did:%n  %s",
                    task,
                    where(),
                    what,
                    expected,
                    found,
                    String.join(
                            "\n  ",
                            actual.events().stream().map(LabEvent::toString).toList()));
        }
        return this;
    }

    /** The run's log, a line for each entry, as {@code task:compose#1 succeeded}. */
    public ListAssert<String> log() {
        isNotNull();
        return Assertions.assertThat(actual.log());
    }
}
