package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.effect.Once;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing forgets, repeats, outruns or takes the place of an effect that must not happen twice.
 */
@Timeout(30)
public abstract class EffectCrossingSuite extends EffectFixture {
    // --- calls that change ---

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callThatTakesThePlaceOfAnEffectBlocksTheRun(boolean warns) throws Exception {
        Once<String> once = once(this::book);
        TaskSpec<String> pay = once.spec();
        Lab lab = changing(
                once, warns, (s, inner, r) -> inner.raw().call(pay, "120").join());

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN))
                .isInstanceOf(NonDeterminismException.class)
                .hasMessageContaining("task:order#1/task:pay#1")
                .hasMessageContaining("must not happen twice");
        assertThat(begun).hasSize(1);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.BLOCKED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void effectThatIsNotCalledAgainBlocksTheRun(boolean warns) throws Exception {
        Lab lab = changing(once(this::book), warns, (s, inner, r) -> "nothing to pay");

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN))
                .isInstanceOf(NonDeterminismException.class)
                .hasMessageContaining("returned without calling it");
        assertThat(begun).hasSize(1);
    }

    @Test
    void effectThatTheNextAttemptCallsAlikeIsTaken() throws Exception {
        Once<String> once = once(this::book);
        TaskSpec<String> pay = once.spec();
        Lab lab = changing(
                once, false, (s, inner, r) -> inner.raw().call(pay, "100").join());

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("receipt of 100");
        assertThat(begun).hasSize(1);
    }

    // --- branches ---

    @Test
    void forkThatWouldRepeatAnEffectIsRefusedUnlessItIsWanted() throws Exception {
        Once<String> once = once((amount, context) -> amount + " under " + context.effectId());
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> paying(once).run(input, calls, run) + run.interrupt("ok?"));
        lab.workflow().invoke("5", RUN);
        ForkPoint before = ForkPoint.before("task:pay#1");

        for (RunConfig config : List.of(T, T.runId("other"))) {
            assertThatThrownBy(() -> lab.workflow().fork(config, before))
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.REPEATED_EFFECT))
                    .hasMessageContaining("task:pay#1")
                    .hasMessageContaining("repeatEffects()");
            assertThatThrownBy(() -> lab.workflow().fork(config)).isInstanceOf(RequestRefusedException.class);
        }
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);

        RunConfig after = lab.workflow().fork(T, ForkPoint.after("task:pay#1"));
        lab.workflow().invoke(Command.proceed(), after);
        assertThat(begun).hasSize(1);

        RunConfig repeated = lab.workflow().fork(T.repeatEffects(), before);
        lab.workflow().invoke(Command.proceed(), repeated);
        assertThat(begun).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void copyKeepsTheEffectsIds() throws Exception {
        Once<String> once = once(this::book);
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> paying(once).run(input, calls, run) + run.interrupt("ok?"));
        lab.workflow().invoke("5", RUN);

        lab.graph().copyThread("t", "copy");
        RunResult<String> done = lab.workflow().invoke(Command.resume("."), RunConfig.thread("copy"));

        assertThat(done.value()).isEqualTo("receipt of 5!.");
        assertThat(begun).hasSize(1);
    }

    @Test
    void threadWithAnUnsettledEffectIsNotLeftBehind() throws Exception {
        Lab lab = asking();
        var question = question(lab.workflow().invoke("5", RUN));

        assertUnsettled(() -> lab.workflow().invoke("6", ABANDONING));
        assertUnsettled(() -> lab.graph().copyThread("t", "copy"));
        assertUnsettled(() -> lab.workflow().updateState(T, "by hand"));
        assertUnsettled(() -> lab.workflow().fork(T, ForkPoint.after("task:draw#1")));

        assertThat(lab.workflow()
                        .invoke(Command.answers(question.answer(Resolution.succeeded("found"))), T)
                        .value())
                .isEqualTo("found");
        assertThat(lab.workflow().invoke("6", T)).isInstanceOf(RunResult.Interrupted.class);
    }

    private static void assertUnsettled(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSETTLED_EFFECT))
                .hasMessageContaining("task:pay#1");
    }

    @Test
    void threadThatCrashedInAnEffectTakesNoOtherInput() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Once<String> once = reconciled(once((amount, context) -> {
            if (amount.equals("5!")) {
                reached.countDown();
                never.await();
            }
            return book(amount, context);
        }));
        Lab lab = dying(Durability.ASYNC, once, reached);

        assertUnsettled(() -> lab.workflow().invoke("6", T));
        assertThat(lab.workflow().cancel("t")).isTrue();

        assertThat(lab.workflow().invoke("6", T).value()).isEqualTo("receipt of 6!");
    }

    // --- races ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void outrunEffectRunsToItsEnd(Durability durability) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Once<String> once = once((amount, context) -> {
            goOn.await();
            return book(amount, context);
        });
        TaskSpec<String> pay = once.spec();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> paid = calls.raw().call(pay, input);
            TaskFuture<String> quick = calls.task("quick", input, s -> {
                Eventually.until(() -> !begun.isEmpty());
                return s;
            });
            String first = TaskFuture.anyOf(paid, quick).equals(quick) ? "quick" : "paid";
            goOn.countDown();
            return first;
        });

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("quick");

        assertThat(booked).hasSize(1);
    }

    @Test
    void effectThatIsCancelledAfterItBeganIsNot() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Once<String> once = once((amount, context) -> {
            goOn.await();
            return book(amount, context);
        });
        TaskSpec<String> pay = once.spec();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            TaskFuture<String> paid = calls.raw().call(pay, input);
            calls.task("wait", input, s -> {
                        Eventually.until(() -> !begun.isEmpty());
                        goOn.countDown();
                        return s;
                    })
                    .join();
            return paid.cancel() + " " + paid.join();
        });

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("false receipt of 5");
    }

    @Test
    void effectWhoseScopeFailsRunsToItsEnd() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Once<String> once = once((amount, context) -> {
            goOn.await();
            return book(amount, context);
        });
        TaskSpec<String> pay = once.spec();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            TaskFuture<String> paid = calls.raw().call(pay, input);
            TaskFuture<String> quick = calls.task("quick", input, s -> {
                Eventually.until(() -> !begun.isEmpty());
                return s;
            });
            TaskFuture.anyOf(paid, quick).join();
            goOn.countDown();
            throw new IllegalStateException("the body fails");
        });

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN)).hasMessageContaining("the body fails");

        assertThat(booked).hasSize(1);
    }

    // --- what a replay finds ---

    /** Fails for sure at first; then its outcome is unknown, with its process or without. */
    private Once<String> declinedThenUnknown(CountDownLatch reached, CountDownLatch goOn) {
        return once((amount, context) -> switch (context.attempt()) {
                    case 1 -> throw new Declined("no money yet");
                    case 2 -> {
                        reached.countDown();
                        goOn.await();
                        throw new IOException("no answer");
                    }
                    default -> book(amount, context);
                })
                .notDone(Declined.class);
    }

    @Test
    void attemptsAfterOneThatFailedForSureAreReplayedAsTheyWere() throws Exception {
        CountDownLatch goOn = new CountDownLatch(0);
        Lab lab = lab(Durability.SYNC).body(paying(declinedThenUnknown(new CountDownLatch(1), goOn)));
        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN)).hasMessageContaining("no money yet");

        var question = question(lab.workflow().invoke(Command.proceed(), T));
        assertThat(question.value().attempts()).isEqualTo(2);
        RunResult<String> paid =
                lab.restart().workflow().invoke(Command.answers(question.answer(Resolution.runAgain())), T);

        assertThat(paid.value()).isEqualTo("receipt of 5!");
        assertThat(begun).extracting(each -> each.substring(0, 1)).containsExactly("1", "2", "3");
    }

    @Test
    void soAreThoseWhoseProcessDied() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Lab lab = lab(Durability.SYNC).body(paying(declinedThenUnknown(reached, never)));
        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN)).hasMessageContaining("no money yet");
        lab.workflow().invokeAsync(Command.proceed(), T);
        reached.await();
        lab.crash();

        var question = question(recovered(lab));
        lab.restart();
        RunResult<String> paid = lab.workflow().invoke(Command.answers(question.answer(Resolution.runAgain())), T);

        assertThat(paid.value()).isEqualTo("receipt of 5!");
    }

    @Test
    void limitThatPassedIsNoFailureOfTheBody() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Once<String> once = once(spec -> spec.timeout(Duration.ofMillis(20)), (amount, context) -> {
                    never.await();
                    return "";
                })
                .notDone(RuntimeException.class);
        Lab lab = lab(Durability.SYNC).body(paying(once));

        assertThat(question(lab.workflow().invoke("5", RUN)).value().why()).contains("timeout");
    }

    @Test
    void deployThatAddsReconcileChangesNothingUnderWay() throws Exception {
        Pay unknown = (amount, context) -> {
            throw new IOException("no answer");
        };
        Lab lab = lab(Durability.SYNC).body(paying(once(unknown)));
        var question = question(lab.workflow().invoke("5", RUN));

        lab.body(paying(reconciled(once(unknown))));
        RunResult<String> settled =
                lab.workflow().invoke(Command.answers(question.answer(Resolution.succeeded("by hand"))), T);

        assertThat(settled.value()).isEqualTo("by hand");
        assertThat(asked).isZero();
    }

    @Test
    void settlingTimeSurvivesAProcessAndADeployThatChangesIt() throws Exception {
        SteppedWorld world = new SteppedWorld();
        Pay lost = (amount, context) -> {
            book(amount, context);
            throw new IOException("no answer");
        };
        SteppedWorld[] now = {world};
        Lab lab = lab(Durability.SYNC, world)
                .options(graph ->
                        LabGraph.lease(graph, SteppedWorld.LEASE).world(now[0]).parkAfter(Duration.ofMillis(1)));
        Pay never = (amount, context) -> {
            throw new IOException("no answer to attempt " + context.attempt());
        };
        lab.body(paying(reconciled(once(never)).settle(Duration.ofHours(1))));
        lab.workflow().invokeAsync("5", RUN);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
        assertThat(asked).isEqualTo(1);

        now[0] = new SteppedWorld(world.clock());
        lab.body(paying(reconciled(once(lost)).settle(Duration.ofHours(2))));
        lab.graph().recover();
        var result = lab.workflow().invokeAsync("5", RUN);
        Eventually.until(() -> {
            now[0].advance(Duration.ofMinutes(61));
            return result.isDone();
        });

        assertThat(result.join().value()).isEqualTo("receipt of 5!");
        assertThat(booked).hasSize(1);
    }

    // --- scopes that end before their effects ---

    @Test
    void scopeThatFailsWaitsForThePersonWhoIsAskedInIt() throws Exception {
        Once<String> once = once((amount, context) -> {
            throw new IOException("no answer");
        });
        TaskSpec<String> pay = once.spec();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            try {
                return calls.scope("order", input, (s, inner, r) -> {
                            inner.raw().call(pay, s);
                            return inner.task("reserve", s, text -> {
                                        throw new IOException("nothing is left");
                                    })
                                    .join();
                        })
                        .join();
            } catch (TaskFailedException failed) {
                return "handled";
            }
        });

        var question = question(lab.workflow().invoke("5", RUN));
        RunResult<String> done = lab.restart()
                .workflow()
                .invoke(Command.answers(question.answer(Resolution.failed("it was not booked"))), T);

        assertThat(done.value()).isEqualTo("handled");
    }

    @Test
    void limitOfAScopeWaitsForTheEffectInIt() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Once<String> once = once((amount, context) -> {
            goOn.await();
            return book(amount, context);
        });
        TaskSpec<String> pay = once.spec();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            try {
                return calls.scope("order", spec -> spec.timeout(Duration.ofMillis(30)), input, (s, inner, r) -> {
                            TaskFuture<String> paid = inner.raw().call(pay, s);
                            Eventually.until(() -> !begun.isEmpty());
                            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
                            goOn.countDown();
                            Eventually.until(() -> !booked.isEmpty());
                            new CountDownLatch(1).await();
                            return paid.join();
                        })
                        .join();
            } catch (TaskFailedException late) {
                assertThat(late.failure().is(TaskTimeoutException.class)).isTrue();
                return "late, and " + booked.size() + " booked";
            }
        });

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("late, and 1 booked");
    }

    @Test
    void anotherEffectDoesNotBeginInThePlaceOfOne() throws Exception {
        Once<String> once = once(this::book);
        TaskSpec<String> cheque = Once.of(
                        TaskSpec.of("cheque", TEXT).parameter("amount", TEXT).leaf(call -> {
                            begun.add("cheque");
                            return "";
                        }),
                        InterruptKey.of(
                                "cheque.outcome",
                                TypeRef.of(UnknownOutcome.class),
                                new TypeRef<Resolution<String>>() {}))
                .spec();
        Lab lab = changing(
                once, false, (s, inner, r) -> inner.raw().call(cheque, "120").join());

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN)).isInstanceOf(NonDeterminismException.class);
        assertThat(begun).doesNotContain("cheque");
    }
}
