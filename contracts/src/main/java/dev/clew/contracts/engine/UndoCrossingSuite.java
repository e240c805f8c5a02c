package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.Durability;
import dev.clew.flow.OnCancel;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the undo of a run meets crashes, unknown outcomes, cancellations, bodies, scopes, children and branches. */
@Timeout(60)
public abstract class UndoCrossingSuite extends UndoFixture {
    // --- unknown outcomes first ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatIsUnknownIsReconciledBeforeAnythingIsUndone(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskSpec<String> book = book();
        TaskSpec<String> pay = found(pay((what, context) -> {
                    String receipt = book(what, context);
                    reached.countDown();
                    never.await();
                    return receipt;
                }))
                .spec();
        Lab lab = agency(
                durability,
                List.of(book, pay),
                (input, calls, run) -> calls.raw().call(book, "flight").join()
                        + calls.raw().call(pay, "fee").join());
        CompletableFuture<RunResult<String>> unused = lab.workflow().invokeAsync("x", RUN);
        reached.await();
        lab.workflow().cancel("t");
        Eventually.until(() -> lab.workflow().state("t").status() == ThreadStatus.CANCELLED);

        assertThat(lab.restart().workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).containsExactly("fee: found fee", "flight: ticket of flight");
        assertThat(booked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aPersonIsAskedForWhatNobodyKnowsBeforeAnythingIsUndone(Durability durability) throws Exception {
        TaskSpec<String> book = book();
        TaskSpec<String> pay = pay((what, context) -> {
                    throw new IOException("no answer");
                })
                .spec();
        Lab lab = agency(durability, List.of(book, pay), (input, calls, run) -> {
            TaskFuture<String> paid = calls.raw().call(pay, "fee");
            String flight = calls.raw().call(book, "flight").join();
            return flight + paid.join();
        });
        RunResult<String> asks = lab.workflow().invoke("x", RUN);
        assertThat(asks).isInstanceOf(RunResult.Interrupted.class);

        RunResult<String> settling = lab.restart().workflow().invoke(Command.undo(), T);

        PendingInterrupt<UnknownOutcome, Resolution<String>> question =
                ((RunResult.Interrupted<String>) settling).only(PAID);
        assertThat(question.value().step()).isEqualTo("task:pay#1");
        assertThat(question.value().arguments()).containsExactly("fee");
        assertThat(question.value().effectId()).isEqualTo("t/r/task:pay#1");
        assertThat(undone).as("settled first").isEmpty();
        RunResult<String> end =
                lab.restart().workflow().invoke(question.answer(Resolution.succeeded("in the books")), T);
        assertThat(end).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).containsExactlyInAnyOrder("flight: ticket of flight", "fee: in the books");
    }

