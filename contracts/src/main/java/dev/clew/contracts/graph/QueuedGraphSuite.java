package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateUpdate;
import dev.clew.interrupt.Command;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs whose runs are enqueued: they pause at breakpoints, and are continued by a worker. */
@Timeout(60)
public abstract class QueuedGraphSuite extends GraphSuite {
    private static final RunConfig Q = T.queue("q");
    private static final Worker WORKER = Worker.of("q").concurrency(1).pollEvery(Duration.ofMillis(20));

    /** The line of three nodes in a process with a worker of one slot. */
    private CompiledGraph<String, Essay, Essay> worker() {
        return opened(line().builder()
                .checkpointer(new SecondDoor(store()))
                .worker(WORKER)
                .build());
    }

    @ParameterizedTest
    @EnumSource
    void aQueuedRunPausesAtABreakpointAndIsContinuedByAWorkerOfAnotherProcess(Durability durability) {
        GraphWorkflow<String, Essay, Essay> front = open(line());
        CompiledGraph<String, Essay, Essay> first = worker();
        RunHandle<Essay> rain = front.enqueue("rain", Q.durability(durability).pauseBefore(node("write")));
        RunHandle<Essay> behind = front.enqueue("snow", Q.durability(durability));
        assertThat(paused(rain.result()).breakpoint()).extracting(NodeRef::id).containsExactly("write");
        assertThat(rain.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(behind.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(front.enqueue("fog", RunConfig.thread("other").queue("q"))
                        .result()
                        .value()
                        .notes())
                .as("the slot is free")
                .hasSize(3);
        first.close();
        ran.clear();

        RunHandle<Essay> proceeded = front.enqueue(Command.proceed(), T);
        assertThat(proceeded.runId()).isEqualTo(rain.runId());
        CompiledGraph<String, Essay, Essay> second = worker();

        assertThat(rain.result().value().notes()).containsExactly("plan", "write", "polish");
        assertThat(behind.result().value().notes()).hasSize(6);
        assertThat(ran).containsExactly("write", "polish", "plan", "write", "polish");
        Eventually.until(() -> second.queue("q").requests().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void theBreakpointsOfItsConfigurationHoldAgainAndNewOnesMayBeNamed(Durability durability) {
        GraphWorkflow<String, Essay, Essay> front = open(line());
        CompiledGraph<String, Essay, Essay> worker = worker();
        RunHandle<Essay> rain = front.enqueue(
                "rain", Q.durability(durability).pauseBefore(node("write")).pauseAfter(node("write")));
        assertThat(paused(rain.result()).breakpoint()).extracting(NodeRef::id).containsExactly("write");
        Eventually.until(() -> worker.queue("q").requests(RequestState.PARKED).size() == 1);

        front.enqueue(Command.proceed(), T);

        Eventually.until(() -> ran.equals(List.of("plan", "write")) && rain.status() == RunStatus.INTERRUPTED);
        assertThat(front.snapshot("t").next()).containsExactly("polish");
        front.enqueue(Command.proceed(), T);
        Eventually.until(() -> rain.status() == RunStatus.COMPLETED);
        assertThat(rain.result().value().notes()).containsExactly("plan", "write", "polish");
        assertThat(ran).containsExactly("plan", "write", "polish");
    }

    @ParameterizedTest
    @EnumSource
    void aQueuedRunFailsAtItsFirstTurnIfTheFunctionOfItsInputThrows(Durability durability) {
        GraphSpec<String, Essay, Essay> spec = GraphSpec.of("picky", Essay.STATE)
                .input(String.class, QueuedGraphSuite::withoutHail)
                .node("write")
                .after(START)
                .leaf(in -> note("write"))
                .build();
        GraphWorkflow<String, Essay, Essay> front = open(spec);
        CompiledGraph<String, Essay, Essay> worker = opened(spec.builder()
                .checkpointer(new SecondDoor(store()))
                .worker(WORKER)
                .build());
        RunHandle<Essay> hail = front.enqueue("hail", Q.durability(durability));
        RunHandle<Essay> behind = front.enqueue("snow", Q.durability(durability));

        assertThatThrownBy(hail::result)
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("nobody writes of hail");

        assertThat(hail.status()).isEqualTo(RunStatus.FAILED);
        assertThat(behind.result().value().notes()).as("the line moves on").containsExactly("write");
        Eventually.until(() -> worker.queue("q").requests().isEmpty());
    }

    private static StateUpdate<Essay> withoutHail(String topic) {
        if (topic.equals("hail")) {
            throw new IllegalStateException("nobody writes of hail");
        }
        return Essay.topic(topic);
    }
}
