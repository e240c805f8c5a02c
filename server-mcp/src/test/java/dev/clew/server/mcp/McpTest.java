package dev.clew.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.queue.Worker;
import dev.clew.server.AgentServer;
import dev.clew.server.auth.Authenticator;
import dev.clew.server.spi.ServerExtension;
import dev.clew.store.Store;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SDK's own client against a server. */
final class McpTest {
    private static final String KEY = "0123456789abcdef";

    private final Shop shop = new Shop();
    private final ShopGraph graph = ShopGraph.builder(shop)
            .checkpointer(Checkpointer.inMemory())
            .worker(Worker.of("default"))
            .build();
    private AgentServer server = serve(Mcp.endpoint());

    private AgentServer serve(ServerExtension endpoint) {
        return AgentServer.builder()
                .graph(graph)
                .port(0)
                .authenticator(Authenticator.apiKey(KEY))
                .store(Store.inMemory())
                .extension(endpoint)
                .start();
    }

    @AfterEach
    void close() {
        shop.go.countDown();
        server.close();
        graph.close();
    }

    private McpSyncClient client(String key) {
        return McpClient.sync(
                        HttpClientStreamableHttpTransport.builder(server.uri().toString())
                                .requestBuilder(HttpRequest.newBuilder().header("x-api-key", key))
                                .build())
                .build();
    }

    private static McpSchema.CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static Map<?, ?> content(McpSchema.CallToolResult result) {
        return (Map<?, ?>) result.structuredContent();
    }

    private static String text(McpSchema.CallToolResult result) {
        return ((McpSchema.TextContent) result.content().get(0)).text();
    }

    @Test
    void everyWorkflowIsAToolWithItsSchemas() {
        try (McpSyncClient client = client(KEY)) {
            client.initialize();
            client.ping();
            List<McpSchema.Tool> tools = client.listTools().tools();

            assertThat(tools)
                    .extracting(McpSchema.Tool::name)
                    .containsExactlyInAnyOrder("buy", "greet", "count", "broken", "slow", "answer");
            McpSchema.Tool buy = tools.stream()
                    .filter(tool -> tool.name().equals("buy"))
                    .findFirst()
                    .orElseThrow();
            assertThat(buy.inputSchema().get("properties").toString()).contains("item", "count");
            assertThat(buy.outputSchema().toString()).contains("orders", "__interrupt__");
        }
    }

    @Test
    void aResultIsTextAndStructured() {
        try (McpSyncClient client = client(KEY)) {
            client.initialize();
            McpSchema.CallToolResult bought = call(client, "buy", Map.of("item", "pens", "count", 3));

            assertThat(bought.isError()).isFalse();
            assertThat(content(bought).get("text")).isEqualTo("bought 3 pens");
            assertThat(text(bought)).startsWith("{\"text\":\"bought 3 pens\"");
            assertThat(content(call(client, "greet", Map.of("input", "ann"))).get("output"))
                    .isEqualTo("hello ann");
            assertThat(content(call(client, "count", Map.of())).get("output")).isEqualTo(7);
            assertThat(post("/threads/search", "{}").body()).isEqualTo("[]");
        }
    }

    @Test
    void aQuestionIsAnOrdinaryResultThatTheToolAnswerContinues() {
        try (McpSyncClient client = client(KEY)) {
            client.initialize();
            McpSchema.CallToolResult asks = call(client, "buy", Map.of("item", "pens", "count", 30));
            assertThat(asks.isError()).isFalse();
            String thread = (String) content(asks).get("thread_id");
            Map<?, ?> question = (Map<?, ?>) ((List<?>) content(asks).get("__interrupt__")).get(0);
            assertThat(question.get("value")).isEqualTo(Map.of("item", "pens", "count", 30));
            assertThat(asks.content().toString()).contains("Call the tool 'answer'");

            String id = (String) question.get("id");
            McpSchema.CallToolResult wrong =
                    call(client, "answer", Map.of("thread_id", thread, "answers", Map.of(id, "yes")));
            assertThat(wrong.isError()).isTrue();
            McpSchema.CallToolResult done =
                    call(client, "answer", Map.of("thread_id", thread, "answers", Map.of(id, Map.of("ok", true))));
            assertThat(content(done).get("text")).isEqualTo("bought 30 pens");
            assertThat(call(client, "answer", Map.of("thread_id", thread, "answers", Map.of(id, 1)))
                            .isError())
                    .isTrue();
        }
    }

