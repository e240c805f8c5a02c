package dev.clew.samples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.client.RemoteWorkflow;
import dev.clew.flow.RunConfig;
import dev.clew.queue.Worker;
import dev.clew.samples.essay.EssayFlow;
import dev.clew.samples.essay.EssayFlow.Essay;
import dev.clew.samples.essay.EssayFlowGraph;
import dev.clew.samples.served.OfflineWriter;
import dev.clew.samples.shared.Play;
import dev.clew.server.AgentServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServedThreadsTest {
    @TempDir
    private Path dir;

    private List<String> threads(AgentServer server, String command, String... input) throws Exception {
        List<String> args = new ArrayList<>(List.of("--url", server.uri().toString()));
        if (!command.isEmpty()) {
            args.addAll(List.of(command.split(" ")));
        }
        return Play.in(dir).run(args, ThreadsCommand::run, input);
    }

    @Test
    void threadsOfAServerAreListedShownAndAnswered() throws Exception {
        try (var essays = EssayFlowGraph.builder(new EssayFlow(new OfflineWriter()))
                        .checkpointer(Checkpointer.inMemory())
                        .worker(Worker.of("default"))
                        .build();
                var server = AgentServer.builder().graph(essays).port(0).start()) {
            assertThat(threads(server, "list")).containsExactly("no threads");
            RemoteWorkflow.builder(server.uri().toString(), "EssayFlow.write", String.class, Essay.class)
                    .question(EssayFlow.REVIEW)
                    .build()
                    .invoke("rain", RunConfig.thread("essay-1"));

            assertThat(threads(server, "list").get(1)).matches(" +1 +essay-1 +interrupted +EssayFlow.write .*");
            assertThat(threads(server, "show 1")).first().asString().contains("essay-1: interrupted");
            assertThat(threads(server, "show essay-1")).last().asString().startsWith("asks review: ");
            assertThat(threads(server, "answer essay-1 {\"approved\":true}"))
                    .last()
                    .asString()
                    .contains("'feedback' is missing");
            assertThat(threads(server, "", "answer 1", "{\"approved\":true,\"feedback\":\"\"}", "list", "quit"))
                    .anyMatch(line -> line.startsWith("finished: "))
                    .anyMatch(line -> line.matches(" +1 +essay-1 +idle .*"));
            assertThat(threads(server, "answer essay-1 yes")).containsExactly("thread 'essay-1' asks nothing");
            assertThat(threads(server, "cancel essay-1")).containsExactly("there is nothing to cancel");
            assertThat(threads(server, "show nobody")).containsExactly("the server has no thread 'nobody'");
            assertThat(threads(server, "html 1")).first().asString().startsWith("usage: ");
        }
    }
}
