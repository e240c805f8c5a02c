package dev.clew.samples.served;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.client.RemoteWorkflow;
import dev.clew.queue.Worker;
import dev.clew.samples.essay.EssayFlow;
import dev.clew.samples.essay.EssayFlow.Essay;
import dev.clew.samples.essay.EssayFlowGraph;
import dev.clew.server.AgentServer;
import org.junit.jupiter.api.Test;

final class RemoteSampleTest {
    @Test
    void aServersWorkflowIsAnsweredStreamedAndCalledByAnotherWorkflowAndAGraph() {
        try (var essays = EssayFlowGraph.builder(new EssayFlow(new OfflineWriter()))
                        .checkpointer(Checkpointer.inMemory())
                        .worker(Worker.of("default"))
                        .build();
                var server = AgentServer.builder().graph(essays).port(0).start()) {
            RemoteWorkflow<String, Essay> write =
                    RemoteSample.remote(server.uri().toString());

            assertThat(RemoteSample.answered(write)).isEqualTo("All about rain.");
            assertThat(RemoteSample.streamed(write)).isEqualTo("1 steps on the server");
            assertThat(RemoteSample.inABody(write)).isEqualTo("WIND\nAll about wind. It blows.");
            assertThat(RemoteSample.inAGraph(write)).isEqualTo("MIST\nAll about mist.");
        }
    }
}
