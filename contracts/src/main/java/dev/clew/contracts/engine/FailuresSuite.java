package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures are outcomes: seen alike live and on replay, kept where code went on after them, dropped where it did not. */
@Timeout(20)
public abstract class FailuresSuite extends TaskSuite {
    /** Fails while the switch is on. */
    private static Lab.Leaf failing(AtomicBoolean broken, String why) {
        return s -> {
            if (broken.get()) {
                throw new IOException(why);
            }
            return s;
        };
    }

    @Tag("B058")
    @Tag("B062")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailureLooksTheSameLiveAndOnReplay(Durability durability) throws Exception {
        List<Failure> seen = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFailedException failed = catchThrowableOfType(
                    TaskFailedException.class,
                    () -> calls.task("bad", t -> t.retry(attempts(2).build()), input, s -> {
                                throw new FileNotFoundException("no \ud800 file") {
                                    @Override
                                    public synchronized Throwable getCause() {
                                        return new IllegalStateException("deep");
                                    }
                                };
                            })
                            .join());
            seen.add(failed.failure());
            return pause(run);
        });

        lab.workflow().invoke("in", T);
        resume(lab);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
        assertThat(seen.get(0).is(IOException.class)).isTrue();
        assertThat(seen.get(0).attempts()).isEqualTo(2);
        assertThat(seen.get(0).path()).isEqualTo("task:bad#1");
        assertThat(seen.get(0).cause().message()).isEqualTo("deep");
        assertThat(step(lab, "task:bad#1").failure()).isEqualTo(seen.get(0));
    }

    /** Its own code fails, as that of a class of which half was deployed. */
    private static final class Speechless extends IllegalStateException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new NoClassDefFoundError("message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new AssertionError("cause");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anExceptionThatCannotDescribeItselfFailsItsRunLikeAnyOther(Durability durability) throws Exception {
        AtomicBoolean inTask = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            if (inTask.get()) {
                return calls.task("bad", input, s -> {
                            throw new Speechless();
                        })
                        .join();
            }
            throw new Speechless();
        });

        assertThat(failure(lab).failure().is(Speechless.class)).isTrue();
        inTask.set(false);
        assertThat(failure(lab).failure().is(Speechless.class)).isTrue();
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.FAILED);
    }

    @Tag("B045")
    @Tag("B046")
    @Tag("B059")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCaughtFailureIsReplayedAfterAPause(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            boolean failed = catchThrowable(() ->
                            calls.task("shaky", input, failing(broken, "x")).join())
                    != null;
            return failed + pause(run);
        });

        lab.workflow().invoke("in", T);
        broken.set(false);

        assertThat(resume(lab)).isEqualTo("trueon");
        assertThat(lab.ran()).containsExactly("shaky");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void failuresThatWereCollectedAndThrownAllRunAgain(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> ok = calls.task("ok", "o", s -> s);
            TaskFuture<String> a = calls.task("a", "a", failing(broken, "a"));
            TaskFuture<String> b = calls.task("b", "b", failing(broken, "b"));
            Throwable first = catchThrowable(a::join);
            Throwable second = catchThrowable(b::join);
            if (first != null || second != null) {
                throw new IllegalStateException("both", first);
            }
            return ok.join() + a.join() + b.join();
        });

        assertThat(failure(lab)).hasCauseInstanceOf(IllegalStateException.class);
        broken.set(false);

        assertThat(proceed(lab)).isEqualTo("oab");
        assertThat(lab.ran()).containsExactlyInAnyOrder("ok", "a", "b", "a", "b");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailureWithAFallbackStaysWhenSomethingLaterFailed(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            String text;
            try {
                text = calls.task("main", "m", failing(broken, "down")).join();
            } catch (TaskFailedException e) {
                text = calls.task("fallback", "f", s -> s).join();
            }
            return text + calls.task("last", "l", failing(broken, "late")).join();
        });

        assertThat(failure(lab).failure().message()).isEqualTo("late");
        broken.set(false);

        assertThat(proceed(lab)).isEqualTo("fl");
        assertThat(lab.ran()).containsExactly("main", "fallback", "last", "last");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailureStaysThoughTheStepThatNotedItFirstFailedToo(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            boolean first = catchThrowable(
                            () -> calls.task("a", "a", failing(broken, "a")).join())
                    != null;
            TaskFuture<String> scope = calls.scope(
                    "b",
                    "b",
                    (s, c, r) -> c.task("deep", s, failing(broken, "b")).join());
            String kept = calls.task("c", "c", s -> s).join();
            return first + kept + scope.join();
        });

        assertThat(failure(lab).failure().message()).isEqualTo("b");
        broken.set(false);

        assertThat(proceed(lab.restart())).isEqualTo("truecb");
        assertThat(lab.ran("a")).isEqualTo(1);
        assertThat(lab.ran("c")).isEqualTo(1);
    }

    @Tag("B049")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aNestedScopeThatIsRetriedDropsOnlyItsTrailingFailure(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.scope(
                                "outer", t -> t.retry(attempts(3).build()), "x", (s, c, r) -> {
                                    String kept = c.task("kept", s, x -> x).join();
                                    boolean caught = catchThrowable(
                                                    () -> c.task("caught", s, failing(new AtomicBoolean(true), "c"))
                                                            .join())
                                            != null;
                                    String after = c.task("after", s, x -> x).join();
                                    String shaky = c.scope(
                                                    "inner",
                                                    s,
                                                    (i, cc, rr) -> cc.task("shaky", i, x -> {
                                                                if (broken.getAndSet(false)) {
                                                                    throw new IOException("once");
                                                                }
                                                                return x;
                                                            })
                                                            .join())
                                            .join();
                                    return kept + caught + after + shaky + r.attempt();
                                })
                        .join());

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("xtruexx2");
        assertThat(lab.ran("kept")).isEqualTo(1);
        assertThat(lab.ran("caught")).isEqualTo(1);
        assertThat(lab.ran("shaky")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCrashBetweenAFailureAndTheNextCallReplaysTheFailure(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        CountDownLatch observed = new CountDownLatch(1);
        Lab lab = lab(durability);
        lab.body((input, calls, run) -> {
            boolean failed = catchThrowable(
                            () -> calls.task("shaky", "s", failing(broken, "x")).join())
                    != null;
            if (observed.getCount() == 1) {
                observed.countDown();
                new CountDownLatch(1).await();
            }
            return failed + calls.task("next", "n", s -> s).join();
        });

        lab.workflow().invokeAsync("in", T);
        await(observed);
        broken.set(false);
        lab.crash();

        if (durability == Durability.EXIT) {
            assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("falsen");
        } else {
            assertThat(proceed(lab)).isEqualTo("truen");
            assertThat(lab.ran("shaky")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anExceptionThatCannotEvenTellItsMessageIsAnOutcome(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable seen = catchThrowable(() -> calls.task("bad", input, s -> {
                        throw new IllegalStateException() {
                            @Override
                            public String getMessage() {
                                throw new UnsupportedOperationException();
                            }
                        };
                    })
                    .join());
            return ((TaskFailedException) seen).failure().is(IllegalStateException.class) + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(lab.workflow().invoke(Command.resume("on"), T).value()).isEqualTo("trueon");
    }
}