    @Test
    void whatDidNotHappenIsNotUndone() throws Exception {
        TaskSpec<String> pay = pay((what, context) -> {
                    throw new IOException("no answer");
                })
                .spec();
        TaskSpec<String> declined = pay((what, context) -> {
                    throw new IllegalArgumentException("no money");
                })
                .notDone(IllegalArgumentException.class)
                .spec();
        Lab lab = agency(
                Durability.SYNC,
                List.of(pay),
                (input, calls, run) -> calls.raw()
                        .call(input.equals("x") ? pay : declined, "fee")
                        .join());
        lab.workflow().invoke("x", RUN);
        RunResult<String> settling = lab.workflow().invoke(Command.undo(), T);
        var question = ((RunResult.Interrupted<String>) settling).only(PAID);

        assertThat(lab.workflow().invoke(question.answer(Resolution.runAgain()), T))
                .isInstanceOf(RunResult.Undone.class);

        assertThatThrownBy(() -> lab.workflow().invoke("declined", RunConfig.thread("t")))
                .isInstanceOf(WorkflowFailedException.class);
        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).isEmpty();
    }

    // --- crashes ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void processThatDiesInMidUndoIsContinuedByAnotherGraph(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskSpec<String> book = book(cancelling((what, context) -> {
            if (what.equals("flight") && reached.getCount() > 0) {
                reached.countDown();
                never.await();
            }
            return what;
        }));
        Lab lab = agency(durability, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        CompletableFuture<RunResult<String>> unused = lab.workflow().invokeAsync(Command.undo(), T);
        reached.await();
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.UNDOING);

        lab.crash();
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.CRASHED);
        RunResult<String> result = recovered(lab);

        assertThat(result).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).containsExactly("hotel: ticket of hotel", "flight: ticket of flight");
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.UNDONE);
    }

    @Test
    void commandContinuesAnUndoWhoseProcessDied() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskSpec<String> book = book(cancelling((what, context) -> {
            if (reached.getCount() > 0) {
                reached.countDown();
                never.await();
            }
            return what;
        }));
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        CompletableFuture<RunResult<String>> unused = lab.workflow().invokeAsync(Command.undo(), T);
        reached.await();
        lab.crash();

        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).hasSize(2);
    }

    @Test
    void phaseIsNotTouchedByACancel() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        TaskSpec<String> book = book(cancelling((what, context) -> {
            reached.countDown();
            goesOn.await();
            return what;
        }));
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync(Command.undo(), T);
        reached.await();

        assertThat(lab.workflow().cancel("t")).isFalse();
        assertThatThrownBy(() -> lab.workflow().invoke("new", T)).isInstanceOf(ThreadBusyException.class);
        goesOn.countDown();

        assertThat(result.join()).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).hasSize(2);
    }

    // --- decided by the body ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void bodyUndoesItsRun(Durability durability) throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(durability, List.of(book), (input, calls, run) -> {
            String flight = calls.raw().call(book, "flight").join();
            if (run.interrupt("sure?").equals("no")) {
                throw run.undo();
            }
            return flight;
        });
        lab.workflow().invoke("x", RUN);

        RunResult<String> result = lab.restart().workflow().invoke(Command.resume("no"), T);

        assertThat(result).isEqualTo(new RunResult.Undone<String>("t", "r"));
        assertThat(undone).containsExactly("flight: ticket of flight");
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.UNDONE);
    }

    @Test
    void scopeUndoesTheWholeRunAndWhatElseExecutesComesToItsEndBefore() throws Exception {
        CountDownLatch booking = new CountDownLatch(1);
        TaskSpec<String> book = book(
                spec -> spec,
                (what, context) -> {
                    if (what.equals("hotel")) {
                        booking.await();
                    }
                    return book(what, context);
                },
                cancelling());
        Lab lab = agency(Durability.ASYNC, List.of(book), (input, calls, run) -> {
            TaskFuture<String> hotel = calls.raw().call(book, "hotel");
            calls.scope("inner", "", (s, inner, r) -> {
                        inner.raw().call(book, "flight").join();
                        booking.countDown();
                        throw r.undo();
                    })
                    .join();
            return hotel.join();
        });

        assertThat(lab.workflow().invoke("x", RUN)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).containsExactlyInAnyOrder("flight: ticket of flight", "hotel: ticket of hotel");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void failureIsUndoneAtOnceIfTheEntrypointSaysSo(Durability durability) throws Exception {
        TaskSpec<String> book = book();
        Lab lab = lab(durability).body(flow -> flow.tasks(book).undoOnFailure(), failing(book));

        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("no car");

        assertThat(undone).containsExactly("hotel: ticket of hotel", "flight: ticket of flight");
        var state = lab.restart().workflow().state("t");
        assertThat(state.status()).isEqualTo(ThreadStatus.UNDONE);
        assertThat(state.failure().message()).contains("no car");
        assertThatThrownBy(() -> lab.workflow().invoke(Command.undo(), T)).isInstanceOf(WorkflowFailedException.class);
    }

    @Test
    void mismatchIsNotUndoneThoughTheEntrypointUndoesFailures() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = lab(Durability.SYNC)
                .body(
                        flow -> flow.tasks(book).undoOnFailure(),
                        (input, calls, run) -> calls.raw().call(book, "flight").join() + run.interrupt("sure?"));
        lab.workflow().invoke("x", RUN);
        lab.body(
                flow -> flow.tasks(book).undoOnFailure(),
                (input, calls, run) -> calls.task("other", "", s -> s).join());

        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("."), T)).hasMessageContaining("task:book#1");

        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
        assertThat(undone).isEmpty();
    }

    @Test
    void runThatIsNotStoredIsUndoneByItsBodyAndAfterAFailure() {
        TaskSpec<String> book = book();
        Lab lab = opened(new Lab(null, Durability.SYNC));
        agency(lab, List.of(book), (input, calls, run) -> {
            calls.raw().call(book, "flight").join();
            throw run.undo();
        });
        assertThat(lab.workflow().invoke("x", RunConfig.none())).isInstanceOf(RunResult.Undone.class);
        lab.body(flow -> flow.tasks(book).undoOnFailure(), failing(book));

        assertThatThrownBy(() -> lab.workflow().invoke("x", RunConfig.none()))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("no car");

        assertThat(undone)
                .containsExactly("flight: ticket of flight", "hotel: ticket of hotel", "flight: ticket of flight");
    }

    // --- decided by a cancel ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void runThatExecutesIsCancelledAndUndone(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskSpec<String> book = book();
        Lab lab = agency(durability, List.of(book), (input, calls, run) -> {
            calls.raw().call(book, "flight").join();
            return calls.task("hangs", "", s -> {
                        reached.countDown();
                        never.await();
                        return s;
                    })
                    .join();
        });
        CompletableFuture<RunResult<String>> unused = lab.workflow().invokeAsync("x", RUN);
        reached.await();

        assertThat(lab.workflow().cancel("t", OnCancel.UNDO)).isTrue();

        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).containsExactly("flight: ticket of flight");
        assertThat(lab.workflow().cancel("t", OnCancel.UNDO)).isFalse();
    }

    @Test
    void runThatSleepsIsCancelledAndUndoneAndOneThatCompletedIsNot() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), (input, calls, run) -> {
            String flight = calls.raw().call(book, "flight").join();
            if (input.equals("sleeps")) {
                run.sleep(Duration.ofDays(1));
            }
            return flight;
        });
        lab.workflow().invoke("x", RUN);
        assertThat(lab.workflow().cancel("t", OnCancel.UNDO)).isFalse();
        assertThat(lab.workflow().cancel("other", OnCancel.UNDO)).isFalse();
        CompletableFuture<RunResult<String>> unused = lab.workflow().invokeAsync("sleeps", T);
        Eventually.until(() -> lab.workflow().state("t").status() == ThreadStatus.SLEEPING);

        assertThat(lab.workflow().cancel(T, OnCancel.UNDO)).isTrue();
        Eventually.until(() -> lab.workflow().state("t").status() == ThreadStatus.UNDONE);

        assertThat(undone).containsExactly("flight: ticket of flight");
    }

    // --- children and branches ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void stepsOfAChildInTheLogUnderRetryAreUndone(Durability durability) throws Exception {
        TaskSpec<String> book = book();
        WorkflowSpec<String, String> child = WorkflowSpec.of("Child.run", TEXT, TEXT)
                .tasks(book)
                .retry(UndoSuite.once())
                .body(call -> {
                    call.scope().call(book, call.<String>arg(0)).join();
                    throw new IllegalStateException("the child fails");
                });
        Lab lab = lab(durability).body(flow -> flow.tasks(book).calls(child), (input, calls, run) -> {
            calls.raw().call(book, "flight").join();
            return calls.raw().child(child, "hotel").join();
        });
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        lab.restart().workflow().invoke(Command.undo(), T);

        assertThat(undone).containsExactly("hotel: ticket of hotel", "flight: ticket of flight");
        assertThat(undoneAs.get(0)).isEqualTo("t/r/undo:book#2 of t/r/child:Child.run#1/task:book#1");
    }

    @Test
    void branchUndoesOnlyWhatItHasDoneItself() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        RunConfig branch = lab.workflow().fork(T, ForkPoint.after("task:book#1"));
        assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), branch))
                .isInstanceOf(WorkflowFailedException.class);

        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).containsExactly("hotel: ticket of hotel");
        assertThat(booked).containsOnlyKeys("t/r/task:book#1", "t/r/task:book#2");
    }

    @Test
    void copyHasNothingToUndo() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        lab.graph().copyThread("t", "copy");

        assertThat(lab.workflow().invoke(Command.undo(), RunConfig.thread("copy")))
                .isInstanceOf(RunResult.Undone.class);
        assertThat(undone).isEmpty();
        lab.workflow().invoke(Command.undo(), T);
        assertThat(undone).hasSize(2);
    }

    @Test
    void codeWithoutTheTaskBlocksTheUndoUntilItIsDeployed() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        agency(lab, List.of(), failing(book));

        assertThatThrownBy(() -> lab.workflow().invoke(Command.undo(), T))
                .hasMessageContaining("no task 'book' with undo");
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
        agency(lab, List.of(book), failing(book));

        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).hasSize(2);
    }

    @Test
    void runThatCanGoOnIsNotUndoneByACommand() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), (input, calls, run) -> {
            calls.raw().call(book, "flight").join();
            run.sleep(Duration.ofDays(1));
            return "";
        });
        CompletableFuture<RunResult<String>> unused = lab.workflow().invokeAsync("x", RUN);
        Eventually.until(() -> lab.workflow().state("t").status() == ThreadStatus.SLEEPING);

        assertThatThrownBy(() -> lab.workflow().invoke(Command.undo(), T)).isInstanceOf(ThreadBusyException.class);

        assertThat(UndoSuite.refusal(() -> lab.workflow().invoke(Command.undo(), RunConfig.thread("none")))
                        .reason())
                .isEqualTo(Reason.NEVER_RAN);
        assertThat(undone).isEmpty();
    }
}
