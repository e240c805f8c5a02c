package dev.clew.samples.shared;

import dev.clew.json.JsonCodec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Asks a model for a record instead of prose: the model is shown the record's schema, and answers in its JSON. */
public final class Structured {
    private Structured() {}

    /**
     * The model's answer.
     *
     * @throws IOException if it is no such record; a task with a retry asks again
     */
    public static <R extends Record> R ask(ChatModel model, Class<R> type, String prompt) throws IOException {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(prompt))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(type.getSimpleName())
                                .rootElement(schema(type))
                                .build())
                        .build())
                .build();
        return read(model.chat(request).aiMessage().text(), type);
    }

    /** The record that a model wrote as JSON: an answer, or the arguments of a tool. */
    public static <R extends Record> R read(String json, Class<R> type) throws IOException {
        try {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            return Objects.requireNonNull(JsonCodec.standard().decode(bytes, TypeRef.of(type)));
        } catch (CodecException unreadable) {
            throw new IOException("the model wrote no " + type.getSimpleName(), unreadable);
        }
    }

    private static JsonSchemaElement schema(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return JsonArraySchema.builder()
                    .items(schema(list.getActualTypeArguments()[0]))
                    .build();
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return object(plain);
        }
        if (plain.isEnum()) {
            return JsonEnumSchema.builder()
                    .enumValues(Arrays.stream(plain.getEnumConstants())
                            .map(String::valueOf)
                            .toList())
                    .build();
        }
        if (plain == boolean.class) {
            return new JsonBooleanSchema();
        }
        return plain == int.class ? new JsonIntegerSchema() : new JsonStringSchema();
    }

    private static JsonObjectSchema object(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        JsonObjectSchema.Builder object = JsonObjectSchema.builder();
        for (RecordComponent component : components) {
            object.addProperty(component.getName(), schema(component.getGenericType()));
        }
        return object.required(
                        Arrays.stream(components).map(RecordComponent::getName).toList())
                .build();
    }
}
