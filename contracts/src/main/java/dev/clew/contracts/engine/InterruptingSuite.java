package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Enqueued runs that cancel what their thread does, or take it back. */
public abstract class InterruptingSuite extends EngineSuite {
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");

    private Checkpointer store;

    /** A laboratory whose graph has a worker. */
    private Lab working(Durability durability) throws Exception {
        return enqueuing(durability).options(graph -> graph.worker(WORKER));
    }

    /** A laboratory that enqueues, and has no worker. */
    private Lab enqueuing(Durability durability) throws Exception {
        store = store == null ? newStore() : store;
        return opened(new Lab(store, durability));
    }

    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private static RunConfig interrupting(String id) {
        return Q.runId(id).whenBusy(WhenBusy.interrupt());
    }

    private static RunConfig rollingBack(String id) {
        return Q.runId(id).whenBusy(WhenBusy.rollback());
    }

    private static List<String> runs(Lab lab) {
        return lab.workflow().history("t").stream()
                .map(HistoryEntry::runId)
                .distinct()
                .toList();
    }

    /** "slow" passes a gate, "ask" asks, all others return at once. */
    private static Lab.Body program(Gate gate) {
        return (input, calls, run) -> switch (input) {
            case "slow" -> calls.task("slow", input, gate::pass).join();
            case "ask" -> run.interrupt(NAME, "who?");
            default -> calls.task("quick", input, in -> in).join();
        };
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInterruptingRunCancelsTheOneThatExecutesAndThoseThatWait(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = working(durability).body(program(gate));
        RunHandle<String> slow = lab.workflow().enqueue("slow", Q.runId("a"));
        RunHandle<String> waiting = lab.workflow().enqueue("x", Q.runId("b"));
        gate.awaitArrival();

        RunHandle<String> last = lab.workflow().enqueue("y", interrupting("c"));

        assertThat(last.result().value()).isEqualTo("y");
        assertThatThrownBy(slow::result).isInstanceOf(WorkflowCancelledException.class);
        assertThatThrownBy(waiting::result).isInstanceOf(WorkflowCancelledException.class);
        assertThat(slow.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(waiting.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(runs(lab)).as("what was interrupted stays").contains("a", "c");
        gate.open();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunOfAnotherProcessIsInterrupted(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = working(durability).body(program(gate));
        RunHandle<String> slow = lab.workflow().enqueue("slow", Q.runId("a"));
        gate.awaitArrival();
        try (Lab front = new Lab(new SecondDoor(store), durability).body(program(gate))) {
            RunHandle<String> last = front.workflow().enqueue("y", interrupting("b"));

            assertThat(last.result().value()).isEqualTo("y");
            assertThatThrownBy(slow::result).isInstanceOf(WorkflowCancelledException.class);
        }
        gate.open();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatAsksIsInterrupted(Durability durability) throws Exception {
        Lab lab = working(durability).body(program(new Gate()));
        RunHandle<String> asking = lab.workflow().enqueue("ask", Q.runId("a"));
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);

        RunHandle<String> last = lab.workflow().enqueue("y", interrupting("b"));

        assertThat(last.result().value()).isEqualTo("y");
        assertThat(asking.status()).isEqualTo(RunStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aDirectRunIsInterrupted(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = working(durability).body(program(gate));
        var direct = lab.workflow().invokeAsync("slow", T.runId("a"));
        gate.awaitArrival();

        RunHandle<String> last = lab.workflow().enqueue("y", interrupting("b"));

        assertThat(last.result().value()).isEqualTo("y");
        assertThatThrownBy(() -> direct.toCompletableFuture().join())
                .hasCauseInstanceOf(WorkflowCancelledException.class);
        gate.open();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRolledBackRunLeavesNothingButItsId(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = working(durability).body(program(gate));
        assertThat(lab.workflow().enqueue("before", Q.runId("a")).result().value())
                .isEqualTo("before");
        RunHandle<String> slow = lab.workflow().enqueue("slow", Q.runId("b"));
        gate.awaitArrival();

        RunHandle<String> last = lab.workflow().enqueue("y", rollingBack("c"));

        assertThat(last.result().value()).isEqualTo("y");
        assertThat(runs(lab)).containsExactly("c", "a");
        assertThat(slow.status()).isEqualTo(RunStatus.CANCELLED);
        assertThatThrownBy(slow::result).isInstanceOf(WorkflowCancelledException.class);
        List<HistoryEntry<String>> history = lab.workflow().history("t");
        HistoryEntry<String> ofA = history.stream()
                .filter(entry -> "a".equals(entry.runId()))
                .findFirst()
                .orElseThrow();
        HistoryEntry<String> opening = history.stream()
                .filter(entry -> "c".equals(entry.runId()))
                .reduce((newer, older) -> older)
                .orElseThrow();
        assertThat(opening.parentId()).isEqualTo(ofA.id());
        RunHandle<String> again = lab.workflow().enqueue("z", Q.runId("b"));
        assertThat(again.status()).as("its id stays used").isEqualTo(RunStatus.CANCELLED);
        gate.open();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theFirstRunOfAThreadIsRolledBack(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = working(durability).body(program(gate));
        RunHandle<String> slow = lab.workflow().enqueue("slow", Q.runId("a"));
        gate.awaitArrival();

        assertThat(lab.workflow().enqueue("y", rollingBack("b")).result().value())
                .isEqualTo("y");

        assertThat(runs(lab)).containsExactly("b");
        assertThat(slow.status()).isEqualTo(RunStatus.CANCELLED);
        gate.open();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatAskedIsRolledBack(Durability durability) throws Exception {
        Lab lab = working(durability).body(program(new Gate()));
        lab.workflow().enqueue("before", Q.runId("a")).result();
        assertThat(lab.workflow().enqueue("ask", Q.runId("b")).result()).isInstanceOf(RunResult.Interrupted.class);

        assertThat(lab.workflow().enqueue("y", rollingBack("c")).result().value())
                .isEqualTo("y");

        assertThat(runs(lab)).containsExactly("c", "a");
        assertThat(lab.workflow().state("t").pending()).isEmpty();
    }

    @Test
    void aRunThatWasForkedIsOnlyInterrupted() throws Exception {
        Lab lab = working(Durability.SYNC).body(program(new Gate()));
        lab.workflow().enqueue("before", Q.runId("a")).result();
        lab.workflow().enqueue("ask", Q.runId("b")).result();
        lab.workflow().fork(T);

        assertThat(lab.workflow().enqueue("y", rollingBack("c")).result().value())
                .isEqualTo("y");

        assertThat(runs(lab)).contains("a", "b", "c");
    }

    @Test
    void aRunThatWasOverIsNotRolledBack() throws Exception {
        Lab lab = working(Durability.ASYNC).body(program(new Gate()));
        lab.workflow().enqueue("x", Q.runId("a")).result();

        assertThat(lab.workflow().enqueue("y", rollingBack("b")).result().value())
                .isEqualTo("y");

        assertThat(runs(lab)).containsExactly("b", "a");
    }

    @Test
    void aRunThatWasCancelledLongAgoIsNotRolledBack() throws Exception {
        Gate gate = new Gate();
        Lab lab = working(Durability.ASYNC).body(program(gate));
        RunHandle<String> slow = lab.workflow().enqueue("slow", Q.runId("a"));
        gate.awaitArrival();
        slow.cancel();
        Eventually.until(() -> slow.status() == RunStatus.CANCELLED);

        assertThat(lab.workflow().enqueue("y", rollingBack("b")).result().value())
                .isEqualTo("y");

        assertThat(runs(lab)).contains("a", "b");
        gate.open();
    }

    @Test
    void directRunsCancelNothing() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);

        for (WhenBusy busy : List.of(WhenBusy.interrupt(), WhenBusy.rollback())) {
            assertThatThrownBy(() -> lab.workflow().invoke("x", T.whenBusy(busy)))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("enqueue(input, config)");
        }
    }
}
