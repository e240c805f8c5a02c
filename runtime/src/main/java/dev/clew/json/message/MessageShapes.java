package dev.clew.json.message;

import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.shape.Containers;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** The shapes of messages and their parts. */
@SuppressWarnings("exports") // only the codec of this module can call it
public final class MessageShapes {
    private MessageShapes() {}

    /** The shape of a type, or of a list of messages; null if it is neither. */
    public static @Nullable Shape of(JavaType type, Shapes shapes) {
        Class<?> raw = type.getRawClass();
        if (raw == List.class
                && MessageUpdate.class.isAssignableFrom(type.getContentType().getRawClass())) {
            return new OneOrManyShape(Containers.shapeOf(type, shapes), shapes.lazy(type.getContentType()), shapes);
        }
        if (MessageUpdate.class.isAssignableFrom(raw)) {
            return new PlainDataShape<>(
                    raw.asSubclass(MessageUpdate.class),
                    MessageJson::stored,
                    MessageJson::read,
                    schemas -> schemas.named(type, () -> message(raw)));
        }
        if (ContentBlock.class.isAssignableFrom(raw)) {
            return new PlainDataShape<>(
                    raw.asSubclass(ContentBlock.class),
                    BlockJson::write,
                    json -> BlockJson.read(json).get(0),
                    schemas -> schemas.named(type, () -> Schemas.type("object")));
        }
        return raw.getPackageName().equals(MessageUpdate.class.getPackageName()) ? part(type, raw) : null;
    }

    private static @Nullable Shape part(JavaType type, Class<?> raw) {
        if (raw == ToolCall.class) {
            return new PlainDataShape<>(ToolCall.class, CallJson::write, MessageShapes::call, any(type));
        }
        if (raw == InvalidToolCall.class) {
            return new PlainDataShape<>(InvalidToolCall.class, CallJson::write, CallJson::invalid, any(type));
        }
        if (raw == Usage.class) {
            return new PlainDataShape<Usage>(
                    Usage.class,
                    usage -> Objects.requireNonNull(UsageJson.write(usage)),
                    json -> Objects.requireNonNull(UsageJson.read(json)),
                    any(type));
        }
        if (raw == MessageChunk.class) {
            return new PlainDataShape<>(MessageChunk.class, ChunkJson::write, ChunkJson::read, any(type));
        }
        return null;
    }

    private static Function<Schemas, Map<String, Object>> any(JavaType type) {
        return schemas -> schemas.named(type, () -> Schemas.type("object"));
    }

    private static Object call(Object json) {
        List<ToolCall> calls = new ArrayList<>();
        List<InvalidToolCall> invalid = new ArrayList<>();
        CallJson.read(json, calls, invalid);
        if (calls.isEmpty()) {
            throw new IllegalMessageException("the arguments of a tool call must be a JSON object");
        }
        return calls.get(0);
    }

    /** An object with a type, or text; other members are allowed. */
    private static Map<String, Object> message(Class<?> raw) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Schemas.with("enum", types(raw), Schemas.type("string")));
        properties.put(
                "content",
                Schemas.with(
                        "anyOf",
                        List.of(
                                Schemas.type("string"),
                                Schemas.with("items", Schemas.type("object"), Schemas.type("array")))));
        properties.put("id", Schemas.with("type", List.of("string", "null")));
        properties.put("name", Schemas.with("type", List.of("string", "null")));
        Map<String, Object> object = Schemas.with("properties", properties, Schemas.type("object"));
        return raw == RemoveMessage.class ? object : Schemas.with("anyOf", List.of(object, Schemas.type("string")));
    }

    private static List<String> types(Class<?> raw) {
        List<String> types = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        names.put("HumanMessage", "human");
        names.put("AiMessage", "ai");
        names.put("SystemMessage", "system");
        names.put("ToolMessage", "tool");
        names.put("RemoveMessage", "remove");
        names.forEach((name, type) -> {
            boolean isPermitted = raw.getSimpleName().equals(name)
                    || raw == MessageUpdate.class
                    || (raw.isInterface() && !name.equals("RemoveMessage"));
            if (isPermitted) {
                types.add(type);
            }
        });
        return types;
    }
}
