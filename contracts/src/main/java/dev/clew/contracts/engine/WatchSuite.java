package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.CountingCheckpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Watching a run from outside: on the graph that runs it, and from another one through the store. */
@Timeout(60)
public abstract class WatchSuite extends StreamFixture {
    private final Gate gate = new Gate();
    private Checkpointer store;

    /** Runs; its gate is in the middle. */
    private Lab running(Durability durability, Lab.Body body) throws Exception {
        store = newStore();
        return opened(new Lab(store, durability)).body(body);
    }

    /** The same program on another graph, which runs nothing. */
    private Lab elsewhere(Lab lab) {
        return opened(new Lab(new SecondDoor(store), Durability.ASYNC)).spec(lab.spec());
    }

    private final Lab.Body threeSteps = (input, calls, run) -> {
        String a = calls.task("a", input, s -> s + "a").join();
        String b = calls.task("b", a, s -> gate.pass(s) + "b").join();
        run.emit("not in the log");
        return calls.task("c", b, s -> s + "c").join();
    };

    // --- here ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void watchesARunOfThisGraphFromNowOn(Durability durability) throws Exception {
        Lab lab = running(durability, threeSteps);
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();

        try (RunStream<String> one = lab.workflow().watch("t", StreamMode.UPDATES, StreamMode.CUSTOM);
                RunStream<String> two = lab.workflow().watch(T, StreamMode.VALUES)) {
            gate.open();

            assertThat(brief(read(one)))
                    .containsExactly(
                            "update task:b#1 = xab",
                            "custom run = not in the log",
                            "update task:c#1 = xabc",
                            "update run = xabc");
            assertThat(brief(read(two))).containsExactly("value xabc");
            assertThat(two.result()).isEqualTo(result.get(20, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void watchesARunOfThisGraphOverItsSleep(Durability durability) throws Exception {
        Lab lab = running(durability, (input, calls, run) -> {
                    String a = calls.task("a", input, gate::pass).join();
                    run.sleep(Duration.ofMillis(500));
                    return calls.task("b", a, s -> s + "b").join();
                })
                .options(graph -> graph.parkAfter(Duration.ZERO));
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();

        RunStream<String> stream = lab.workflow().watch(T);
        gate.open();

        assertThat(brief(read(stream.live())))
                .containsExactly("update task:a#1 = x", "update task:b#1 = xb", "update run = xb");
        assertThat(result.get(20, TimeUnit.SECONDS).value()).isEqualTo("xb");
    }

    /** The second invocation is the same run, and hears of it as the first one does. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void streamsARunThatIsJoinedByItsId(Durability durability) throws Exception {
        Lab lab = running(durability, threeSteps);
        CompletableFuture<RunResult<String>> first = lab.workflow().invokeAsync("x", T.runId("r"));
        gate.awaitArrival();

        RunStream<String> joined = lab.workflow().stream("x", T.runId("r"));
        gate.open();

        assertThat(brief(read(joined)))
                .containsExactly("update task:b#1 = xab", "update task:c#1 = xabc", "update run = xabc");
        assertThat(joined.result()).isEqualTo(first.get(20, TimeUnit.SECONDS));
    }

    // --- elsewhere ---

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void readsWhatAnotherGraphRecordsFromNowOn(Durability durability) throws Exception {
        Lab lab = running(durability, threeSteps);
        Workflow<String, String> other = elsewhere(lab).workflow();
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        awaitRecorded(1);

        try (RunStream<String> stream =
                other.watch("t", StreamMode.UPDATES, StreamMode.TASKS, StreamMode.CHECKPOINTS)) {
            gate.open();

            assertThat(brief(read(stream)))
                    .containsExactly(
                            "update task:b#1 = xab",
                            "end task:b#1 = xab",
                            "update task:c#1 = xabc",
                            "end task:c#1 = xabc",
                            "update run = xabc",
                            "end run = xabc",
                            "checkpoint LOOP 0 = xabc");
            assertThat(stream.result().value())
                    .isEqualTo(result.get(20, TimeUnit.SECONDS).value());
        }
    }

    private void awaitRecorded(int entries) {
        Eventually.until(() -> {
            List<Object> seen = new ArrayList<>();
            String runId = store.thread("t").orElseThrow().head().runId();
            store.scan("t", String.valueOf(runId), 0, seen::add);
            return seen.size() >= entries;
        });
    }

    @Test
    void readsARunThatKeepsItsLogToItselfOnceItRests() throws Exception {
        Lab lab = running(Durability.EXIT, (input, calls, run) -> {
            String a = calls.task("a", input, gate::pass).join();
            return a + run.interrupt("go on?");
        });
        Workflow<String, String> other = elsewhere(lab).workflow();
        CompletableFuture<RunResult<String>> first = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        RunStream<String> fresh = other.watch(T, StreamMode.UPDATES, StreamMode.CHECKPOINTS);
        gate.open();
        assertThat(brief(read(fresh)))
                .containsExactly("checkpoint INPUT -1 = null", "update task:a#1 = x", "interrupted UPDATES 1");
        assertThat(first.get(20, TimeUnit.SECONDS)).isInstanceOf(RunResult.Interrupted.class);

        lab.body((input, calls, run) -> {
            String a = calls.task("a", input, gate::pass).join() + run.interrupt("go on?");
            return calls.task("b", a, gate::pass).join();
        });
        gate.close();
        CompletableFuture<RunResult<String>> second = lab.workflow().invokeAsync(Command.resume(1), T);
        gate.awaitArrival();
        RunStream<String> resumed = other.watch(T, StreamMode.UPDATES);
        gate.open();

        assertThat(brief(read(resumed))).containsExactly("update task:b#1 = x1", "update run = x1");
        assertThat(second.get(20, TimeUnit.SECONDS).value()).isEqualTo("x1");
    }

    @Test
    void readsScopesAttemptsFailuresAndQuestions() throws Exception {
        RetryPolicy twice = RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(1))
                .jitter(false)
                .build();
        Lab lab = running(Durability.SYNC, (input, calls, run) -> {
            calls.task("wait", input, gate::pass).join();
            String below = calls.scope(
                            "below",
                            input,
                            (in, c, r) -> c.task("deep", in, s -> s + "d").join())
                    .join();
            try {
                calls.task("bad", task -> task.retry(twice), input, s -> {
                            throw new IOException("no");
                        })
                        .join();
            } catch (dev.clew.task.TaskFailedException caught) {
                return below + run.interrupt("go on?");
            }
            return "not reached";
        });
        Workflow<String, String> other = elsewhere(lab).workflow();
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();

        try (RunStream<String> stream = other.watch("t", StreamMode.TASKS, StreamMode.VALUES)) {
            gate.open();

            assertThat(brief(read(stream)))
                    .containsExactly(
                            "end task:wait#1 = x",
                            "start task:below#1 [] try 1",
                            "end task:below#1/task:deep#1 = xd",
                            "end task:below#1 = xd",
                            "retry task:bad#1 after 1",
                            "end task:bad#1 ! no",
                            "end run ? 1",
                            "interrupted VALUES 1");
            RunResult.Interrupted<String> pause = (RunResult.Interrupted<String>) stream.result();
            assertThat(pause.pending().get(0).value()).isEqualTo("go on?");
            assertThat(result.get(20, TimeUnit.SECONDS)).isInstanceOf(RunResult.Interrupted.class);
        }
    }

    @Test
    void debugsFromElsewhereToo() throws Exception {
        Lab lab = running(Durability.SYNC, threeSteps);
        Workflow<String, String> other = elsewhere(lab).workflow();
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();

        try (RunStream<String> stream = other.watch("t", StreamMode.DEBUG)) {
            gate.open();

            assertThat(brief(read(stream)))
                    .containsExactly(
                            "debug 0 end task:b#1 = xab",
                            "debug 0 end task:c#1 = xabc",
                            "debug 0 end run = xabc",
                            "debug 0 checkpoint LOOP 0 = xabc");
        }
    }

    @Test
    void endsWithWhatTheRunEndedWith() throws Exception {
        Lab lab = running(Durability.SYNC, (input, calls, run) -> {
            calls.task("a", input, gate::pass).join();
            throw new IllegalStateException("no");
        });
        Workflow<String, String> other = elsewhere(lab).workflow();
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        RunStream<String> failing = other.watch("t", StreamMode.TASKS);
        List<StreamEvent> seen = new ArrayList<>();
        gate.open();
        assertThat(catchThrowable(() -> failing.forEach(seen::add))).isInstanceOf(WorkflowFailedException.class);
        assertThat(brief(seen)).containsExactly("end task:a#1 = x", "end run ! no");

        gate.close();
        lab.workflow().invokeAsync("y", OTHER);
        gate.awaitArrival();
        RunStream<String> cancelled = other.watch("other");
        lab.workflow().cancel(OTHER);
        assertThat(catchThrowable(() -> cancelled.forEach(seen::add))).isInstanceOf(WorkflowCancelledException.class);
        assertThatThrownBy(cancelled::result).isInstanceOf(WorkflowCancelledException.class);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void endsWithAnErrorWhenWhoeverRanItIsGone(Durability durability) throws Exception {
        Lab lab = running(durability, threeSteps);
        Workflow<String, String> other = elsewhere(lab).workflow();
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        if (durability != Durability.EXIT) { // there nothing of a run is stored before its end
            awaitRecorded(1);
        }
        RunStream<String> stream = other.watch("t");

        lab.crash();
        gate.open();

        assertThat(catchThrowable(() -> stream.iterator().hasNext()))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("recover()");
    }

    @Test
    void followsARunOfAnotherGraphOverItsSleep() throws Exception {
        Lab lab = running(Durability.SYNC, (input, calls, run) -> {
                    String a = calls.task("a", input, gate::pass).join();
                    run.sleep(Duration.ofMillis(500));
                    return calls.task("b", a, s -> s + "b").join();
                })
                .options(graph -> graph.parkAfter(Duration.ZERO));
        Workflow<String, String> other = elsewhere(lab).workflow();
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        RunStream<String> stream = other.watch("t");
        gate.open();

        assertThat(brief(read(stream)))
                .containsExactly("update task:a#1 = x", "update task:b#1 = xb", "update run = xb");
    }

    @Test
    void readsOnForTheResultAfterItsReaderLeft() throws Exception {
        Lab lab = running(Durability.SYNC, threeSteps);
        CountingCheckpointer reads = new CountingCheckpointer(store);
        Lab elsewhere = opened(new Lab(reads, Durability.ASYNC)).spec(lab.spec());
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        RunStream<String> stream = elsewhere.workflow().watch("t");

        stream.close();
        Eventually.until(() -> isQuiet(reads));
        CompletableFuture<RunResult<String>> result = CompletableFuture.supplyAsync(stream::result);
        gate.open();

        assertThat(result.get(20, TimeUnit.SECONDS).value()).isEqualTo("xabc");
    }

    /** Whether nothing is read for longer than the longest pause between two readings. */
    private static boolean isQuiet(CountingCheckpointer reads) {
        int before = reads.calls().size();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(700));
        return reads.calls().size() == before;
    }

    @Test
    void refusesWhatIsNotInTheLogAndWhatDoesNotRun() throws Exception {
        Lab lab = running(Durability.SYNC, threeSteps);
        Workflow<String, String> other = elsewhere(lab).workflow();
        assertThatThrownBy(() -> other.watch("t"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("never ran");
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();

        for (StreamMode mode : List.of(StreamMode.CUSTOM, StreamMode.MESSAGES)) {
            assertThatThrownBy(() -> other.watch("t", mode, StreamMode.UPDATES))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("not in its log");
        }
        gate.open();
        result.get(20, TimeUnit.SECONDS);

        assertThatThrownBy(() -> other.watch("t"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("is IDLE");
    }
}
