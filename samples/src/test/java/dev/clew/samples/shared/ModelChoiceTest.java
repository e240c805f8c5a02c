package dev.clew.samples.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.samples.patterns.Agent;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ModelChoiceTest {
    public record Route(String desk, int urgency) {}

    private static final ScriptedModel SCRIPT = new ScriptedModel().when("hello", "from the script");

    @Test
    void isTheScriptWhereTheEnvironmentNamesNoModel() {
        assertThat(ModelChoice.or(SCRIPT, Map.of()).chat("hello")).isEqualTo("from the script");
    }

    @Test
    void speaksOpenAisProtocol() throws Exception {
        try (LoopbackModel server = new LoopbackModel(openAi("\"content\": \"from the wire\""))) {
            ChatModel model = ModelChoice.or(
                    SCRIPT,
                    Map.of("OPENAI_BASE_URL", server.url() + "/v1", "OPENAI_API_KEY", "k", "OPENAI_MODEL", "tiny"));

            assertThat(model.chat("hello")).isEqualTo("from the wire");
            assertThat(server.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.path()).isEqualTo("/v1/chat/completions");
                assertThat(asked.authorization()).isEqualTo("Bearer k");
                assertThat(asked.json()).contains("\"tiny\"").contains("hello");
            });
        }
    }

    @Test
    void asksForARecordBySchema() throws Exception {
        String record = "\"content\": \"{\\\"desk\\\": \\\"repairs\\\", \\\"urgency\\\": 3}\"";
        try (LoopbackModel server = new LoopbackModel(openAi(record))) {
            ChatModel model = ModelChoice.or(SCRIPT, Map.of("OPENAI_BASE_URL", server.url() + "/v1"));

            assertThat(Structured.ask(model, Route.class, "which?")).isEqualTo(new Route("repairs", 3));
            assertThat(server.asked().get(0).json())
                    .contains("\"json_schema\"")
                    .contains("\"desk\"")
                    .contains("\"integer\"");
        }
    }

    @Test
    void anAnswerThatIsNoRecordIsAFailureThatIsRetried() {
        assertThatThrownBy(() -> Structured.ask(SCRIPT, Route.class, "hello"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no Route");
    }

    @Test
    void speaksOllamasProtocol() throws Exception {
        String record = "{\\\"desk\\\": \\\"repairs\\\", \\\"urgency\\\": 3}";
        try (LoopbackModel server = new LoopbackModel(ollama("from the barn"), ollama(record))) {
            ChatModel model = ModelChoice.or(SCRIPT, Map.of("OLLAMA_BASE_URL", server.url(), "OLLAMA_MODEL", "tiny"));

            assertThat(model.chat("hello")).isEqualTo("from the barn");
            assertThat(Structured.ask(model, Route.class, "which?")).isEqualTo(new Route("repairs", 3));
            assertThat(server.asked()).hasSize(2).allSatisfy(asked -> {
                assertThat(asked.path()).isEqualTo("/api/chat");
                assertThat(asked.json()).contains("\"tiny\"");
            });
            assertThat(server.asked().get(1).json())
                    .containsPattern("\"format\"\\s*:\\s*\\{")
                    .contains("\"urgency\"");
        }
    }

    @Test
    void aSampleTalksToTheModelThatItsEnvironmentNames(@TempDir Path dir) throws Exception {
        String calls = """
                "content": null, "tool_calls": [{"id": "a", "type": "function",
                  "function": {"name": "weather", "arguments": "{\\"city\\": \\"Oslo\\"}"}}]""";
        try (LoopbackModel server = new LoopbackModel(openAi(calls), openAi("\"content\": \"Put on a coat.\""))) {
            ProcessBuilder sample = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dorg.sqlite.tmpdir=" + dir,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Agent.class.getName(),
                            "--db",
                            dir.resolve("agent.db").toString())
                    .redirectErrorStream(true);
            sample.environment().put("OPENAI_BASE_URL", server.url() + "/v1");

            Process process = sample.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(printed.lines()).containsExactly("tool: Oslo: snow, -3 degrees", "Put on a coat.");
            assertThat(server.asked()).hasSize(2);
            assertThat(server.asked().get(1).json())
                    .contains("\"tool_call_id\"")
                    .contains("Oslo: snow");
        }
    }

    private static String ollama(String content) {
        return """
                {"model": "tiny", "created_at": "2025-01-01T00:00:00Z", "done": true, "done_reason": "stop",
                 "message": {"role": "assistant", "content": "%s"}}""".formatted(content);
    }

    private static String openAi(String message) {
        return """
                {"id": "1", "object": "chat.completion", "created": 1, "model": "tiny",
                 "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", %s}}],
                 "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}""".formatted(message);
    }
}
