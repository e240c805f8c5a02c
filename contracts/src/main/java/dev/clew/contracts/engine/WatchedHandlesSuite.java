package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.Worker;
import dev.clew.stream.StreamMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Watching queued runs by their handles. */
@Timeout(60)
public abstract class WatchedHandlesSuite extends StreamFixture {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");

    private Checkpointer store;

    private final Lab.Body twoSteps = (input, calls, run) -> {
        String a = calls.task("a", input, s -> s + "a").join();
        run.emit("not in the log");
        return calls.task("b", a, s -> s + "b").join();
    };

    /** A laboratory that enqueues, and has no worker. */
    private Lab front(Durability durability, Lab.Body body) throws Exception {
        store = newStore();
        return opened(new Lab(new SecondDoor(store), durability)).body(body);
    }

    /** The same program on another graph, with a worker. */
    private Lab work(Lab front, Durability durability) {
        Lab worker = opened(new Lab(store, durability)).spec(front.spec()).options(graph -> graph.worker(WORKER));
        worker.graph();
        return worker;
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aStreamWaitsForTheRunAndHasAllOfIt(Durability durability) throws Exception {
        Lab front = front(durability, twoSteps);
        RunHandle<String> handle = front.workflow().enqueue("x", Q);
        RunStream<String> stream = handle.watch();
        RunStream<String> more = handle.watch(StreamMode.CHECKPOINTS, StreamMode.VALUES);

        work(front, durability);

        assertThat(brief(read(stream)))
                .containsExactly("update task:a#1 = xa", "update task:b#1 = xab", "update run = xab");
        assertThat(brief(read(more))).first().asString().startsWith("checkpoint INPUT");
        assertThat(stream.result().value()).isEqualTo("xab");
        assertThat(brief(read(handle.watch(StreamMode.UPDATES))))
                .as("of a run that is over")
                .containsExactly("update task:a#1 = xa", "update task:b#1 = xab", "update run = xab");
    }

    @Test
    void aStreamOfARunThatHasBegunRepeatsItsBeginning() throws Exception {
        Gate gate = new Gate();
        Lab front = front(Durability.SYNC, (input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            return calls.task("b", a, s -> gate.pass(s) + "b").join();
        });
        RunHandle<String> handle = front.workflow().enqueue("x", Q);
        work(front, Durability.SYNC);
        gate.awaitArrival();

        RunStream<String> stream = handle.watch();

        assertThat(stream.iterator().next()).extracting(StreamFixture::brief).isEqualTo("update task:a#1 = xa");
        gate.open();
        assertThat(brief(read(stream))).containsExactly("update task:b#1 = xab", "update run = xab");
    }

    @Test
    void aStreamOfARunThatIsCancelledOrUnknownEndsWithThat() throws Exception {
        Lab front = front(Durability.ASYNC, twoSteps);
        RunHandle<String> handle = front.workflow().enqueue("x", Q);
        RunStream<String> stream = handle.watch();

        handle.cancel();

        assertThatThrownBy(() -> read(stream)).isInstanceOf(WorkflowCancelledException.class);
        assertThatThrownBy(stream::result).isInstanceOf(WorkflowCancelledException.class);
        assertThatThrownBy(() -> read(front.workflow().handle("never", "t").watch()))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.UNKNOWN));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aStreamOfAnAnswerWaitsForWhatTheWorkerDoesWithIt(Durability durability) throws Exception {
        Lab front = front(
                durability,
                (input, calls, run) -> calls.task("a", run.interrupt(NAME, "who?"), s -> s + "a")
                        .join());
        RunHandle<String> handle = front.workflow().enqueue("x", Q);
        RunStream<String> asking = handle.watch();
        Lab worker = work(front, durability);
        assertThat(brief(read(asking))).containsExactly("interrupted UPDATES 1");
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);
        worker.close();

        RunHandle<String> answered = front.workflow().enqueue(Command.resume("ann"), T);
        RunStream<String> stream = answered.watch();
        work(front, durability);

        assertThat(brief(read(stream))).contains("update task:a#1 = anna", "update run = anna");
    }

    @Test
    void aStreamGoesOnWithTheNextWorkerIfOneDies() throws Exception {
        Gate gate = new Gate();
        Lab front = front(Durability.SYNC, (input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            return calls.task("b", a, s -> gate.pass(s) + "b").join();
        });
        RunHandle<String> handle = front.workflow().enqueue("x", Q);
        RunStream<String> stream = handle.watch();
        Lab dying = work(front, Durability.SYNC);
        gate.awaitArrival();

        dying.crash();
        gate.open();

        assertThat(brief(read(stream)))
                .containsExactly("update task:a#1 = xa", "update task:b#1 = xab", "update run = xab");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatNoLogHasIsHeardInTheGraphThatExecutesTheRun(Durability durability) throws Exception {
        store = newStore();
        Lab lab = opened(new Lab(store, durability)).options(graph -> graph.worker(WORKER));
        lab.body((input, calls, run) -> {
            run.emit("first");
            String a = calls.task("a", input, s -> s + "a").join();
            run.sleep(Duration.ofMillis(200));
            run.emit("last");
            return a;
        });
        lab.graph().queue("q").pause();
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        RunStream<String> stream = handle.watch(StreamMode.UPDATES, StreamMode.CUSTOM);

        lab.graph().queue("q").resume();

        assertThat(brief(read(stream.live())))
                .containsExactly("custom run = first", "update task:a#1 = xa", "custom run = last", "update run = xa");
        assertThat(stream.result().value()).isEqualTo("xa");
    }

    @Test
    void whatNoLogHasIsRefusedElsewhere() throws Exception {
        Gate gate = new Gate();
        Lab front = front(
                Durability.ASYNC,
                (input, calls, run) -> calls.task("a", input, gate::pass).join());
        RunHandle<String> handle = front.workflow().enqueue("x", Q);
        RunStream<String> stream = handle.watch(StreamMode.CUSTOM);

        work(front, Durability.ASYNC);
        gate.awaitArrival();

        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("not in its log");
        gate.open();
        assertThat(handle.result().value()).isEqualTo("x");
        LabGraph client = opened(LabGraph.client().checkpointer(store).build());
        assertThatThrownBy(() -> client.add(front.spec()).handle("r", "t").watch(StreamMode.CUSTOM))
                .isInstanceOf(RequestRefusedException.class);
    }
}
