package dev.clew.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Usage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelRequest;
import dev.clew.model.ModelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of a real model, recorded and replayed. */
final class RecordedModelTest {
    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final ModelClient real = (request, call) -> {
        asked.incrementAndGet();
        return Message.ai("answer " + request.messages().size()).withUsage(Usage.of(5, 2));
    };

    /** A call whose pieces are kept. */
    private record Kept(boolean isStreamed, List<MessageChunk> pieces) implements ModelCall {
        @Override
        public void emit(MessageChunk chunk) {
            pieces.add(chunk);
        }

        @Override
        public void onCancel(Runnable close) {}

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String idempotencyKey() {
            return "k";
        }
    }

    private static Kept call(boolean isStreamed) {
        return new Kept(isStreamed, new ArrayList<>());
    }

    private static ModelRequest request(String id, String callId) {
        ToolCall call = ToolCall.of(callId, "weather", Map.of("city", "Rome"));
        return ModelRequest.of(List.of(
                        Message.user("secret question").withId(id),
                        Message.ai(call).withId(id + "a"),
                        Message.tool(call, "sun").withId(id + "t")))
                .withSystemPrompt("Be brief.");
    }

    @Test
    void replaysWhateverTheIdsAreAndAsksNoModel() throws Exception {
        Path file = folder.resolve("deep/travel.jsonl");
        AiMessage first = RecordedModel.recording(file, real).call(request("m1", "c1"), call(false));

        Kept streamed = call(true);
        AiMessage again = RecordedModel.of(file, real).call(request("other", "c77"), streamed);

        assertThat(again).isEqualTo(first);
        assertThat(asked).hasValue(1);
        assertThat(streamed.pieces()).extracting(MessageChunk::text).containsExactly("answer 3", "");
        assertThat(Files.readString(file)).contains("answer 3").doesNotContain("secret question");
    }

    @Test
    void requestThatIsNotRecordedFails() throws Exception {
        Path file = folder.resolve("travel.jsonl");
        RecordedModel.recording(file, real).call(request("m1", "c1"), call(false));
        RecordedModel model = RecordedModel.of(file, real);

        for (ModelRequest other : List.of(
                request("m1", "c1").withSystemPrompt("Be long."),
                request("m1", "c1").withSettings(ModelSettings.none().withTemperature(0.5)),
                ModelRequest.of(List.of(Message.user("x"))))) {
            assertThatThrownBy(() -> model.call(other, call(false)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("-Dclew.record");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void secondAnswerIsAddedToTheFile() throws Exception {
        Path file = folder.resolve("travel.jsonl");
        RecordedModel model = RecordedModel.recording(file, real);
        model.call(request("m1", "c1"), call(false));
        model.call(ModelRequest.of(List.of(Message.user("x"))), call(false));

        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(RecordedModel.of(file, real)
                        .call(ModelRequest.of(List.of(Message.user("x"))), call(false))
                        .text())
                .isEqualTo("answer 1");
    }

    private static ModelRequest withTool(boolean isReversed) {
        List<String> names = new ArrayList<>(List.of("type", "description", "minLength"));
        if (isReversed) {
            java.util.Collections.reverse(names);
        }
        Map<String, Object> city = new java.util.LinkedHashMap<>();
        names.forEach(name -> city.put(name, "x " + name));
        return request("m1", "c1")
                .withTools(List.of(dev.clew.model.ToolSpec.of("weather", "Tells.", Map.of("city", city))));
    }

    @Test
    void orderOfMembersIsNoPartOfTheDigest() throws Exception {
        Path file = folder.resolve("travel.jsonl");
        RecordedModel.recording(file, real).call(withTool(false), call(false));

        RecordedModel.of(file, real).call(withTool(true), call(false));

        assertThat(asked).hasValue(1);
        assertThat(Files.readString(file)).contains("a939615d2bc6ef5ef27fdb36");
    }
}
