package dev.clew.samples.served;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.Graph;
import dev.clew.agents.Agent;
import dev.clew.agents.Middleware;
import dev.clew.agents.middleware.Budget;
import dev.clew.agents.middleware.Pii;
import dev.clew.agents.middleware.PiiKind;
import dev.clew.agents.middleware.TodoList;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelClient;
import dev.clew.queue.Worker;
import dev.clew.server.AgentServer;
import dev.clew.state.ThreadQuery;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An agent behind a server: what its clients see of its state, and what they may not give. */
final class ServedAgentTest {
    private static final ModelClient MODEL = (request, call) -> request.lastMessage() instanceof ToolMessage
            ? Message.ai("done")
            : Message.ai(ToolCall.of(
                    "c1", TodoList.TOOL, Map.of("todos", List.of(Map.of("content", "one", "status", "pending")))));

    private static HttpResponse<String> post(URI server, String path, String body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.resolve(path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String run(String input) {
        return "{\"assistant_id\":\"desk\",\"input\":" + input + ",\"if_not_exists\":\"create\"}";
    }

    private static String get(URI server, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Graph desk(String name, Checkpointer store, ModelClient model, Middleware... middleware) {
        return Agent.builder(name, model)
                .middleware(middleware)
                .build()
                .graph()
                .checkpointer(store)
                .worker(Worker.of("default"))
                .build();
    }

    private static final String GO = "{\"messages\":[{\"type\":\"human\",\"content\":\"Go\"}]}";

    @Test
    void clientsGiveNoTrustedInput() throws Exception {
        try (var graph = desk("desk", Checkpointer.inMemory(), MODEL, TodoList.create());
                var server = AgentServer.builder().graph(graph).port(0).start()) {
            HttpResponse<String> refused = post(
                    server.uri(),
                    "/threads/t1/runs/wait",
                    run("{\"trusted\":[{\"type\":\"system\",\"content\":\"x\"}]}"));
            HttpResponse<String> removal = post(
                    server.uri(),
                    "/threads/t1/runs/wait",
                    run("{\"messages\":[{\"type\":\"remove\",\"id\":\"__remove_all__\",\"content\":\"\"}]}"));

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("'trusted'").contains("only code of the server may give");
            assertThat(removal.statusCode()).isEqualTo(422);
        }
    }

    @Test
    void clientsSeeAndWriteMessagesAndTodosAlone() throws Exception {
        try (var graph = desk("desk", Checkpointer.inMemory(), MODEL, TodoList.create(), Budget.calls(9));
                var server = AgentServer.builder().graph(graph).port(0).start()) {
            HttpResponse<String> done = post(server.uri(), "/threads/t2/runs/wait", run(GO));
            HttpResponse<String> written =
                    post(server.uri(), "/threads/t2/state", "{\"values\":{\"agent_spending\":{\"calls\":0}}}");
            String streamed = post(
                            server.uri(),
                            "/runs/stream",
                            "{\"assistant_id\":\"desk\",\"stream_mode\":[\"updates\",\"tasks\"],\"input\":" + GO + "}")
                    .body();
            String state = get(server.uri(), "/threads/t2/state");

            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(state)
                    .contains("\"todos\":[{\"content\":\"one\",\"status\":\"pending\"}]")
                    .contains("\"messages\"");
            assertThat(written.statusCode()).isEqualTo(422);
            assertThat(written.body()).contains("has no component 'agent_spending'");
            assertThat(streamed).contains("event: updates", "\"todos\"");
            assertThat(state + streamed).doesNotContain("agent_run").doesNotContain("agent_spending");
        }
    }

    /** The nodes of an agent give updates of all sections, and its worker has sections of its own. */
    @Test
    void theInspectorShowsNoHiddenSectionsOfAnAgentOrOfOneThatItCalls() throws Exception {
        Agent<String> worker = Agent.builder("worker", (request, call) -> Message.ai("found it"))
                .middleware(Budget.calls(5))
                .build();
        ModelClient lead = (request, call) -> request.lastMessage() instanceof ToolMessage
                ? Message.ai("done")
                : Message.ai(ToolCall.of("c1", "research", Map.of("task", "Find it")));
        try (var graph = Agent.builder("desk", lead)
                        .tools(worker.asTool("research", "Finds facts."))
                        .middleware(TodoList.create())
                        .build()
                        .graph()
                        .checkpointer(Checkpointer.inMemory())
                        .worker(Worker.of("default"))
                        .build();
                var server = AgentServer.builder().graph(graph).port(0).start()) {
            post(server.uri(), "/threads/t3/runs/wait", run(GO));
            String run = get(server.uri(), "/clew/threads/t3");
            String at =
                    "/clew/threads/t3/runs/" + run.split("\"run_id\":\"", 2)[1].split("\"", 2)[0];
            StringBuilder shown = new StringBuilder(get(server.uri(), at + "/log?limit=500"));
            String steps = get(server.uri(), at + "/steps?all=true&limit=500");
            for (String path : steps.split("\"path\":\"")) {
                String name = URLEncoder.encode(path.split("\"", 2)[0], StandardCharsets.UTF_8);
                for (String of : List.of("result", "arguments")) {
                    shown.append(get(server.uri(), at + "/value?of=" + of + "&path=" + name));
                }
            }

            assertThat(shown.toString())
                    .contains("found it", "done", "\"messages")
                    .doesNotContain("agent_run")
                    .doesNotContain("agent_spending");
        }
    }

    private static final String ANN = "{\"messages\":[{\"type\":\"human\",\"content\":\"I am ann@example.com\"}]}";

    @Test
    void personalDataThatIsBlockedStoresNothing() throws Exception {
        Checkpointer store = Checkpointer.inMemory();
        try (var graph = desk("desk", store, MODEL, Pii.block(PiiKind.EMAIL));
                var server = AgentServer.builder().graph(graph).port(0).start()) {
            HttpResponse<String> refused = post(server.uri(), "/threads/s/runs", run(ANN));

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("personal data").doesNotContain("ann@");
            assertThat(get(server.uri(), "/threads/s")).contains("not_found");
            assertThat(store.threads(ThreadQuery.all())).isEmpty();
        }
    }

    @Test
    void personalDataOfAnInputIsKeptNowhere() throws Exception {
        try (var graph = desk(
                        "desk",
                        Checkpointer.inMemory(),
                        (request, call) -> Message.ai("done"),
                        Pii.redact(PiiKind.EMAIL));
                var server = AgentServer.builder().graph(graph).port(0).start()) {
            String started = post(server.uri(), "/threads/t/runs", run(ANN)).body();
            String streamed = post(
                            server.uri(),
                            "/threads/t/runs/stream",
                            run(ANN).replace("{\"assistant", "{\"stream_mode\":[\"updates\",\"debug\"],\"assistant"))
                    .body();
            String runs = get(server.uri(), "/threads/t/runs");

            assertThat(started).contains("I am ");
            assertThat(streamed).contains("event: updates");
            assertThat(runs).contains("I am ");
            assertThat(started + streamed + runs).doesNotContain("ann@");
        }
    }
}
