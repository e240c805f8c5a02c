package dev.clew.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Lets tasks, workflows and questions take and return LangChain4j's messages, as {@link ChatMessage} or as their own
 * classes. They are stored in LangChain4j's JSON, so what one of its versions wrote, a later one reads.
 *
 * <p>The processor notes that {@code ChatMessage} is open, since it cannot see this module; with it, messages come back
 * as the classes that they were.
 *
 * <pre>{@code
 * var graph = AgentGraph.builder(new Agent(model))
 *     .codec(JsonCodec.builder().module(new ChatMessageModule()).build())
 *     .build();
 * }</pre>
 */
public final class ChatMessageModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    /** A module; one may be used by several codecs. */
    public ChatMessageModule() {
        super("clew-langchain4j-messages");
        addSerializer(ChatMessage.class, new Writes());
        reads(ChatMessage.class);
        reads(AiMessage.class);
        reads(UserMessage.class);
        reads(SystemMessage.class);
        reads(ToolExecutionResultMessage.class);
    }

    private <M extends ChatMessage> void reads(Class<M> type) {
        addDeserializer(type, new Reads<>(type));
    }

    private static final class Writes extends ValueSerializer<ChatMessage> {
        @Override
        public void serialize(ChatMessage message, JsonGenerator out, SerializationContext context) {
            out.writeRawValue(ChatMessageSerializer.messageToJson(message));
        }
    }

    private static final class Reads<M extends ChatMessage> extends ValueDeserializer<M> {
        private final Class<M> type;

        Reads(Class<M> type) {
            this.type = type;
        }

        @Override
        public M deserialize(JsonParser in, DeserializationContext context) {
            String json = context.readTree(in).toString();
            return type.cast(ChatMessageDeserializer.messageFromJson(json));
        }
    }
}