    @Test
    void failuresAndWrongInputsAreErrorsWithASentence() {
        try (McpSyncClient client = client(KEY)) {
            client.initialize();
            McpSchema.CallToolResult failed = call(client, "broken", Map.of("input", "x"));
            assertThat(failed.isError()).isTrue();
            assertThat(text(failed)).isEqualTo("IllegalStateException: out of stock");
            McpSchema.CallToolResult wrong = call(client, "buy", Map.of("item", "pens", "count", "many"));
            assertThat(wrong.isError()).isTrue();
            assertThat(text(wrong)).contains("count");
            assertThat(text(call(client, "greet", Map.of("name", "ann"))))
                    .isEqualTo("the tool 'greet' needs the argument 'input'");
            assertThatException().isThrownBy(() -> call(client, "nobody", Map.of()));
        }
    }

    @Test
    void aThreadThatNoCallMadeStaysAndSoDoesOneThatFailed() {
        try (McpSyncClient client = client(KEY)) {
            client.initialize();
            post("/threads", "{\"thread_id\":\"a/~b\"}");
            post("/threads/~YS9-Yg/runs/wait", "{\"assistant_id\":\"buy\",\"input\":{\"item\":\"pens\",\"count\":30}}");
            McpSchema.CallToolResult asks = call(client, "answer", Map.of("thread_id", "a/~b"));
            Map<?, ?> question = (Map<?, ?>) ((List<?>) content(asks).get("__interrupt__")).get(0);

            McpSchema.CallToolResult done = call(
                    client,
                    "answer",
                    Map.of("thread_id", "a/~b", "answers", Map.of((String) question.get("id"), Map.of("ok", true))));
            assertThat(content(done).get("text")).isEqualTo("bought 30 pens");
            assertThat(get("/threads/~YS9-Yg").statusCode()).isEqualTo(200);

            call(client, "broken", Map.of("input", "x"));
            assertThat(post("/threads/search", "{\"metadata\":{\"clew_mcp\":true}}")
                            .body())
                    .contains("\"status\":\"error\"");
        }
    }

