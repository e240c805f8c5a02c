package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.effect.EffectFailedException;
import dev.clew.effect.Once;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of a {@code ONCE} task: its body begins again only after an empty {@code reconcile} past {@code settle}, or a
 * person's word.
 */
@Timeout(30)
public abstract class EffectSuite extends EffectFixture {
    // --- without a failure ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isExecutedOnceAndAnsweredFromTheLogAfterwards(Durability durability) throws Exception {
        Once<String> once = once(this::book);
        Lab lab =
                lab(durability).body((input, calls, run) -> paying(once).run(input, calls, run) + run.interrupt("ok?"));

        lab.workflow().invoke("5", RUN);
        RunResult<String> resumed = lab.restart().workflow().invoke(Command.resume("."), T);

        assertThat(resumed.value()).isEqualTo("receipt of 5!.");
        assertThat(begun).containsExactly("1 " + effectId("r"));
        assertThat(booked).containsOnlyKeys(effectId("r"));
    }

    @Test
    void needsNoCheckpointer() {
        Once<String> once = once(this::book);
        Lab lab = opened(new Lab(null, Durability.SYNC)).body(paying(once));

        assertThat(lab.workflow().invoke("5", RunConfig.none()).value()).isEqualTo("receipt of 5!");
        assertThat(begun).hasSize(1);
    }

    @Test
    void withoutACheckpointerAnUnknownOutcomeIsThrown() {
        Once<String> once = once((amount, context) -> {
            throw new IOException("no answer");
        });
        Lab lab = opened(new Lab(null, Durability.SYNC)).body(paying(once));

        assertThatThrownBy(() -> lab.workflow().invoke("5", RunConfig.none()))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("no answer");
    }

    // --- a process that dies ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatWasBookedBeforeTheProcessDiedIsFound(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Once<String> once = reconciled(once((amount, context) -> {
            String receipt = book(amount, context);
            reached.countDown();
            never.await();
            return receipt;
        }));
        Lab lab = dying(durability, once, reached);

        assertThat(recovered(lab).value()).isEqualTo("receipt of 5!");

        assertThat(begun).containsExactly("1 " + effectId("r"));
        assertThat(lab.ran("draw")).as("what led to it is durable").isEqualTo(1);
        assertThat(asked).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatWasNotBookedIsExecutedAgainUnderTheSameEffectId(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        Once<String> once = reconciled(once((amount, context) -> {
            if (context.attempt() == 1) {
                reached.countDown();
                hangs.await();
                throw new IllegalStateException("woken when its process is dead");
            }
            return book(amount, context);
        }));
        Lab lab = dying(durability, once, reached);
        // Its thread runs here as long as it hangs, and is waited for.
        hangs.countDown();

        assertThat(recovered(lab).value()).isEqualTo("receipt of 5!");

        assertThat(begun).containsExactly("1 " + effectId("r"), "2 " + effectId("r"));
        assertThat(asked).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void withoutReconcileAPersonIsAsked(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Once<String> once = once((amount, context) -> {
            reached.countDown();
            never.await();
            return "";
        });
        Lab lab = dying(durability, once, reached);

        PendingInterrupt<UnknownOutcome, Resolution<String>> question = question(recovered(lab));

        UnknownOutcome what = question.value();
        assertThat(what.step()).isEqualTo("task:pay#1");
        assertThat(what.effectId()).isEqualTo(effectId("r"));
        assertThat(what.arguments()).containsExactly("5!");
        assertThat(what.attempts()).isEqualTo(1);
        assertThat(what.why()).contains("its process ended");
        RunResult<String> settled = lab.restart()
                .workflow()
                .invoke(Command.answers(question.answer(Resolution.succeeded("found in the books"))), T);
        assertThat(settled.value()).isEqualTo("found in the books");
        assertThat(begun).hasSize(1);
    }

    // --- what a failure means ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void failureThatSaysThatNothingWasDoneIsTheOutcome(Durability durability) throws Exception {
        Once<String> once = reconciled(once((amount, context) -> {
                    throw new Declined("no money");
                }))
                .notDone(Declined.class);
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return paying(once).run(input, calls, run);
            } catch (TaskFailedException declined) {
                assertThat(declined.failure().is(Declined.class)).isTrue();
                return "declined" + run.interrupt("ok?");
            }
        });
        lab.workflow().invoke("5", RUN);

        assertThat(lab.restart().workflow().invoke(Command.resume("."), T).value())
                .isEqualTo("declined.");

        assertThat(begun).hasSize(1);
        assertThat(asked).isZero();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatSaysThatNothingWasDoneIsRetriedAsThePolicySays(Durability durability) throws Exception {
        Once<String> once = once(EffectFixture::threeTimes, (amount, context) -> {
                    if (context.attempt() < 3) {
                        throw new Declined("try again");
                    }
                    return book(amount, context);
                })
                .notDone(Declined.class);
        Lab lab = lab(durability).body(paying(once));

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("receipt of 5!");

        assertThat(begun).containsExactly("1 " + effectId("r"), "2 " + effectId("r"), "3 " + effectId("r"));
    }

    @Test
    void isFailedWhenItsAttemptsAreUsedUp() throws Exception {
        Once<String> once = once(EffectFixture::threeTimes, (amount, context) -> {
                    throw new Declined("attempt " + context.attempt());
                })
                .notDone(Declined.class);
        Lab lab = lab(Durability.SYNC).body(paying(once));

        WorkflowFailedException failed = catchThrowableOfType(
                WorkflowFailedException.class, () -> lab.workflow().invoke("5", RUN));

        assertThat(failed.failure().is(Declined.class)).isTrue();
        assertThat(failed).hasMessageContaining("attempt 3");
        assertThat(begun).hasSize(3);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.FAILED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anyOtherFailureIsAnUnknownOutcome(Durability durability) throws Exception {
        Once<String> once = reconciled(once((amount, context) -> {
                    book(amount, context);
                    throw new IOException("the answer was lost");
                }))
                .notDone(Declined.class);
        Lab lab = lab(durability).body(paying(once));

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("receipt of 5!");

        assertThat(begun).hasSize(1);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void soIsATimeoutWhoseThreadIsWaitedFor() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        Once<String> once = reconciled(once(spec -> spec.timeout(Duration.ofMillis(30)), (amount, context) -> {
            if (context.attempt() == 1) {
                while (late.getCount() > 0) {
                    try {
                        late.await();
                    } catch (InterruptedException goesOn) {
                        Thread.interrupted();
                    }
                }
            }
            return book(amount, context);
        }));
        Lab lab = lab(Durability.SYNC).body(paying(once));
        var result = lab.workflow().invokeAsync("5", RUN);
        Eventually.until(() -> asked == 1);
        late.countDown();

        // The late request booked, and so reconcile finds it.
        assertThat(result.join().value()).isEqualTo("receipt of 5!");
        assertThat(begun).hasSize(1);
    }

    @Test
    void soIsAResultThatCannotBeStored() throws Exception {
        Once<Object> once = Once.of(
                TaskSpec.of("pay", TypeRef.of(Object.class)).leaf(call -> {
                    begun.add("1");
                    return new Object() {
                        @SuppressWarnings("unused")
                        public Object getSelf() {
                            throw new IllegalStateException("no form");
                        }
                    };
                }),
                InterruptKey.of("pay.outcome", TypeRef.of(UnknownOutcome.class), new TypeRef<Resolution<Object>>() {}));
        TaskSpec<Object> pay = once.spec();
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> "" + calls.raw().call(pay).join());

        RunResult<String> paused = lab.workflow().invoke("5", RUN);

        assertThat(paused).isInstanceOf(RunResult.Interrupted.class);
        assertThat(begun).hasSize(1);
    }

    // --- what a person says ---

    @Test
    void personMaySayThatItIsToRunAgain() throws Exception {
        Lab lab = asking();
        var question = question(lab.workflow().invoke("5", RUN));
        assertThat(question.value().why()).contains("no answer");

        RunResult<String> again = lab.workflow().invoke(Command.answers(question.answer(Resolution.runAgain())), T);

        assertThat(again.value()).isEqualTo("receipt of 5!");
        assertThat(begun).hasSize(2);
    }

    @Test
    void personMaySayThatItHasFailed() throws Exception {
        Lab lab = asking();
        var question = question(lab.workflow().invoke("5", RUN));

        assertThatThrownBy(() -> lab.workflow()
                        .invoke(Command.answers(question.answer(Resolution.failed("cancelled by phone"))), T))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(failed.failure().is(EffectFailedException.class))
                                .isTrue())
                .hasMessageContaining("cancelled by phone");
        assertThat(begun).hasSize(1);
    }

    @Test
    void personIsAskedIfReconcileFails() throws Exception {
        Once<String> once = once(EffectFixture::threeTimes, (amount, context) -> {
                    throw new IOException("no answer");
                })
                .settle(Duration.ZERO)
                .reconcile(new TypeRef<Optional<String>>() {}, call -> {
                    throw new IOException("the books are closed");
                });
        Lab lab = lab(Durability.SYNC).body(paying(once));

        UnknownOutcome what = question(lab.workflow().invoke("5", RUN)).value();

        assertThat(what.why()).contains("no answer").contains("the books are closed");
    }

    @Test
    void personIsAskedWhenItsOutcomeIsUnknownAgainAndAgain() throws Exception {
        Once<String> once = reconciled(once((amount, context) -> {
            throw new IOException("no answer to attempt " + context.attempt());
        }));
        Lab lab = lab(Durability.SYNC).body(paying(once));

        UnknownOutcome what = question(lab.workflow().invoke("5", RUN)).value();

        assertThat(what.attempts()).isEqualTo(6);
        assertThat(what.why()).contains("attempt 6");
        assertThat(begun).hasSize(6);
    }

    // --- crossings ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isNotRepeatedWhenItsCallerIsRetried(Durability durability) throws Exception {
        Once<String> once = once(this::book);
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.scope(
                                "order",
                                spec -> spec.retry(RetryPolicy.builder()
                                        .maxAttempts(2)
                                        .initialInterval(Duration.ofMillis(1))
                                        .build()),
                                input,
                                (s, inner, r) -> {
                                    String receipt = paying(once).run(s, inner, r);
                                    return inner.task("send", receipt, sent -> {
                                                if (sends++ == 0) {
                                                    throw new IOException("mail is down");
                                                }
                                                return sent + " sent";
                                            })
                                            .join();
                                })
                        .join());

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("receipt of 5! sent");

        assertThat(begun).hasSize(1);
    }

    @Test
    void isExecutedAgainWhenItFailedForSureAndItsCallerIsRetried() throws Exception {
        Once<String> once = reconciled(once((amount, context) -> {
                    if (context.attempt() == 1) {
                        throw new Declined("no money yet");
                    }
                    return book(amount, context);
                }))
                .notDone(Declined.class);
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.scope(
                                "order",
                                spec -> spec.retry(RetryPolicy.builder()
                                        .maxAttempts(2)
                                        .initialInterval(Duration.ofMillis(1))
                                        .retryOn(Declined.class)
                                        .build()),
                                input,
                                (s, inner, r) -> paying(once).run(s, inner, r))
                        .join());

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("receipt of 5!");

        assertThat(begun).extracting(each -> each.substring(0, 1)).containsExactly("1", "2");
        assertThat(asked).isZero();
    }

    @Test
    void twoOfThemBesideEachOtherHaveOutcomesOfTheirOwn() throws Exception {
        Once<String> once = once((amount, context) -> {
            if (amount.equals("2")) {
                throw new IOException("no answer");
            }
            return book(amount, context);
        });
        TaskSpec<String> pay = once.spec();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            TaskFuture<String> one = calls.raw().call(pay, "1");
            TaskFuture<String> two = calls.raw().call(pay, "2");
            return one.join() + ", " + two.join();
        });
        var question = question(lab.workflow().invoke("", RUN));
        assertThat(question.value().step()).isEqualTo("task:pay#2");

        RunResult<String> done =
                lab.restart().workflow().invoke(Command.answers(question.answer(Resolution.succeeded("by hand"))), T);

        assertThat(done.value()).isEqualTo("receipt of 1, by hand");
        assertThat(begun).hasSize(2);
    }
}
