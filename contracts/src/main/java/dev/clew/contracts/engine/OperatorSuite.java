package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.LoggedEvent;
import dev.clew.state.LoggedStep;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.task.TaskFuture;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody without the workflow's classes sees what a thread does, and answers what it asks. */
@Timeout(20)
public abstract class OperatorSuite extends EngineSuite {
    public record Offer(String what, int price) {}

    public record Decision(boolean taken, String why) {}

    private static final InterruptKey<Offer, Decision> DECIDE = InterruptKey.of("decide", Offer.class, Decision.class);
    private static final InterruptKey<String, Integer> AGE =
            InterruptKey.of("age", String.class, Integer.class).validate(age -> age >= 0, "must not be negative");

    private Operator operator;

    private Lab asking(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability)).body((input, calls, run) -> {
            String offer = calls.task("look", input, s -> s + "!").join();
            Decision decision = run.interrupt(DECIDE, new Offer(offer, 3));
            return decision.taken() + " " + decision.why();
        });
        operator = opened(Operator.of(store));
        lab.workflow().invoke("bread", T);
        return lab;
    }

    private static Object recovered(Lab lab) {
        var runs = lab.graph().recover().runs();
        assertThat(runs).hasSize(1);
        return runs.get(0).result().join();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerOfPlainDataWaitsForWhoeverHasTheWorkflow(Durability durability) throws Exception {
        Lab lab = asking(durability);

        operator.answer("t", Command.resume(Map.of("taken", true, "why", "hungry")));
        var left = operator.state("t");
        Object result = recovered(lab.restart());

        assertThat(left.status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThat(left.pending()).isEmpty();
        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Completed.class, r -> assertThat(r.value()).isEqualTo("true hungry"));
        assertThat(lab.ran()).containsExactly("look");
        assertThat(operator.state("t").value()).isEqualTo("true hungry");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void proceedGoesOnWithIt(Durability durability) throws Exception {
        Lab lab = asking(durability);
        String question = operator.state("t").pending().get(0).id();

        operator.answer("t", Command.resume(question, Map.of("taken", false, "why", "not hungry")));

        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("false not hungry");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnsweredThreadIsShownAsAnsweredEverywhereUntilItsRunContinues(Durability durability) throws Exception {
        Lab lab = asking(durability);
        ThreadQuery answered = ThreadQuery.all().status(ThreadStatus.ANSWERED);
        assertThat(operator.threads(answered)).isEmpty();

        operator.answer("t", Command.resume(Map.of("taken", true, "why", "hungry")));

        assertThat(operator.threads(answered)).singleElement().satisfies(thread -> {
            assertThat(thread.status()).isEqualTo(ThreadStatus.ANSWERED);
            assertThat(operator.status(thread)).isEqualTo(ThreadStatus.ANSWERED);
        });
        assertThat(operator.threads(ThreadQuery.all().status(ThreadStatus.CRASHED)))
                .isEmpty();
        assertThat(lab.graph().threads(answered)).hasSize(1);
        assertThat(lab.restart().workflow().state("t").status()).isEqualTo(ThreadStatus.ANSWERED);
        lab.graph().copyThread("t", "copy");
        assertThat(lab.workflow().state("copy").status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("true hungry");
        assertThat(operator.threads(answered))
                .extracting(ThreadSummary::threadId)
                .containsExactly("copy");
        assertThat(operator.cancel("copy")).isTrue();
        assertThat(operator.threads(answered)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aNewInputDoesNotDropAnAnswerUnlessItAsksForThat(Durability durability) throws Exception {
        Lab lab = asking(durability);
        operator.answer("t", Command.resume(Map.of("taken", true, "why", "hungry")));

        assertThatThrownBy(() -> lab.workflow().invoke("cake", T))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.INTERRUPTED))
                .hasMessageContainingAll("thread 't'", "Command.proceed()", "WhenInterrupted.ABANDON");

        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThat(lab.workflow().invoke("cake", ABANDONING)).isInstanceOf(RunResult.Interrupted.class);
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aSecondQuestionOfAnAnsweredThreadCanBeAnsweredToo(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability)).body((input, calls, run) -> {
            TaskFuture<String> first = calls.scope("first", input, (s, inner, r) -> "" + r.interrupt(AGE, "a?"));
            TaskFuture<String> second = calls.scope("second", input, (s, inner, r) -> "" + r.interrupt(AGE, "b?"));
            return first.join() + second.join();
        });
        operator = opened(Operator.of(store));
        lab.workflow().invoke("x", T);
        List<String> asked = operator.state("t").pending().stream()
                .sorted(Comparator.comparing(question -> String.valueOf(question.value())))
                .map(PendingInterrupt::id)
                .toList();

        operator.answer("t", Command.resume(asked.get(0), 1));
        assertThat(operator.state("t").pending())
                .extracting(PendingInterrupt::id)
                .containsExactly(asked.get(1));
        assertThatThrownBy(() -> operator.answer("t", Command.resume(asked.get(0), 3)))
                .isInstanceOf(AnswerRefusedException.class);
        operator.answer("t", Command.resume(asked.get(1), 2));

        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThat(recovered(lab))
                .isInstanceOfSatisfying(
                        RunResult.Completed.class, r -> assertThat(r.value()).isEqualTo("12"));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aJobThatWasAnsweredContinuesByTheSameCall(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability))
                .body((input, calls, run) -> String.valueOf(run.interrupt(AGE, "how old?")));
        operator = opened(Operator.of(store));
        RunConfig job = RunConfig.once("job");
        lab.workflow().invoke("x", job);

        operator.answer("job", Command.resume(7));

        assertThat(lab.restart().workflow().invoke("x", job).value()).isEqualTo("7");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRefusedAnswerChangesNothing(Durability durability) throws Exception {
        asking(durability);
        var before = operator.log("t");

        assertThatThrownBy(() -> operator.answer("t", Command.resume("nobody", "yes")))
                .isInstanceOf(AnswerRefusedException.class);
        assertThatThrownBy(() -> operator.answer("other", Command.resume("yes")))
                .isInstanceOf(AnswerRefusedException.class);
        assertThatThrownBy(() -> operator.answer("t", Command.proceed())).isInstanceOf(RequestRefusedException.class);
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(operator.log("t")).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void textIsNoNumberAndTheBodyJudgesTheRest(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability))
                .body((input, calls, run) -> String.valueOf(run.interrupt(AGE, "how old?")));
        operator = opened(Operator.of(store));
        lab.workflow().invoke("", T);

        assertThatThrownBy(() -> operator.answer("t", Command.resume("old")))
                .isInstanceOfSatisfying(
                        AnswerRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(AnswerRefusedException.Reason.WRONG_TYPE));
        operator.answer("t", Command.resume(-1));
        assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), T))
                .isInstanceOf(AnswerRefusedException.class)
                .hasMessageContaining("must not be negative");
        assertThat(operator.state("t").pending()).hasSize(1);
        operator.answer("t", Command.resume(7));
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("7");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerOfAnotherShapeIsRefusedAndLeavesTheQuestionOpen(Durability durability) throws Exception {
        asking(durability);

        assertThatThrownBy(() -> operator.answer("t", Command.resume(List.of("yes"))))
                .isInstanceOfSatisfying(
                        AnswerRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(AnswerRefusedException.Reason.WRONG_TYPE));
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(operator.state("t").pending()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theLogIsATreeOfPlainData(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability)).body((input, calls, run) -> {
            calls.task("first", input, s -> s + "1").join();
            calls.scope("around", input, (s, inner, innerRun) -> {
                        inner.task("inside", s, t -> t + "2").join();
                        return innerRun.interrupt(DECIDE, new Offer(s, 3)).why();
                    })
                    .join();
            return calls.task("last", input, s -> s + "3").join();
        });
        operator = opened(Operator.of(store));
        lab.workflow().invoke("x", T);
        Instant asked = operator.log("t").get(3).state().at();
        assertThat(operator.log("t").get(1).state().at()).isBetween(asked.minusSeconds(20), asked);
        operator.answer("t", Command.resume(Map.of("taken", true, "why", "so")));
        lab.workflow().invoke(Command.proceed(), T);

        List<LoggedStep> log = operator.log("t");

        assertThat(log)
                .extracting(step -> step.state().path(), LoggedStep::depth, LoggedStep::result)
                .containsExactly(
                        tuple("task:first#1", 0, "x1"),
                        tuple("task:around#1", 0, "so"),
                        tuple("task:around#1/task:inside#1", 1, "x2"),
                        tuple("task:around#1/ask:decide#1", 1, Map.of("taken", true, "why", "so")),
                        tuple("task:last#1", 0, "x3"));
        assertThat(log.get(3).question()).isEqualTo(Map.of("what", "x", "price", 3));
        assertThat(log).allSatisfy(step -> assertThat(step.took().isNegative()).isFalse());
        assertThat(operator.history("t")).hasSize(2);
        assertThat(operator.log("unknown")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunningThreadTakesNoAnswerToWhatItDoesNotAsk(Durability durability) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch working = new CountDownLatch(1);
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability))
                .body((input, calls, run) -> calls.task("work", input, s -> {
                            working.countDown();
                            done.await();
                            return s;
                        })
                        .join());
        operator = opened(Operator.of(store));
        var result = lab.workflow().invokeAsync("x", T);
        working.await();

        assertThat(operator.threads(ThreadQuery.all()))
                .singleElement()
                .satisfies(thread -> assertThat(operator.status(thread)).isEqualTo(ThreadStatus.RUNNING));
        assertThatThrownBy(() -> operator.answer("t", Command.resume("yes")))
                .isInstanceOf(AnswerRefusedException.class);
        assertThatThrownBy(() -> operator.answer("t", Command.proceed())).isInstanceOf(ThreadBusyException.class);
        done.countDown();
        assertThat(result.join().value()).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void itCancelsWhatIsParked(Durability durability) throws Exception {
        asking(durability);

        assertThat(operator.cancel("t")).isTrue();
        assertThat(operator.cancel("unknown")).isFalse();
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.CANCELLED);
    }

    /** What is read in two parts is what is read at once. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void theEventsOfARunAreReadFromAnyPlaceOn(Durability durability) throws Exception {
        Lab lab = asking(durability);
        String run = operator.state("t").runId();
        LoggedEvent.Page first = operator.events("t", run, 0, 500);
        lab.workflow().invoke(Command.resume(new Decision(true, "hungry")), T);

        LoggedEvent.Page second = operator.events("t", run, first.next(), 500);
        LoggedEvent.Page all = operator.events("t", run, 0, 500);

        assertThat(first.events())
                .extracting(e -> e.getClass().getSimpleName() + " " + e.name())
                .containsExactly("Succeeded look", "Asked decide", "Paused ");
        assertThat(second.events())
                .extracting(e -> e.getClass().getSimpleName() + " " + e.name())
                .containsExactly("Answered decide");
        assertThat(all.events()).hasSize(4).startsWith(first.events().toArray(LoggedEvent[]::new));
        assertThat(all.isAll()).isTrue();
        assertThat(((LoggedEvent.Succeeded) first.events().get(0)).value()).isEqualTo("bread!");
        assertThat(((LoggedEvent.Asked) first.events().get(1)).value()).isEqualTo(Map.of("what", "bread!", "price", 3));
        assertThat(((LoggedEvent.Answered) second.events().get(0)).value())
                .isEqualTo(Map.of("taken", true, "why", "hungry"));
        assertThat(operator.events("t", run, 0, 1).isAll()).isFalse();
        assertThat(operator.events("t", "no such run", 0, 1).events()).isEmpty();
    }
}
