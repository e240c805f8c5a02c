package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunStream;
import dev.clew.flow.TaskContext;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stream shows of runs that pause, fail, sleep, crash or are cancelled: what is repeated is told once, and marked. */
@Timeout(60)
public abstract class StreamReplaySuite extends StreamFixture {
    private static final RetryPolicy THRICE = RetryPolicy.builder()
            .maxAttempts(3)
            .initialInterval(Duration.ofMillis(1))
            .jitter(false)
            .build();

    @Tag("B041")
    @Tag("B176")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsWhatAResumedRunRepeatsOnceInEveryModeAndMarked(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            run.emit("between");
            run.emitToken("tok");
            Object answer = run.interrupt("go on?");
            run.emit("after");
            return calls.task("b", a + answer, s -> s + "b").join();
        });
        lab.workflow().invoke("x", T);

        List<StreamEvent> resumed = read(lab.restart().workflow().stream(
                Command.resume(1), T, StreamMode.UPDATES, StreamMode.CUSTOM, StreamMode.MESSAGES, StreamMode.TASKS));

        assertThat(brief(resumed))
                .containsExactly(
                        "start run [x] try 1",
                        "start task:a#1 [x] try 1 replayed",
                        "update task:a#1 = xa replayed",
                        "end task:a#1 = xa replayed",
                        "custom run = between replayed",
                        "token run = tok replayed",
                        "custom run = after",
                        "start task:b#1 [xa1] try 1",
                        "update task:b#1 = xa1b",
                        "end task:b#1 = xa1b",
                        "update run = xa1b",
                        "end run = xa1b");
        assertThat(lab.ran("a")).isEqualTo(1);
    }

    @Tag("B041")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void livesViewLeavesOutWhatIsRepeated(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            run.emit("between");
            return a + run.interrupt("go on?");
        });
        lab.workflow().invoke("x", T);

        List<StreamEvent> live = read(lab.workflow().stream(Command.resume(1), T, StreamMode.UPDATES, StreamMode.CUSTOM)
                .live());

        assertThat(brief(live)).containsExactly("update run = xa1");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void marksRecordedFailuresToo(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                calls.task("bad", input, s -> {
                            throw new IllegalStateException("no");
                        })
                        .join();
            } catch (dev.clew.task.TaskFailedException caught) {
                return "caught " + run.interrupt("go on?");
            }
            return "not reached";
        });
        lab.workflow().invoke("x", T);

        List<StreamEvent> resumed = read(lab.workflow().stream(Command.resume(1), T, StreamMode.TASKS));

        assertThat(brief(resumed))
                .containsExactly(
                        "start run [x] try 1",
                        "start task:bad#1 [x] try 1 replayed",
                        "end task:bad#1 ! no replayed",
                        "end run = caught 1");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void newAttemptOfTheBodyRepeatsWhatIsDoneMarked(Durability durability) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Lab lab = lab(durability).body(flow -> flow.retry(THRICE), (input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            if (attempts.incrementAndGet() < 3) {
                throw new IOException("not yet");
            }
            return a;
        });

        List<StreamEvent> events = read(lab.workflow().stream("x", T, StreamMode.UPDATES, StreamMode.TASKS));

        assertThat(brief(events))
                .containsExactly(
                        "start run [x] try 1",
                        "start task:a#1 [x] try 1",
                        "update task:a#1 = xa",
                        "end task:a#1 = xa",
                        "retry run after 1",
                        "start task:a#1 [x] try 1 replayed",
                        "update task:a#1 = xa replayed",
                        "end task:a#1 = xa replayed",
                        "retry run after 2",
                        "start task:a#1 [x] try 1 replayed",
                        "update task:a#1 = xa replayed",
                        "end task:a#1 = xa replayed",
                        "update run = xa",
                        "end run = xa");
    }

    @Tag("B196")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsParallelChildrenEachInItsOwnOrder(Durability durability) throws Exception {
        WorkflowSpec<String, String> child = WorkflowSpec.of(
                        "Child.run", TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> {
                    String in = call.arg(0);
                    for (int i = 0; i < 3; i++) {
                        String step = in + i;
                        call.run().emit(step);
                        call.scope()
                                .call(TaskSpec.of("s", TypeRef.of(String.class)).leaf(leaf -> step))
                                .join();
                    }
                    return in;
                });
        Lab lab = lab(durability).body((input, calls, run) -> {
            List<TaskFuture<String>> all = new ArrayList<>();
            for (String name : List.of("p", "q", "r")) {
                all.add(calls.raw().child(child, name));
            }
            return String.join("", TaskFuture.allOf(all));
        });

        List<StreamEvent> events = read(lab.workflow().stream("x", T, StreamMode.UPDATES, StreamMode.CUSTOM));

        for (int n = 1; n <= 3; n++) {
            String path = "child:Child.run#" + n;
            String in = List.of("p", "q", "r").get(n - 1);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                expected.add("custom " + path + " = " + in + i);
                expected.add("update " + path + "/task:s#" + (i + 1) + " = " + in + i);
            }
            expected.add("update " + path + " = " + in);
            assertThat(brief(events)).filteredOn(e -> e.contains(path)).containsExactlyElementsOf(expected);
        }
        assertThat(brief(events).get(events.size() - 1)).isEqualTo("update run = pqr");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void goesOnOverAPauseOfTheRunWithoutBeginningAnew(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .options(graph -> graph.parkAfter(Duration.ZERO))
                .body((input, calls, run) -> {
                    String a = calls.task("a", input, s -> s + "a").join();
                    run.sleep(Duration.ofMillis(500));
                    return calls.task("b", a, s -> s + "b").join();
                });

        List<StreamEvent> events = read(lab.workflow().stream(
                "x", T, StreamMode.UPDATES, StreamMode.TASKS, StreamMode.VALUES, StreamMode.CHECKPOINTS));

        assertThat(brief(events))
                .containsExactly(
                        "checkpoint INPUT -1 = null",
                        "start run [x] try 1",
                        "start task:a#1 [x] try 1",
                        "update task:a#1 = xa",
                        "end task:a#1 = xa",
                        "start task:a#1 [x] try 1 replayed",
                        "update task:a#1 = xa replayed",
                        "end task:a#1 = xa replayed",
                        "start task:b#1 [xa] try 1",
                        "update task:b#1 = xab",
                        "end task:b#1 = xab",
                        "update run = xab",
                        "end run = xab",
                        "value xab",
                        "checkpoint LOOP 0 = xab");
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void tellsOfARunThatCrashedWhatItsLogHasAndThenTheRest(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(durability).body((input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            return calls.task("b", a, gate::pass).join();
        });
        List<StreamEvent> before = new ArrayList<>();
        RunStream<String> lost = lab.workflow().stream("x", T);
        gate.awaitArrival();

        lab.crash();
        gate.open();
        Throwable end = catchThrowable(() -> lost.forEach(before::add));
        List<StreamEvent> after = read(lab.workflow().stream(Command.proceed(), T));

        assertThat(brief(before)).containsExactly("update task:a#1 = xa");
        assertThat(end).isInstanceOf(dev.clew.value.ClewException.class);
        assertThat(brief(after))
                .containsExactly("update task:a#1 = xa replayed", "update task:b#1 = xa", "update run = xa");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void endsWithTheCancellationAfterWhatWasTold(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(durability).body((input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            return calls.task("b", a, gate::pass).join();
        });
        List<StreamEvent> seen = new ArrayList<>();

        try (RunStream<String> stream = lab.workflow().stream("x", T)) {
            gate.awaitArrival();
            lab.workflow().cancel(T);

            assertThat(catchThrowable(() -> stream.forEach(seen::add))).isInstanceOf(WorkflowCancelledException.class);
        }
        assertThat(brief(seen)).containsExactly("update task:a#1 = xa");
    }

    /** The attempt is over when its limit passed; what it says later belongs to nobody. */
    @Tag("B194")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void dropsWhatAnAbandonedAttemptSaysLate(Durability durability) throws Exception {
        Gate late = new Gate();
        List<Throwable> refused = new java.util.concurrent.CopyOnWriteArrayList<>();
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.raw()
                        .call(TaskSpec.of("says", TypeRef.of(String.class))
                                .timeout(Duration.ofMillis(100))
                                .retry(THRICE)
                                .leaf(call -> {
                                    TaskContext task = call.taskContext();
                                    task.emitToken("token " + task.attempt());
                                    if (task.attempt() == 1) {
                                        stubborn(late);
                                        refused.add(catchThrowable(() -> task.emitToken("late")));
                                        refused.add(catchThrowable(() -> task.emit("late")));
                                    }
                                    return "said " + task.attempt();
                                }))
                        .join());

        List<StreamEvent> events =
                read(lab.workflow().stream("x", T, StreamMode.MESSAGES, StreamMode.CUSTOM, StreamMode.TASKS));
        late.open();
        Eventually.until(() -> refused.size() == 2);

        assertThat(brief(events))
                .containsExactly(
                        "start run [x] try 1",
                        "start task:says#1 [] try 1",
                        "token task:says#1 = token 1",
                        "void task:says#1 try 1",
                        "retry task:says#1 after 1",
                        "start task:says#1 [] try 2",
                        "token task:says#1 = token 2",
                        "end task:says#1 = said 2",
                        "end run = said 2");
        assertThat(refused).hasOnlyElementsOfType(dev.clew.task.IllegalStepException.class);
    }

    /** Waits whatever interrupts it. */
    private static void stubborn(Gate gate) {
        boolean passed = false;
        while (!passed) {
            try {
                gate.pass("");
                passed = true;
            } catch (InterruptedException ignored) {
                passed = false;
            }
        }
    }
}
