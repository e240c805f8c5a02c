package dev.clew.samples.shared;

import dev.clew.json.JsonCodec;
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

    /** The model's answer; what is no such record fails, and a task's retry asks again. */
    public static <R extends Record> R ask(ChatModel model, Class<R> type, String prompt) {
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
        byte[] json = model.chat(request).aiMessage().text().getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(JsonCodec.standard().decode(json, TypeRef.of(type)));
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
