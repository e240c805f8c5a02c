package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.PlainData;
import dev.clew.model.ModelProfile;
import dev.clew.model.OutputFormat;
import dev.clew.tools.AgentTool;
import dev.clew.tools.BoundTool;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The typed output of an agent: how the model is made to write it, and how it is read. A type that is not a JSON object is wrapped in
 * {@code {"value": …}} for the model.
 *
 * @param type the type of the output
 * @param tool a tool with the schema of the output; the model calls it where its provider has no other way
 * @param isWrapped whether the model writes an object around it
 * @param isByTool whether the model calls the tool, rather than answers in the form
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record OutputForm<T>(TypeRef<T> type, BoundTool tool, boolean isWrapped, boolean isByTool, Codec codec) {
    /** How often the model may write what does not fit. */
    static final int MOST_TRIES = 3;

    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);
    private static final String VALUE = "value";
    private static final String DESCRIPTION = "Gives the final answer. Call it once, when you are done.";

    static <T> OutputForm<T> of(TypeRef<T> type, ModelProfile profile, boolean hasTools, Codec codec) {
        boolean isWrapped =
                !"object".equals(schema(codec.modelSchema(type), type, codec).get("type"));
        String name = type.rawType().getSimpleName().replaceAll("[^a-zA-Z0-9_-]", "");
        String tool = name.isEmpty() ? "Output" : name;
        AgentTool writing = isWrapped
                ? AgentTool.method(tool, DESCRIPTION).parameter(VALUE, type, "").leaf(call -> null)
                : AgentTool.of(tool, DESCRIPTION, type, (arguments, context) -> null);
        boolean isNative = hasTools ? profile.structuredOutputWithTools() : profile.structuredOutput();
        return new OutputForm<>(type, BoundTool.of(writing, codec), isWrapped, !isNative, codec);
    }

    private static Map<String, @Nullable Object> schema(Optional<String> text, TypeRef<?> type, Codec codec) {
        String json = text.orElseThrow(() ->
                new IllegalRequestException("the codec cannot describe the output " + type + "; give a JsonCodec"));
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        if (codec.decodePlain(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> schema.put(String.valueOf(name), value));
        }
        return schema;
    }

    String name() {
        return tool.tool().name();
    }

    OutputFormat format() {
        return new OutputFormat(name(), tool.spec().parameters(), true);
    }

    /** What is wrong with what the model wrote; empty if nothing is. */
    String problem(Map<String, @Nullable Object> written) {
        String problem = tool.problem(written);
        if (!problem.isEmpty()) {
            return problem;
        }
        try {
            read(structured(written));
            return "";
        } catch (CodecException unfit) {
            return "It does not fit: " + unfit.getMessage();
        }
    }

    /** The output as plain data, of what the model wrote. */
    @Nullable
    Object structured(Map<String, @Nullable Object> written) {
        return isWrapped ? written.get(VALUE) : written;
    }

    /** The output of its plain data. */
    @Nullable
    T read(@Nullable Object structured) {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        if (isWrapped) {
            written.put(VALUE, structured);
        } else if (structured instanceof Map<?, ?> map) {
            map.forEach((name, value) -> written.put(String.valueOf(name), value));
        }
        Map<String, @Nullable Object> taken = tool.taken(written);
        return codec.decode(codec.encode(isWrapped ? taken.get(VALUE) : taken, ANY), type);
    }

    /** What an answer says in the form; null if it is not a JSON object. */
    @Nullable
    Map<String, @Nullable Object> written(AiMessage answer) {
        try {
            if (codec.decodePlain(answer.text().getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                map.forEach((name, value) -> members.put(String.valueOf(name), value));
                return PlainData.copyOf(members);
            }
            return null;
        } catch (CodecException noJson) {
            return null;
        }
    }
}
