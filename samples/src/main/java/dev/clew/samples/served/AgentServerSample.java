package dev.clew.samples.served;

import dev.clew.queue.Worker;
import dev.clew.samples.essay.EssayFlow;
import dev.clew.samples.essay.EssayFlowGraph;
import dev.clew.samples.graphs.Reflection;
import dev.clew.samples.graphs.ReflectionGraph;
import dev.clew.samples.shared.Terminal;
import dev.clew.server.AgentServer;
import dev.clew.sqlite.Sqlite;

/**
 * Two workflows over HTTP, as LangGraph's own clients speak it: an essay that waits for an editor, and a graph. It serves
 * until you press Enter.
 */
public final class AgentServerSample {
    private AgentServerSample() {}

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var essays = EssayFlowGraph.builder(new EssayFlow(new OfflineWriter()))
                        .checkpointer(db.checkpointer())
                        .worker(Worker.of("default"))
                        .build();
                var poems = ReflectionGraph.builder(Reflection.offline())
                        .checkpointer(db.checkpointer())
                        .worker(Worker.of("default"))
                        .build();
                var server = AgentServer.builder()
                        .graph(essays)
                        .graph(poems)
                        .store(db.store())
                        .port(Integer.getInteger("samples.port", 0))
                        .dev()
                        .start()) {
            System.out.println("serving " + server.uri() + ", described at " + server.uri() + "/openapi.json");
            System.out.println("look at it, and answer what it asks, at " + server.uri() + "/clew/");
            System.out.println("ask for an essay:");
            System.out.println(
                    "curl " + server.uri() + "/threads/essay-1/runs/wait -H 'Content-Type: application/json' -d"
                            + " '{\"assistant_id\":\"EssayFlow.write\",\"input\":\"rain\",\"if_not_exists\":\"create\"}'");
            System.out.println("and answer what it asks:");
            System.out.println(
                    "curl " + server.uri() + "/threads/essay-1/runs/wait -H 'Content-Type: application/json' -d"
                            + " '{\"assistant_id\":\"EssayFlow.write\",\"command\":{\"resume\":{\"approved\":true,\"feedback\":\"\"}}}'");
            boolean unused = Terminal.ask("Press Enter to end.").isPresent();
        }
    }
}
