package dev.clew.samples.shared;

import dev.clew.json.JsonCodec;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** Lets tasks take and return LangChain4j's messages: they are stored in LangChain4j's own JSON. */
public final class ChatMessages {
    private ChatMessages() {}

    /** Clew's codec, with messages. */
    public static JsonCodec codec() {
        SimpleModule messages = new SimpleModule("chat-messages");
        messages.addSerializer(ChatMessage.class, new Writes());
        messages.addDeserializer(ChatMessage.class, new Reads<>(ChatMessage.class));
        messages.addDeserializer(AiMessage.class, new Reads<>(AiMessage.class));
        return JsonCodec.builder().module(messages).build();
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
            return type.cast(
                    ChatMessageDeserializer.messageFromJson(context.readTree(in).toString()));
        }
    }
}
