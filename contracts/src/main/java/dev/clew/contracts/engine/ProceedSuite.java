package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failed run goes on where it failed: what succeeded is kept, what failed runs again. */
@Timeout(20)
public abstract class ProceedSuite extends TaskSuite {
    private static Lab.Leaf failing(AtomicBoolean broken, String why) {
        return s -> {
            if (broken.get()) {
                throw new IOException(why);
            }
            return s;
        };
    }

    @Tag("B061")
    @Tag("B063")
    @Tag("B064")
    @Tag("B074")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void proceedRepeatsTheFailedTaskAndNoOther(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("good", "g", s -> s).join()
                        + calls.task("bad", "b", failing(broken, "bad")).join());

        WorkflowFailedException live = failure(lab);
        var failed = lab.workflow().state(T);
        WorkflowFailedException stored = proceedFails(lab.restart());
        broken.set(false);

        assertThat(live.getCause()).isInstanceOf(IOException.class).hasMessage("bad");
        assertThat(failed.status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(failed.value()).isNull();
        assertThat(failed.failure()).isEqualTo(live.failure());
        assertThat(failed.step("task:bad#1").orElseThrow().status()).isEqualTo(StepState.Status.FAILED);
        // Another thread may have run the second attempt, which the stack trace shows.
        assertThat(stored.failure().withoutStackTrace())
                .isEqualTo(live.failure().withoutStackTrace());
        assertThat(proceed(lab)).isEqualTo("gb");
        assertThat(lab.ran()).containsExactly("good", "bad", "bad", "bad");
    }

    @Tag("B065")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aNewInputOnAFailedThreadStartsAFreshRun(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("a", input, s -> s).join()
                        + calls.task("b", input, failing(broken, "bad")).join());

        failure(lab);
        broken.set(false);

        assertThat(lab.workflow().invoke("new", T).value()).isEqualTo("newnew");
        assertThat(lab.ran("a")).isEqualTo(2);
    }

    @Tag("B067")
    @Tag("B068")
    @Tag("B069")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void siblingsOfAThrowingBodyRunToTheirEndAndTheirFailuresAreSuppressed(Durability durability) throws Exception {
        CountDownLatch thrown = new CountDownLatch(1);
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", "s", s -> {
                await(thrown);
                return s;
            });
            TaskFuture<String> bad = calls.task("bad", "b", s -> {
                await(thrown);
                return failing(broken, "second").run(s);
            });
            try {
                if (broken.get()) {
                    throw new IllegalArgumentException("first");
                }
            } finally {
                thrown.countDown();
            }
            return slow.join() + bad.join();
        });

        Throwable cause = failure(lab).getCause();
        broken.set(false);

        assertThat(cause).hasMessage("first");
        assertThat(cause.getSuppressed()).singleElement().isInstanceOf(TaskFailedException.class);
        assertThat(proceed(lab)).isEqualTo("sb");
        assertThat(lab.ran("slow")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailedRunGivenAgainByItsIdTellsWhatWasRecorded(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("bad", input, failing(new AtomicBoolean(true), "gone"))
                        .join());

        Failure live = catchThrowableOfType(
                        WorkflowFailedException.class, () -> lab.workflow().invoke("in", T.runId("r")))
                .failure();
        WorkflowFailedException again = catchThrowableOfType(
                WorkflowFailedException.class, () -> lab.restart().workflow().invoke("in", T.runId("r")));

        assertThat(again.failure()).isEqualTo(live);
        assertThat(again.getCause()).isNull();
        assertThat(lab.ran("bad")).isEqualTo(1);
    }
}
