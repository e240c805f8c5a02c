package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers to the questions of a run that goes on meanwhile: they need no pause. */
@Timeout(60)
public abstract class RunningAnswerSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final InterruptKey<String, Integer> AGE =
            InterruptKey.of("age", String.class, Integer.class).validate(age -> age > 0, "must be positive");
    private static final Duration LONG = Duration.ofSeconds(9);

    private final Gate gate = new Gate();
    private final LinkedBlockingQueue<PendingInterrupt<?, ?>> asked = new LinkedBlockingQueue<>();
    private Checkpointer store;

    private final RunListener asking = new RunListener() {
        @Override
        public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
            asked.add(question);
        }
    };

    private Lab program(Durability durability, Lab.Body body) throws Exception {
        store = newStore();
        return opened(new Lab(store, durability))
                .options(graph -> graph.listener(asking))
                .body(body);
    }

    /** The next question that a body asks. */
    private PendingInterrupt<?, ?> question() throws InterruptedException {
        PendingInterrupt<?, ?> next = asked.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("a question").isNotNull();
        return next;
    }

    private static String value(CompletableFuture<RunResult<String>> result) throws Exception {
        return result.get(8, TimeUnit.SECONDS).value();
    }

    private static String ask(Lab.Calls calls, String name) {
        return asks(calls, name).join();
    }

    private static TaskFuture<String> asks(Lab.Calls calls, String name) {
        return calls.scope(name, name, (in, c, run) -> run.interrupt(NAME, in + "?"));
    }

    // --- what a question may race ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerWinsARaceAgainstAShortTimer(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> ask = asks(calls, "who");
            TaskFuture<?> first = TaskFuture.anyOf(List.of(ask, run.timer(LONG)));
            return first == ask ? "answered " + ask.join() : "late";
        });
        var first = lab.workflow().invokeAsync("x", T);
        String id = question().id();

        var second = lab.workflow().invokeAsync(Command.resume(id, "Ann"), T);

        assertThat(value(second)).isEqualTo("answered Ann");
        assertThat(value(first)).isEqualTo("answered Ann");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerEndsAJoinWithALimit(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> asks(calls, "who").join(LONG));
        var first = lab.workflow().invokeAsync("x", T);
        question();

        assertThat(value(lab.workflow().invokeAsync(Command.resume("Ann"), T))).isEqualTo("Ann");
        assertThat(value(first)).isEqualTo("Ann");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerWinsARaceAgainstATaskThatWorks(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return TaskFuture.anyOf(List.of(asks(calls, "who"), slow)).join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        question();

        assertThat(value(lab.workflow().invokeAsync(Command.resume("Ann"), T))).isEqualTo("Ann");
        assertThat(value(first)).isEqualTo("Ann");
        gate.open();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aBodyGoesOnWithItsAnswerWhileASiblingWorks(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            String name = run.interrupt(NAME, "who?");
            String used = calls.task("use", name, s -> s + "!").join();
            return used + slow.join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        question();

        var second = lab.workflow().invokeAsync(Command.resume("Ann"), T);
        Eventually.until(() -> lab.ran("use") == 1);

        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        gate.open();
        assertThat(value(second)).isEqualTo("Ann!x");
        assertThat(value(first)).isEqualTo("Ann!x");
        assertThat(lab.ran()).containsExactlyInAnyOrder("slow", "use");
    }

    // --- where a question may stand ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void reachesAQuestionBelowTasksAndChildren(Durability durability) throws Exception {
        WorkflowSpec<String, String> child = WorkflowSpec.of(
                        "Lab.child", TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> call.run().interrupt(NAME, "child?"));
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            TaskFuture<String> outer = calls.scope("outer", input, (in, c, r) -> {
                String inner = ask(c, "inner");
                return inner + c.raw().child(child, in).join();
            });
            return outer.join() + slow.join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();

        assertThat(question().path()).isEqualTo("task:outer#1/task:inner#1/ask:name#1");
        var second = lab.workflow().invokeAsync(Command.resume("A"), T);
        assertThat(question().path()).isEqualTo("task:outer#1/child:Lab.child#1/ask:name#1");
        var third = lab.workflow().invokeAsync(Command.resume("B"), T);
        gate.open();

        assertThat(List.of(value(first), value(second), value(third))).containsOnly("ABx");
        assertThat(lab.ran("slow")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void leavesTheSiblingsOfAnAnsweredQuestionParked(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            TaskFuture<String> a = asks(calls, "a");
            TaskFuture<String> b = asks(calls, "b");
            return a.join() + b.join() + slow.join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        Map<Object, String> ids = ids(2);

        lab.workflow().invokeAsync(Command.resume(ids.get("a?"), "A"), T);
        Eventually.until(() -> lab.ran("a") == 2);
        lab.workflow().invokeAsync(Command.resume(ids.get("b?"), "B"), T);
        gate.open();

        assertThat(value(first)).isEqualTo("ABx");
        assertThat(lab.ran("a")).isEqualTo(2);
        assertThat(lab.ran("b")).isEqualTo(2);
    }

    private Map<Object, String> ids(int count) throws InterruptedException {
        Map<Object, String> ids = new java.util.HashMap<>();
        for (int i = 0; i < count; i++) {
            PendingInterrupt<?, ?> next = question();
            ids.put(next.value(), next.id());
        }
        return ids;
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void takesSeveralAnswersAtOnceOrNone(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            TaskFuture<String> a = asks(calls, "a");
            TaskFuture<String> b = asks(calls, "b");
            return a.join() + b.join() + slow.join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        Map<Object, String> ids = ids(2);

        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class,
                () -> lab.workflow().invoke(Command.resumeAll(Map.of(ids.get("a?"), "A", "nonsense", "B")), T));
        assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(refused.pending()).hasSize(2);
        assertThat(lab.ran("a")).isEqualTo(1);
        var second = lab.workflow().invokeAsync(Command.resumeAll(Map.of(ids.get("a?"), "A", ids.get("b?"), "B")), T);
        gate.open();

        assertThat(value(first)).isEqualTo("ABx");
        assertThat(value(second)).isEqualTo("ABx");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void givesTheNextPauseToEachCaller(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            String first = run.interrupt(NAME, "1?");
            slow.join();
            return first + run.interrupt(NAME, "2?");
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        question();
        var second = lab.workflow().invokeAsync(Command.resume("A"), T);
        gate.open();

        for (var each : List.of(first, second)) {
            var pause = (Interrupted<String>) each.get(8, TimeUnit.SECONDS);
            assertThat(pause.only(NAME).value()).isEqualTo("2?");
        }
        assertThat(lab.workflow().invoke(Command.resume("B"), T).value()).isEqualTo("AB");
    }

    /** The parent runs and waits; its child on another thread asks. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void reachesADetachedChildOfARunningParent(Durability durability) throws Exception {
        WorkflowSpec<String, String> spec = WorkflowSpec.of(
                        "Lab.child", TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> call.run().interrupt(NAME, "child?"));
        AtomicReference<Workflow<String, String>> child = new AtomicReference<>();
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.child(child.get())
                            .on(RunConfig.thread("own"))
                            .start(input)
                            .join()
                    + slow.join();
        });
        lab.workflow();
        child.set(lab.graph().add(spec));
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = question().id();

        assertThat(refusal(lab, Command.resume(id, "Ann"))).isEqualTo(Reason.UNKNOWN);
        Eventually.until(() -> child.get().state("own").status() == ThreadStatus.INTERRUPTED);
        var answered = child.get().invokeAsync(Command.resume(id, "Ann"), RunConfig.thread("own"));
        gate.open();

        assertThat(value(answered)).isEqualTo("Ann");
        assertThat(value(first)).isEqualTo("Annx");
        assertThat(lab.ran()).containsExactly("slow");
    }

    // --- what is refused ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesASecondAnswerAndAnswersToWhatIsNotAsked(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(NAME, "who?") + slow.join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = question().id();

        assertThat(refusal(lab, Command.resume("nonsense", "A"))).isEqualTo(Reason.UNKNOWN);
        assertThat(refusal(lab, Command.resume(id, 42))).isEqualTo(Reason.WRONG_TYPE);
        lab.workflow().invokeAsync(Command.resume(id, "A"), T);
        assertThat(refusal(lab, Command.resume(id, "B"))).isEqualTo(Reason.ANSWERED);
        assertThat(refusal(lab, Command.resume("B"))).isEqualTo(Reason.NOTHING_PENDING);

        gate.open();
        assertThat(value(first)).isEqualTo("Ax");
    }

    private static Reason refusal(Lab lab, Command command) {
        Throwable refused = catchThrowable(() -> lab.workflow().invoke(command, T));
        assertThat(refused).isInstanceOf(AnswerRefusedException.class);
        return ((AnswerRefusedException) refused).reason();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsTheCallerOfAnAnswerAloneThatTheKeyRefusedIt(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(AGE, "how old?") + slow.join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = question().id();

        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class, () -> lab.workflow().invoke(Command.resume(id, -1), T));
        assertThat(refused.reason()).isEqualTo(Reason.REJECTED);
        assertThat(refused).hasMessageContaining("must be positive");
        assertThat(refused.pending()).extracting(PendingInterrupt::id).containsExactly(id);
        assertThat(first).isNotDone();

        var second = lab.workflow().invokeAsync(Command.resume(id, 7), T);
        gate.open();
        assertThat(value(first)).isEqualTo("7x");
        assertThat(value(second)).isEqualTo("7x");
    }

    // --- other faces ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void streamsWhatAnAnswerLeadsTo(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return calls.task("use", run.interrupt(NAME, "who?"), s -> s + "!").join() + slow.join();
        });
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        question();

        try (var stream = lab.workflow().stream(Command.resume("Ann"), T)) {
            Eventually.until(() -> lab.ran("use") == 1);
            gate.open();
            assertThat(stream.result().value()).isEqualTo("Ann!x");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void takesTheAnswerOfAnOperator(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(NAME, "who?") + slow.join();
        });
        Operator operator = opened(Operator.of(store));
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = question().id();

        operator.answer("t", Command.resume(id, "Ann"));
        assertThatThrownBy(() -> operator.answer("t", Command.resume(id, "Bob")))
                .isInstanceOfSatisfying(
                        AnswerRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.ANSWERED));
        gate.open();

        assertThat(value(first)).isEqualTo("Annx");
    }

    // --- another process ---

    /** The id of the question that was asked, once another process can read it: with ASYNC that is a little later. */
    private String storedQuestion(Lab other) throws Exception {
        String id = question().id();
        Eventually.until(() -> other.workflow().state(T).pending().stream()
                .anyMatch(pending -> pending.id().equals(id)));
        return id;
    }

    private Lab otherProcess(Lab lab, Durability durability) {
        Lab other = opened(new Lab(new SecondDoor(store), durability)).spec(lab.spec());
        other.workflow();
        return other;
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void theOwnerHearsWithinASecondOrTwoOfAnAnswerFromAnotherProcess(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            String name = run.interrupt(NAME, "who?");
            return calls.task("use", name, s -> s + "!").join() + slow.join();
        });
        Lab other = otherProcess(lab, durability);
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = storedQuestion(other);

        var second = other.workflow().invokeAsync(Command.resume(id, "Ann"), T);
        assertThat(other.workflow().state(T).pending()).isEmpty();
        assertThat(refusal(other, Command.resume(id, "Bob"))).isEqualTo(Reason.ANSWERED);
        Eventually.until(() -> lab.ran("use") == 1);
        gate.open();

        assertThat(value(first)).isEqualTo("Ann!x");
        assertThat(value(second)).isEqualTo("Ann!x");
        assertThat(store.answers("t", first.join().runId())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void theHeirOfADeadOwnerTakesTheAnswer(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(NAME, "who?") + slow.join();
        });
        Lab other = otherProcess(lab, durability);
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = storedQuestion(other);

        opened(Operator.of(new SecondDoor(store))).answer("t", Command.resume(id, "Ann"));
        lab.graph().engine().crash();
        gate.open();

        assertThat(other.workflow().state(T).status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThat(threads(other, ThreadStatus.ANSWERED)).containsExactly("t");
        assertThat(threads(other, ThreadStatus.CRASHED)).isEmpty();
        assertThat(threads(other, ThreadStatus.RUNNING)).isEmpty();
        assertThatThrownBy(() -> other.workflow().invoke("another", T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("has answers that its run has not continued with");
        assertThat(value(other.workflow().invokeAsync(Command.proceed(), T))).isEqualTo("Annx");
        assertThat(refusal(other, Command.resume(id, "Bob"))).isEqualTo(Reason.NOTHING_PENDING);
    }

    private static List<String> threads(Lab lab, ThreadStatus status) {
        return lab.graph().threads(ThreadQuery.all().status(status)).stream()
                .map(ThreadSummary::threadId)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void recoveryTakesTheAnswerThatADeadOwnerLeft(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(NAME, "who?") + slow.join();
        });
        Lab other = otherProcess(lab, durability);
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        Operator operator = opened(Operator.of(new SecondDoor(store)));
        String id = question().id();
        // It is written behind; another process sees it when it is stored.
        Eventually.until(() -> !operator.state("t").pending().isEmpty());
        operator.answer("t", Command.resume(id, "Ann"));
        lab.graph().engine().crash();
        gate.open();

        var runs = other.graph().recover().runs();

        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).result().get(8, TimeUnit.SECONDS).value()).isEqualTo("Annx");
        assertThat(other.workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void anAnswerIsDurableBeforeItsCallerIsTold(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(NAME, "who?") + slow.join();
        });
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = question().id();
        opened(Operator.of(store)).answer("t", Command.resume(id, "Ann"));

        lab.crash();
        gate.open();

        assertThat(lab.workflow().state(T).pending()).isEmpty();
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("Annx");
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void anotherProcessIsToldThatTheKeyRefusedItsAnswer(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(AGE, "how old?") + slow.join();
        });
        Lab other = otherProcess(lab, durability);
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = storedQuestion(other);

        assertThat(refusal(other, Command.resume(id, -1))).isEqualTo(Reason.REJECTED);
        assertThat(first).isNotDone();
        var second = other.workflow().invokeAsync(Command.resume(id, 7), T);
        gate.open();

        assertThat(value(first)).isEqualTo("7x");
        assertThat(value(second)).isEqualTo("7x");
    }

    @Test
    void whatARunKeepsToItselfIsUnknownToAnotherProcess() throws Exception {
        Lab lab = program(Durability.EXIT, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(NAME, "who?") + slow.join();
        });
        Lab other = otherProcess(lab, Durability.EXIT);
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = question().id();

        assertThatThrownBy(() -> other.workflow().invoke(Command.resume(id, "Ann"), T))
                .isInstanceOf(ThreadBusyException.class);
        lab.workflow().invokeAsync(Command.resume(id, "Ann"), T);
        gate.open();
        assertThat(value(first)).isEqualTo("Annx");
    }

    // --- ends ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerThatMeetsThePauseIsTakenOnce(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, s -> s);
            return run.interrupt(NAME, "who?") + slow.join();
        });
        for (int round = 0; round < 50; round++) {
            var thread = RunConfig.thread("t" + round);
            lab.workflow().invokeAsync("x", thread);
            String id = question().id();

            assertThat(value(answered(lab, id, thread))).isEqualTo("Annx");
        }
    }

    /** In EXIT mode a question is known by its id to the process only, until the run is paused. */
    private static CompletableFuture<RunResult<String>> answered(Lab lab, String id, RunConfig thread) {
        return lab.workflow().invokeAsync(Command.resume(id, "Ann"), thread);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesAnAnswerAfterTheDeadlineAlthoughTheRunGoesOn(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(NAME, "who?", Duration.ofMillis(50)).orElse("nobody") + slow.join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        PendingInterrupt<?, ?> question = question();
        Eventually.until(
                () -> java.time.Instant.now().isAfter(question.deadline().orElseThrow()));

        assertThat(refusal(lab, Command.resume(question.id(), "Ann"))).isEqualTo(Reason.WITHDRAWN);
        gate.open();
        Eventually.until(() -> {
            lab.graph().recover();
            return lab.workflow().state(T).status() == ThreadStatus.IDLE;
        });
        assertThat(lab.workflow().state(T).value()).isEqualTo("nobodyx");
        Eventually.until(first::isDone); // its caller is told after the end is stored
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatIsCancelledTakesNoAnswerAnyMore(Durability durability) throws Exception {
        Lab lab = program(durability, (input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            return run.interrupt(NAME, "who?") + slow.join();
        });
        var first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        String id = question().id();
        lab.workflow().cancel(T);

        assertThat(catchThrowable(() -> lab.workflow().invoke(Command.resume(id, "Ann"), T)))
                .isInstanceOf(AnswerRefusedException.class);
        gate.open();
        assertThatThrownBy(first::join).isInstanceOf(CompletionException.class);
    }
}
