package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new attempt runs again what caused the failure, and takes what was called while the failure was handled if it fits. */
@Timeout(20)
public abstract class NewAttemptSuite extends TaskSuite {
    private final AtomicBoolean broken = new AtomicBoolean(true);

    private Lab.Leaf shaky() {
        return s -> {
            if (broken.get()) {
                throw new IOException("broken " + s);
            }
            return s;
        };
    }

    private static Lab.Leaf stuckWhile(AtomicBoolean stuck) {
        return s -> {
            if (stuck.get()) {
                new CountDownLatch(1).await();
            }
            return s;
        };
    }

    private static String leaf(Lab.Calls calls, String name, String argument) {
        return calls.task(name, argument, s -> s).join();
    }

    /** Fails, is fixed, and goes on in a process that has seen nothing. */
    private String fixedAndProceeded(Lab lab) {
        failure(lab);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.FAILED);
        proceedFails(lab.restart());
        broken.set(false);
        return proceed(lab.restart());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void proceedsAfterACatchThatNotifiesAndThrowsAgain(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String made;
            try {
                made = calls.task("make", input, shaky()).join();
            } catch (TaskFailedException e) {
                leaf(calls, "notify", e.failure().message());
                throw e;
            }
            return made + leaf(calls, "last", "l");
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("inl");
        assertThat(lab.ran()).containsExactly("make", "notify", "make", "make", "last");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void proceedsAfterAFinallyBlockAndDoesNotCleanUpTwice(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return calls.task("make", input, shaky()).join() + leaf(calls, "more", "m");
            } finally {
                leaf(calls, "cleanup", "c");
            }
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("inm");
        assertThat(lab.ran()).containsExactly("make", "cleanup", "make", "make", "more");
        assertThat(lab.workflow().state(T).steps())
                .extracting(StepState::status)
                .containsOnly(StepState.Status.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void findsTheCauseInsideOtherExceptions(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return calls.task("make", input, shaky()).join();
            } catch (TaskFailedException e) {
                leaf(calls, "notify", "n");
                throw new IllegalStateException("wrapped", new IllegalArgumentException("twice", e));
            }
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("in");
        assertThat(lab.ran()).containsExactly("make", "notify", "make", "make");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void runsSuppressedFailuresAgainToo(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> a = calls.task("a", "a", shaky());
            TaskFuture<String> b = calls.task("b", "b", shaky());
            IllegalStateException both = new IllegalStateException("both");
            for (TaskFuture<String> each : List.of(a, b)) {
                Throwable failed = catchThrowable(each::join);
                if (failed != null) {
                    both.addSuppressed(failed);
                }
            }
            if (both.getSuppressed().length > 0) {
                leaf(calls, "report", "" + both.getSuppressed().length);
                throw both;
            }
            return a.join() + b.join();
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("ab");
        assertThat(lab.ran("report")).isEqualTo(1);
        assertThat(lab.ran("a")).isEqualTo(3);
        assertThat(lab.ran("b")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void runsTheCauseAgainInsideAScopeThatFailed(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return calls.scope("outer", input, (s, c, r) -> {
                            String kept = leaf(c, "kept", s);
                            try {
                                return kept
                                        + c.scope("inner", s, (i, cc, rr) -> {
                                                    try {
                                                        return cc.task("deep", i, shaky())
                                                                .join();
                                                    } finally {
                                                        leaf(cc, "cleanup", "c");
                                                    }
                                                })
                                                .join();
                            } catch (TaskFailedException e) {
                                leaf(c, "notify", "n");
                                throw new IllegalStateException(e);
                            }
                        })
                        .join();
            } finally {
                leaf(calls, "last", "l");
            }
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("inin");
        assertThat(lab.ran("deep")).isEqualTo(3);
        for (String once : List.of("kept", "cleanup", "notify", "last")) {
            assertThat(lab.ran(once)).as(once).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void keepsAFailureThatWasCaughtAndIsNotTheCause(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            boolean alone =
                    catchThrowable(() -> calls.task("caught", "c", shaky()).join()) != null;
            TaskFuture<String> first = calls.task("first", "f", shaky());
            TaskFuture<String> second = calls.task("second", "s", shaky());
            boolean together = catchThrowable(first::join) != null;
            return alone + " " + together + " " + second.join();
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("true true s");
        assertThat(lab.ran("caught")).isEqualTo(1);
        assertThat(lab.ran("first")).isEqualTo(1);
        assertThat(lab.ran("second")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void runsAnAdvisoryCallAnewIfItsArgumentsDiffer(Durability durability) throws Exception {
        AtomicInteger attempt = new AtomicInteger();
        Lab lab = lab(durability).body((input, calls, run) -> {
            int n = broken.get() ? attempt.incrementAndGet() : 0;
            try {
                return calls.task("make", input, shaky()).join() + leaf(calls, "note", "fine");
            } catch (TaskFailedException e) {
                calls.scope("note", "" + n, (s, c, r) -> leaf(c, "inner", s)).join();
                leaf(calls, "same", "s");
                throw e;
            }
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("infine");
        assertThat(lab.ran("inner")).isEqualTo(2);
        assertThat(lab.ran("same")).isEqualTo(1);
        assertThat(lab.ran("note")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void aCrashInTheNewAttemptChangesNothingOfWhatItTook(Durability durability) throws Exception {
        CountDownLatch here = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        Lab lab = lab(durability).body((input, calls, run) -> {
            String made;
            try {
                made = calls.task("make", input, shaky()).join();
            } catch (TaskFailedException e) {
                leaf(calls, "unrelated", "u");
                leaf(calls, "note", "n");
                throw e;
            }
            String note = leaf(calls, "note", "n") + leaf(calls, "next", "x");
            if (hangs.getAndSet(false)) {
                here.countDown();
                new CountDownLatch(1).await();
            }
            return made + note + pause(run);
        });

        failure(lab);
        broken.set(false);
        hangs.set(true);
        lab.workflow().invokeAsync(Command.proceed(), T);
        await(here);
        lab.crash();
        lab.workflow().invoke(Command.proceed(), T);

        assertThat(resume(lab)).isEqualTo("innxon");
        assertThat(lab.ran()).containsExactly("make", "unrelated", "note", "make", "next");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void questionsAndTimersOfTheHandlerArePutAgainOnlyIfTheyAreCalledAgain(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return calls.task("make", input, shaky()).join() + pause(run);
            } catch (TaskFailedException e) {
                run.sleep(Duration.ofMillis(1));
                calls.scope("asks", "a", (s, c, r) -> pause(r));
                run.timer(Duration.ofHours(3));
                throw e;
            }
        });

        failure(lab);
        proceedFails(lab.restart());
        broken.set(false);
        var paused = lab.restart().workflow().invoke(Command.proceed(), T);

        assertThat(paused(paused)).isTrue();
        assertThat(lab.workflow().state(T).pending()).hasSize(1);
        assertThat(lab.workflow().state(T).wakeAt()).isNull();
        assertThat(resume(lab)).isEqualTo("inon");
        assertThat(lab.workflow().state(T).steps())
                .extracting(StepState::status)
                .doesNotContain(StepState.Status.PENDING);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerThatTheHandlerTookIsNotAskedForAgain(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return calls.task("make", input, shaky()).join();
            } catch (TaskFailedException e) {
                leaf(calls, "told", pause(run));
                throw e;
            }
        });
        lab.workflow().invoke("in", T);
        quietly(() -> resume(lab));

        proceedFails(lab.restart());
        broken.set(false);

        assertThat(proceed(lab.restart())).isEqualTo("in");
        assertThat(lab.ran("told")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatAHandlerCancelledRunsAgain(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> other = calls.task("other", "o", stuckWhile(broken));
            try {
                return calls.task("make", input, shaky()).join() + other.join();
            } catch (TaskFailedException e) {
                other.cancel();
                throw e;
            }
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("ino");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aJoinWithALimitIsTriedAgainWithItsStep(Durability durability) throws Exception {
        AtomicBoolean stuck = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            String in = calls.task("make", input, shaky()).join(Duration.ofHours(1));
            TaskFuture<String> slow = calls.task("slow", "s", stuckWhile(stuck));
            try {
                return in + slow.join(Duration.ofMillis(20));
            } catch (TaskTimeoutException late) {
                leaf(calls, "note", "n");
                slow.cancel();
                throw late;
            }
        });

        failure(lab);
        broken.set(false);
        WorkflowFailedException late = proceedFails(lab.restart());
        stuck.set(false);
        String value = null;
        for (int i = 0; value == null && i < 100; i++) {
            // On a busy machine the limit may pass again.
            lab.restart();
            value = catchThrowable(() -> proceed(lab)) == null ? proceed(lab) : null;
        }

        assertThat(late.failure().is(TaskTimeoutException.class)).isTrue();
        assertThat(value).isEqualTo("ins");
        assertThat(lab.ran("note")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void failuresThatRacedAllRunAgain(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> a = calls.task("a", "a", shaky());
            TaskFuture<String> b = calls.task("b", "b", shaky());
            TaskFuture<String> first = TaskFuture.anyOf(a, b);
            try {
                first.join();
            } catch (TaskFailedException e) {
                leaf(calls, "notify", "n");
                throw e;
            }
            return TaskFuture.allOf(a, b).toString();
        });

        failure(lab);
        broken.set(false);
        String value = null;
        for (int i = 0; value == null && i < 2; i++) {
            // The loser may have failed after the race, and been seen by nobody.
            value = catchThrowable(() -> proceed(lab.restart())) == null ? proceed(lab) : null;
        }

        assertThat(value).isEqualTo("[a, b]");
        assertThat(lab.ran("notify")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void childrenAndPatchesAmongTheAdvisoryCallsAreTaken(Durability durability) throws Exception {
        TypeRef<String> text = TypeRef.of(String.class);
        AtomicInteger patched = new AtomicInteger();
        Lab lab = lab(durability);
        WorkflowSpec<String, String> child = WorkflowSpec.of("Lab.child", text, text)
                .body(call -> leaf(lab.calls(call.scope()), "inChild", call.arg(0)));
        lab.body((input, calls, run) -> {
            try {
                return calls.task("make", input, shaky()).join();
            } finally {
                calls.raw().child(child, "c").join();
                patched.addAndGet(run.patched("p") ? 1 : 0);
            }
        });

        assertThat(fixedAndProceeded(lab)).isEqualTo("in");
        assertThat(lab.ran("inChild")).isEqualTo(1);
        assertThat(patched).hasValue(3);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRetriedScopeAndARetriedEntrypointDoTheSame(Durability durability) throws Exception {
        Lab lab = lab(durability).body(w -> w.retry(attempts(3).build()), (input, calls, run) -> {
            boolean last = run.attempt() == 2;
            try {
                String made = calls.scope("scope", t -> t.retry(attempts(2).build()), input, (s, c, r) -> {
                            try {
                                return c.task("make", s, shaky()).join();
                            } finally {
                                leaf(c, "inner", "i");
                                broken.set(!last);
                            }
                        })
                        .join();
                return made + run.attempt();
            } finally {
                leaf(calls, "outer", "o");
            }
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("in2");
        assertThat(lab.ran("inner")).isEqualTo(1);
        assertThat(lab.ran("outer")).isEqualTo(1);
    }
}
