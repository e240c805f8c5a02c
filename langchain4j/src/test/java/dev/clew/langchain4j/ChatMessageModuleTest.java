package dev.clew.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ChatMessageModuleTest {
    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("1")
            .name("weather")
            .arguments("{\"city\": \"Oslo\"}")
            .build();

    private static final List<ChatMessage> CONVERSATION = List.of(
            SystemMessage.from("Be \"brief\"."),
            UserMessage.from("Where is it warm?\nAnd why?"),
            AiMessage.from("I look it up.", List.of(CALL)),
            ToolExecutionResultMessage.from(CALL, "Oslo: snow"),
            AiMessage.from("Not in Oslo. ❄"));

    private final Codec codec =
            JsonCodec.builder().module(new ChatMessageModule()).build();

    @Test
    void readsWhatItWroteAsTheClassesThatItWas() {
        TypeRef<List<ChatMessage>> type = new TypeRef<>() {};

        List<ChatMessage> copy = codec.decode(codec.encode(CONVERSATION, type), type);

        assertThat(copy).isEqualTo(CONVERSATION);
    }

    @Test
    void readsAMessageByItsOwnClass() {
        TypeRef<AiMessage> type = TypeRef.of(AiMessage.class);

        assertThat(codec.decode(codec.encode(CONVERSATION.get(2), type), type)).isEqualTo(CONVERSATION.get(2));
    }

    @Test
    void givesEqualConversationsEqualDigests() {
        List<TypeRef<?>> types = List.of(new TypeRef<List<ChatMessage>>() {});
        List<ChatMessage> other = CONVERSATION.subList(0, 4);

        byte[] digest = codec.digest(new Object[] {CONVERSATION}, types);

        assertThat(codec.digest(new Object[] {List.copyOf(CONVERSATION)}, types))
                .isEqualTo(digest);
        assertThat(codec.digest(new Object[] {other}, types)).isNotEqualTo(digest);
    }

    @Test
    void showsMessagesAsPlainData() {
        byte[] bytes = codec.encode(UserMessage.from("Hello"), TypeRef.of(ChatMessage.class));

        assertThat(codec.decodePlain(bytes))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("type", "USER");
    }

    @Test
    void refusesAMessageOfAnotherClass() {
        byte[] bytes = codec.encode(UserMessage.from("Hello"), TypeRef.of(ChatMessage.class));

        assertThatThrownBy(() -> codec.decode(bytes, TypeRef.of(AiMessage.class)))
                .isInstanceOf(CodecException.class);
    }
}
