package dev.clew.json.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolCallChunk;
import dev.clew.messages.Usage;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MessageAssemblyTest {
    private final MessageAssembly assembly = new MessageAssembly();

    private AiMessage after(MessageChunk... pieces) {
        for (MessageChunk piece : pieces) {
            assembly.add(piece);
        }
        return assembly.message();
    }

    private static MessageChunk call(int index, String args) {
        return MessageChunk.toolCall(new ToolCallChunk(index, null, null, args));
    }

    private static MessageChunk call(int index, String id, String name) {
        return MessageChunk.toolCall(new ToolCallChunk(index, id, name, ""));
    }

    @Test
    void textAndReasoningGoOnInTheirBlocks() {
        AiMessage message = after(
                MessageChunk.reasoning("h").withId("a1"),
                MessageChunk.reasoning("m"),
                MessageChunk.text("He"),
                MessageChunk.text("llo"));
        assertThat(message.content()).containsExactly(new ContentBlock.Reasoning("hm"), new ContentBlock.Text("Hello"));
        assertThat(message.id()).isEqualTo("a1");
        assertThat(assembly.isWhole()).isFalse();
    }

    @Test
    void callsAreToldApartByTheirIndex() {
        AiMessage message = after(
                call(0, "c1", "weather"), call(1, "c2", "time"), call(0, "{\"city\":"), call(1, "{}"), call(0, "1}"));
        assertThat(message.toolCalls())
                .containsExactly(ToolCall.of("c1", "weather", Map.of("city", 1)), ToolCall.of("c2", "time", Map.of()));
    }

    @Test
    void callThatIsNotWholeIsInvalidOnceTheMessageIs() {
        assertThat(after(call(0, "c1", "weather"), call(0, "{\"ci")).toolCalls())
                .containsExactly(ToolCall.of("c1", "weather", Map.of()));
        AiMessage whole = after(MessageChunk.end(Usage.of(1, 2)));
        assertThat(whole.toolCalls()).isEmpty();
        assertThat(whole.invalidToolCalls()).extracting(InvalidToolCall::args).containsExactly("{\"ci");
        assertThat(whole.usage()).isEqualTo(Usage.of(1, 2));
        assertThat(assembly.isWhole()).isTrue();
    }

    @Test
    void nothingIsAnEmptyMessage() {
        assertThat(after().content()).isEmpty();
    }
}
