package dev.clew.samples.served;

import dev.clew.queue.Worker;
import dev.clew.samples.agents.TravelAgent;
import dev.clew.samples.essay.EssayFlow;
import dev.clew.samples.essay.EssayFlowGraph;
import dev.clew.samples.graphs.Reflection;
import dev.clew.samples.graphs.ReflectionGraph;
import dev.clew.samples.shared.Terminal;
import dev.clew.server.AgentServer;
import dev.clew.sqlite.Sqlite;
import java.net.URI;
import java.util.List;

/**
 * A workflow, a graph and an agent over HTTP, as LangGraph's own clients speak it: the essay waits for an editor, and the agent
 * asks before it books a trip. It serves until you press Enter.
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
                var trips = TravelAgent.offline()
                        .graph()
                        .checkpointer(db.checkpointer())
                        .worker(Worker.of("default"))
                        .build();
                var server = AgentServer.builder()
                        .graph(essays)
                        .graph(poems)
                        .graph(trips)
                        .store(db.store())
                        .port(Integer.getInteger("samples.port", 0))
                        .dev()
                        .start()) {
            System.out.println("serving " + server.uri() + ", described at " + server.uri() + "/openapi.json");
            System.out.println("look at it, and answer what it asks, at " + server.uri() + "/clew/");
            commands(server.uri()).forEach(System.out::println);
            boolean unused = Terminal.ask("Press Enter to end.").isPresent();
        }
    }

    private static List<String> commands(URI server) {
        return List.of(
                "ask the agent for a trip; it asks before it books:",
                wait(
                        server,
                        "trip-1",
                        "\"assistant_id\":\"travel-agent\",\"if_not_exists\":\"create\",\"input\":"
                                + "{\"messages\":[{\"type\":\"human\",\"content\":\"Three days in Crete, please.\"}]}"),
                "ask for an essay:",
                wait(
                        server,
                        "essay-1",
                        "\"assistant_id\":\"EssayFlow.write\",\"if_not_exists\":\"create\",\"input\":\"rain\""),
                "and answer what it asks:",
                wait(
                        server,
                        "essay-1",
                        "\"assistant_id\":\"EssayFlow.write\",\"command\":{\"resume\":{\"approved\":true,\"feedback\":\"\"}}"));
    }

    private static String wait(URI server, String thread, String members) {
        return "curl " + server + "/threads/" + thread + "/runs/wait -H 'Content-Type: application/json' -d '{"
                + members + "}'";
    }
}
