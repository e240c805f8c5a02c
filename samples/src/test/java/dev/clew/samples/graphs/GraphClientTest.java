package dev.clew.samples.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import org.junit.jupiter.api.Test;

/** A client of a graph of graphs needs neither its object nor what the constructor wants. */
class GraphClientTest {
    private static final RunConfig JOB = RunConfig.thread("team").queue("teams");

    @Test
    void aClientEnqueuesWhatAWorkerExecutes() {
        Checkpointer store = Checkpointer.inMemory();
        try (var client = HierarchicalTeamGraph.client(store)) {
            RunHandle<String> job = client.workflow().enqueue("the way out", JOB);
            assertThat(job.status()).isEqualTo(RunStatus.QUEUED);
            assertThatThrownBy(() -> client.workflow().invoke("the way out", RunConfig.thread("other")))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("enqueue");
            try (var worker = HierarchicalTeamGraph.builder(new HierarchicalTeam(HierarchicalTeam::decide))
                    .checkpointer(store)
                    .worker(Worker.of("teams"))
                    .build()) {
                assertThat(job.result().value()).startsWith("the way out, in 2 parts");
                assertThat(worker.queue("teams").depth()).isZero();
            }
            assertThat(client.workflow().state("team").value()).startsWith("the way out, in 2 parts");
        }
    }
}
