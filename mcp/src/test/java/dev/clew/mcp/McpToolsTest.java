package dev.clew.mcp;

import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.Agent;
import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.Decision;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.ToolErrors;
import dev.clew.effect.Resolution;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelClient;
import dev.clew.task.RetryPolicy;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.ToolRef;
import dev.clew.tools.ToolResult;
import dev.clew.value.IllegalRequestException;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools of a server of the official SDK, which is another process. */
final class McpToolsTest {
    @TempDir
    Path folder;

    private final List<McpSyncClient> clients = new CopyOnWriteArrayList<>();

    private McpSyncClient connect() {
        return connect(Duration.ofSeconds(8));
    }

    private McpSyncClient connect(Duration timeout) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ServerParameters process = ServerParameters.builder(java)
                .args(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ToolServer.class.getName(),
                        notes().toString())
                .build();
        StdioClientTransport transport = new StdioClientTransport(process, McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(line -> System.err.println("SERVER " + line));
        McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(timeout)
                .initializationTimeout(Duration.ofSeconds(30))
                .build();
        clients.add(client);
        return client;
    }

    private Path notes() {
        return folder.resolve("notes.txt");
    }

    private List<String> noted() throws IOException {
        return Files.exists(notes()) ? Files.readAllLines(notes()) : List.of();
    }

    @AfterEach
    void close() {
        clients.forEach(McpSyncClient::close);
    }

    /** It calls a tool, and then says what came of it. */
    private static ModelClient calling(String tool, Map<String, Object> arguments) {
        return (request, call) -> request.lastMessage() instanceof ToolMessage result
                ? Message.ai((result.isError() ? "failed: " : "") + result.text())
                : Message.ai(ToolCall.of("c1", tool, arguments));
    }

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, ModelClient model, McpTools tools) {
        lab.replayCheck(false); // it would build the agents again, with clients that are closed by then
        String name = "desk" + model.hashCode(); // the same in all processes of a lab
        return lab.graph(() -> Agent.builder(name, model)
                        .middleware(tools, ToolErrors.tell())
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());
    }

    @ClewTest(SQLITE)
    void personIsAskedAndTheCallIsAStepOverACrash(Lab lab) throws IOException {
        ModelClient model = calling("notes_server__note", Map.of("text", "hi", "times", 1));
        var agent = agent(lab, model, McpTools.of(this::connect));

        agent.invoke(AgentInput.user("Go")).only(HumanInTheLoop.APPROVAL);
        assertThat(noted()).isEmpty();
        lab.crash();
        lab.crashAfter("tool:notes_server__note");
        AgentResult<String> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.approve()).value();

        assertThat(result.output()).isEqualTo("noted: hi");
        assertThat(((ToolMessage) result.messages().get(1)).artifact()).isEqualTo(Map.of("notes", 1));
        assertThat(noted()).hasSize(1);
        assertThat(noted().get(0)).matches("hi \\S{8,}");
    }

    @ClewTest(SQLITE)
    void serverThatIsKilledInTheMiddleOfACallIsStartedAgainForTheRetry(Lab lab) throws IOException {
        ModelClient model = calling("notes_server__fragile", Map.of("text", "hi"));
        McpTools tools = McpTools.of(this::connect)
                .allow("fragile")
                .retry(RetryPolicy.builder().maxAttempts(2).build());

        AgentResult<String> result =
                agent(lab, model, tools).invoke(AgentInput.user("Go")).value();

        assertThat(result.output()).isEqualTo("noted: hi");
        assertThat(noted()).hasSize(2);
        assertThat(noted().stream().distinct()).hasSize(1); // the id of the step is the same
    }

    @ClewTest(SQLITE)
    void serverThatIsKilledIsToldWithoutARetry(Lab lab) throws IOException {
        ModelClient model = calling("notes_server__fragile", Map.of("text", "hi"));

        AgentResult<String> result = agent(lab, model, McpTools.of(connect()).allow("*"))
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.output()).startsWith("failed: ").contains("may have been executed");
        assertThat(noted()).hasSize(1);
    }

    @ClewTest(SQLITE)
    void onceToolOfAServerThatIsKilledInTheMiddleOfACallIsAskedAbout(Lab lab) throws IOException {
        ModelClient model = calling("notes_server__fragile", Map.of("text", "hi"));
        McpTools tools = McpTools.of(this::connect).allow("*").once("frag*");
        var agent = agent(lab, model, tools);

        var outcome = ToolRef.of("notes_server__fragile").outcome();
        var question = agent.invoke(AgentInput.user("Go")).only(outcome);
        assertThat(question.value().why()).contains("may have been executed");
        assertThat(noted()).containsExactly("hi " + question.value().effectId());
        AgentResult<String> result =
                agent.answer(outcome, Resolution.succeeded("it is there")).value();

        assertThat(result.output()).isEqualTo("it is there");
        assertThat(noted()).hasSize(1);
    }

    @ClewTest(SQLITE)
    void deniedWrongAndFailingCallsAreTold(Lab lab) throws IOException {
        McpTools tools = McpTools.of(this::connect).named("n").allow("*").deny("note");

        assertThat(output(lab, calling("n__note", Map.of("text", "hi")), tools)).contains("not permitted");
        assertThat(noted()).isEmpty();
        McpTools open = McpTools.of(this::connect).named("n").allow("*");
        assertThat(output(lab, calling("n__note", Map.of("text", List.of())), open))
                .contains("text: expected");
        assertThat(output(lab, calling("n__fails", Map.of("text", "hi")), open)).isEqualTo("failed: no such note");
        assertThat(noted()).isEmpty();
    }

    private String output(Lab lab, ModelClient model, McpTools tools) {
        return agent(lab, model, tools)
                .on("t-" + model.hashCode())
                .invoke(AgentInput.user("Go"))
                .value()
                .output();
    }

    @Test
    void ruleAboutAToolThatIsNotThereIsRefused() {
        McpTools wrong = McpTools.of(this::connect).allow("notee");

        assertThatThrownBy(() -> Agent.builder("desk", calling("x", Map.of()))
                        .middleware(wrong)
                        .build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'notee'")
                .hasMessageContaining("[fails, fragile, note, waits]");
    }

    @Test
    void callThatFailsDoesNotEndAnotherOne() throws Exception {
        McpConnection connection = new McpConnection(null, () -> connect(Duration.ofSeconds(4)));
        Path file = folder.resolve("there");
        assertThat(connection.tools()).hasSize(4);
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            Future<?> failing = others.submit(() -> connection.call(
                    "waits", Map.of("text", folder.resolve("never").toString()), "one"));
            // Later, so that it has time left when the first one has none.
            Thread.sleep(2_500);
            Future<ToolResult<?>> served =
                    others.submit(() -> connection.call("waits", Map.of("text", file.toString()), "two"));

            assertThatThrownBy(failing::get).hasRootCauseInstanceOf(TimeoutException.class);
            Files.createFile(file);

            assertThat(served.get().isError()).isFalse();
            assertThat(clients).hasSize(1);
            assertThat(connection.serverName()).isEqualTo("notes server");
            assertThat(clients).hasSize(2);
        } finally {
            others.shutdownNow();
        }
    }
}