    @Test
    void aCallThatTakesTooLongSaysWhereToWaitOn() {
        server.close();
        server = serve(Mcp.endpoint(Duration.ofMillis(1)));
        String thread;
        try (McpSyncClient client = client(KEY)) {
            client.initialize();
            McpSchema.CallToolResult goesOn = call(client, "slow", Map.of("input", "x"));
            thread = (String) content(goesOn).get("thread_id");

            assertThat(goesOn.isError()).isFalse();
            assertThat(content(goesOn).get("__interrupt__")).isEqualTo(List.of());
            assertThat(goesOn.content().toString()).contains("goes on", thread);
            assertThat(content(call(client, "answer", Map.of("thread_id", thread)))
                            .get("thread_id"))
                    .isEqualTo(thread);
        }
        server.close();
        server = serve(Mcp.endpoint());
        shop.go.countDown();
        try (McpSyncClient client = client(KEY)) {
            client.initialize();
            assertThat(content(call(client, "answer", Map.of("thread_id", thread)))
                            .get("output"))
                    .isEqualTo("slow x");
            assertThat(get("/threads/" + thread).statusCode()).isEqualTo(404);
        }
        assertThatThrownBy(() -> Mcp.endpoint(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRunThatIsCancelledIsAnError() {
        server.close();
        server = serve(Mcp.endpoint(Duration.ofMillis(1)));
        try (McpSyncClient client = client(KEY)) {
            client.initialize();
            String thread =
                    (String) content(call(client, "slow", Map.of("input", "x"))).get("thread_id");
            post("/runs/cancel", "{\"thread_id\":\"" + thread + "\"}");
            McpSchema.CallToolResult ended = await().until(
                            () -> call(client, "answer", Map.of("thread_id", thread)),
                            McpSchema.CallToolResult::isError);

            assertThat(text(ended)).contains("cancelled", thread);
        }
    }

    @Test
    void namesThatCollideAreStillShort() {
        Set<String> taken = new HashSet<>();

        assertThat(Tools.unique("x".repeat(70), taken)).hasSize(64);
        assertThat(Tools.unique("x".repeat(71), taken)).hasSize(64).endsWith("_2");
        assertThat(Tools.unique("a/b", taken)).isEqualTo("a_b");
    }

    @Test
    void anAssistantMayHaveAnyId() {
        post("/assistants", "{\"graph_id\":\"greet\",\"assistant_id\":\"~a/b\",\"name\":\"hers\"}");
        try (McpSyncClient client = client(KEY)) {
            client.initialize();

            assertThat(content(call(client, "hers", Map.of("input", "ann"))).get("output"))
                    .isEqualTo("hello ann");
        }
    }

    /** A page of another origin can send a text without asking first. */
    @Test
    void aBodyThatIsNoJsonIsRefused() {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"count\"}}";

        assertThat(send(
                                "/mcp",
                                request -> request.header("Content-Type", "text/plain")
                                        .POST(HttpRequest.BodyPublishers.ofString(call)))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void oddMessagesAreAnsweredAndNeverBreakTheServer() {
        String deep = "[".repeat(190) + "]".repeat(190);
        for (String params : List.of(
                "5",
                "null",
                "[]",
                "{}",
                "{\"name\":5}",
                "{\"name\":null}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":\"buy\",\"arguments\":5}",
                "{\"name\":\"buy\",\"arguments\":[1]}",
                "{\"name\":\"buy\",\"arguments\":" + deep + "}",
                "{\"name\":\"buy\",\"arguments\":{\"item\":\"\\u0000\",\"count\":1e999999999}}",
                "{\"name\":\"greet\",\"arguments\":{\"input\":{\"a\":1}}}",
                "{\"name\":\"answer\",\"arguments\":{\"thread_id\":5}}",
                "{\"name\":\"answer\",\"arguments\":{\"thread_id\":\"\\u0000/..\",\"answers\":{\"x\":1}}}",
                "{\"name\":\"answer\",\"arguments\":{\"thread_id\":\"" + "y".repeat(3000) + "\"}}",
                "{\"protocolVersion\":5,\"capabilities\":5}")) {
            for (String method : List.of("tools/call", "tools/list", "initialize", "ping", "bogus")) {
                String message =
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
                HttpResponse<String> answer = post("/mcp", message);
                assertThat(answer.statusCode())
                        .as(message + " " + answer.body())
                        .isLessThan(500);
                assertThat(answer.body()).as(message).isNotBlank();
            }
        }
        for (String message : List.of(
                "5",
                "null",
                "[]",
                "{}",
                "{\"jsonrpc\":2}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")) {
            assertThat(post("/mcp", message).statusCode()).as(message).isBetween(200, 499);
        }
        assertThat(post("/threads/search", "{}").body()).isEqualTo("[]");
    }

    @Test
    void nobodyIsAnsweredWithoutCredentials() {
        try (McpSyncClient client = client("wrong-wrong-wrong")) {
            assertThatException().isThrownBy(client::initialize);
        }
        assertThat(post("/mcp", "[]").statusCode()).isEqualTo(400);
        assertThat(post("/mcp", "{").statusCode()).isEqualTo(400);
        assertThat(post("/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
    }

    private HttpResponse<String> post(String path, String body) {
        return send(
                path,
                request -> request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) {
        return send(path, request -> request);
    }

    private HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> made) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.uri() + path)).header("x-api-key", KEY);
        try {
            return HttpClient.newHttpClient().send(made.apply(request).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }
}
