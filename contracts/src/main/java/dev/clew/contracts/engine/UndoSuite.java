package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.contracts.lab.Lab;
import dev.clew.effect.UndoDecision;
import dev.clew.effect.UndoFailed;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ForkPoint;
import dev.clew.state.StepKind;
import dev.clew.state.StepState;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What undoes a run: each registered step, the newest first; then the run is UNDONE, and nothing continues it. */
@Timeout(30)
public abstract class UndoSuite extends UndoFixture {
    // --- a command ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void failedRunIsUndoneInReverseOrder(Durability durability) throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(durability, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        RunResult<String> result = lab.restart().workflow().invoke(Command.undo(), T);

        assertThat(result).isEqualTo(new RunResult.Undone<String>("t", "r"));
        assertThat(undone).containsExactly("hotel: ticket of hotel", "flight: ticket of flight");
        assertThat(undoneAs)
                .containsExactly("t/r/undo:book#2 of t/r/task:book#2", "t/r/undo:book#1 of t/r/task:book#1");
        assertThat(booked).isEmpty();
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.UNDONE);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void interruptedRunIsUndoneAndItsQuestionIsWithdrawn(Durability durability) throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(
                durability,
                List.of(book),
                (input, calls, run) -> calls.raw().call(book, "flight").join() + run.interrupt("sure?"));
        lab.workflow().invoke("x", RUN);

        lab.restart().workflow().invoke(Command.undo(), T);

        assertThat(undone).containsExactly("flight: ticket of flight");
        assertThat(lab.workflow().state("t").pending()).isEmpty();
        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("yes"), T))
                .hasMessageContaining("undone");
    }

    @Test
    void cancelledRunIsUndone() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(
                Durability.SYNC,
                List.of(book),
                (input, calls, run) -> calls.raw().call(book, "flight").join() + run.interrupt("sure?"));
        lab.workflow().invoke("x", RUN);
        lab.workflow().cancel("t");

        lab.workflow().invoke(Command.undo(), T);

        assertThat(undone).containsExactly("flight: ticket of flight");
    }

    @Test
    void blockedRunIsUndoneByCodeThatDoesNotFitIt() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(
                Durability.SYNC,
                List.of(book),
                (input, calls, run) -> calls.raw().call(book, "flight").join() + run.interrupt("sure?"));
        lab.workflow().invoke("x", RUN);
        agency(
                lab,
                List.of(book),
                (input, calls, run) -> calls.task("other", "", s -> s).join());
        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("."), T)).hasMessageContaining("task:book#1");
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.BLOCKED);

        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).containsExactly("flight: ticket of flight");
        assertThat(lab.ran()).isEmpty();
    }

    @Test
    void undoneRunIsFinalAndStaysReadable() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        lab.workflow().invoke(Command.undo(), T);

        assertThat(lab.workflow().invoke(Command.undo(), T)).as("repeated").isInstanceOf(RunResult.Undone.class);
        assertThat(refusal(() -> lab.workflow().invoke(Command.proceed(), T)).reason())
                .isEqualTo(Reason.UNDONE);
        assertThat(refusal(() -> lab.workflow().fork(T, ForkPoint.after("undo:book#2")))
                        .reason())
                .isEqualTo(Reason.UNDONE);
        assertThat(lab.workflow().cancel("t")).isFalse();
        assertThatThrownBy(() -> lab.workflow().invoke(Command.undo(), T).value())
                .hasMessageContaining("was undone");

        assertThat(undone).hasSize(2);
        var state = lab.workflow().state("t");
        assertThat(state.steps()).extracting(StepState::path).contains("task:book#1", "undo:book#1");
        assertThat(state.steps()).filteredOn(s -> s.kind() == StepKind.UNDO).hasSize(2);
        assertThat(state.failure()).isNotNull();
        assertThat(lab.graph().threads(ThreadQuery.all().status(ThreadStatus.UNDONE)))
                .hasSize(1);
    }

    @Test
    void newInputStartsAnewAfterAnUndo() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        lab.workflow().invoke(Command.undo(), T);

        assertThatThrownBy(() -> lab.workflow().invoke("y", T)).isInstanceOf(WorkflowFailedException.class);
        lab.workflow().invoke(Command.undo(), T);

        assertThat(undone).hasSize(4);
    }

    @Test
    void whatCompletedOrCanGoOnIsNotUndone() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(
                Durability.SYNC,
                List.of(book),
                (input, calls, run) -> calls.raw().call(book, "flight").join());
        assertThat(refusal(() -> lab.workflow().invoke(Command.undo(), T)).reason())
                .isEqualTo(Reason.NEVER_RAN);
        lab.workflow().invoke("x", RUN);

        assertThat(refusal(() -> lab.workflow().invoke(Command.undo(), T)).getMessage())
                .contains("has completed");
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.IDLE);
    }

    // --- what is registered ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void stepThatFailedIsUndoneAsWellSinceItPerhapsHappened(Durability durability) throws Exception {
        TaskSpec<String> book = book(
                spec -> spec,
                (what, context) -> {
                    String unused = book(what, context);
                    throw new IOException("no answer");
                },
                cancelling());
        Lab lab = agency(
                durability,
                List.of(book),
                (input, calls, run) -> calls.raw().call(book, "flight").join());
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        lab.restart().workflow().invoke(Command.undo(), T);

        assertThat(undone).containsExactly("flight: nothing known");
        assertThat(booked).isEmpty();
    }

    @Test
    void whatAFailedAttemptOfAScopeHasBookedIsUndoneToo() throws Exception {
        TaskSpec<String> book = book();
        int[] attempts = {0};
        Lab lab = agency(
                Durability.SYNC,
                List.of(book),
                (input, calls, run) -> calls.scope("order", spec -> spec.retry(once()), input, (s, inner, r) -> {
                            int attempt = inner.task("count", s, t -> "" + attempts[0]++)
                                            .join()
                                            .equals("0")
                                    ? 1
                                    : 2;
                            inner.raw().call(book, "flight").join();
                            inner.task("fails", "" + attempt, t -> {
                                        throw new IOException("always");
                                    })
                                    .join();
                            return "";
                        })
                        .join());
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        lab.workflow().invoke(Command.undo(), T);

        assertThat(undone).containsExactly("flight: ticket of flight");
    }

    @Test
    void stepsInOrderOfBeginningOverScopes() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), (input, calls, run) -> {
            calls.raw().call(book, "1").join();
            calls.scope(
                            "inner",
                            input,
                            (s, inner, r) -> inner.raw().call(book, "2").join())
                    .join();
            calls.raw().call(book, "3").join();
            throw new IllegalStateException("enough");
        });
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        lab.workflow().invoke(Command.undo(), T);

        assertThat(undone).containsExactly("3: ticket of 3", "2: ticket of 2", "1: ticket of 1");
        assertThat(undoneAs.get(1)).isEqualTo("t/r/undo:book#2 of t/r/task:inner#1/task:book#1");
    }

    // --- an undo that fails ---

    @Test
    void undoIsRetriedAsTheTaskSays() throws Exception {
        TaskSpec<String> book = book(spec -> spec.retry(once()), this::book, cancelling((what, context) -> {
            if (context.attempt() == 1) {
                throw new IOException("not now");
            }
            return what;
        }));
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void undoThatFailsForGoodAsksAPerson(Durability durability) throws Exception {
        boolean[] repaired = {false};
        TaskSpec<String> book = book(cancelling((what, context) -> {
            if (!repaired[0]) {
                throw new IOException("closed");
            }
            return what;
        }));
        Lab lab = agency(durability, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        PendingInterrupt<UndoFailed, UndoDecision> question =
                undoFailed(lab.restart().workflow().invoke(Command.undo(), T));

        assertThat(question.value().step()).isEqualTo("task:book#2");
        assertThat(question.value().effectId()).isEqualTo("t/r/task:book#2");
        assertThat(question.value().arguments()).containsExactly("hotel");
        assertThat(question.value().why()).contains("closed");
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(lab.workflow().cancel("t")).as("the phase is not cancelled").isFalse();
        assertThat(refusal(() -> lab.workflow().invoke("z", ABANDONING)).reason())
                .isEqualTo(Reason.UNDONE);
        PendingInterrupt<UndoFailed, UndoDecision> again =
                undoFailed(lab.workflow().invoke(question.answer(UndoDecision.again()), T));
        assertThat(again.value().attempts()).isEqualTo(2);
        repaired[0] = true;
        assertThat(lab.restart().workflow().invoke(again.answer(UndoDecision.again()), T))
                .isInstanceOf(RunResult.Undone.class);
        assertThat(undone).containsExactly("hotel: ticket of hotel", "flight: ticket of flight");
    }

    @Test
    void whatAPersonSkipsIsNotUndone() throws Exception {
        TaskSpec<String> book = book(cancelling((what, context) -> {
            if (what.equals("hotel")) {
                throw new IOException("closed");
            }
            return what;
        }));
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        var question = undoFailed(lab.workflow().invoke(Command.undo(), T));
        var result = lab.workflow().invoke(question.answer(UndoDecision.skip("by phone")), T);

        assertThat(result).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).containsExactly("flight: ticket of flight");
        assertThat(booked).containsOnlyKeys("t/r/task:book#2");
    }

    static RetryPolicy once() {
        return RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(1))
                .build();
    }

    static RequestRefusedException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(RequestRefusedException.class, call);
    }
}
