package dev.clew.server.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An assistant as a tool.
 *
 * @param name what the protocol allows of the assistant's name, and no other tool's
 * @param assistantId what the server calls it
 * @param input the schema of its input; null if it takes none
 * @param output the schema of its result; null if the server does not know it
 */
record Tool(
        String name,
        String title,
        String description,
        String assistantId,
        @Nullable Map<String, Object> input,
        @Nullable Map<String, Object> output) {
    static final String INPUT = "input";
    static final String INTERRUPT = "__interrupt__";
    static final String THREAD = "thread_id";
    private static final String DEFINITIONS = "$defs";

    /** Whether its arguments are its input, or a member of them is. */
    boolean takesMembers() {
        return input == null || isObject(input);
    }

    private static boolean isObject(Map<String, Object> schema) {
        return "object".equals(schema.get("type"));
    }

    McpSchema.Tool described() {
        return McpSchema.Tool.builder(name, arguments())
                .title(title)
                .description(description)
                .outputSchema(results())
                .build();
    }

    private Map<String, Object> arguments() {
        if (input == null) {
            return object(Map.<String, Object>of(), List.of());
        }
        return takesMembers()
                ? input
                : hoisting(input, object(Map.<String, Object>of(INPUT, without(input)), List.of(INPUT)));
    }

    /** A result is the workflow's, or what it asks. */
    private Map<String, Object> results() {
        Map<String, Object> asks = object(
                Map.<String, Object>of(
                        THREAD,
                        Map.<String, Object>of("type", "string"),
                        INTERRUPT,
                        Map.<String, Object>of("type", "array")),
                List.of(THREAD, INTERRUPT));
        List<Object> either = new ArrayList<>();
        if (output == null) {
            either.add(Map.<String, Object>of("type", "object"));
        } else {
            either.add(
                    isObject(output)
                            ? without(output)
                            : object(Map.<String, Object>of("output", without(output)), List.of()));
        }
        either.add(asks);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("anyOf", either);
        return output == null ? schema : hoisting(output, schema);
    }

    /** References point to definitions at the root of a schema. */
    private static Map<String, Object> hoisting(Map<String, Object> from, Map<String, Object> schema) {
        Object definitions = from.get(DEFINITIONS);
        if (definitions == null) {
            return schema;
        }
        Map<String, Object> whole = new LinkedHashMap<>(schema);
        whole.put(DEFINITIONS, definitions);
        return whole;
    }

    private static Map<String, Object> without(Map<String, Object> schema) {
        Map<String, Object> inner = new LinkedHashMap<>(schema);
        inner.remove(DEFINITIONS);
        inner.remove("$schema");
        return inner;
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    /** The tool that continues a workflow which has asked something. */
    static McpSchema.Tool answer() {
        Map<String, Object> arguments = object(
                Map.<String, Object>of(
                        THREAD,
                        Map.<String, Object>of("type", "string", "description", "thread_id of the result that asked"),
                        "answers",
                        Map.<String, Object>of(
                                "type",
                                "object",
                                "description",
                                "an answer for each question, by the question's id; each fits its response_schema;"
                                        + " without it, the call waits for a run that goes on")),
                List.of(THREAD));
        return McpSchema.Tool.builder(ToolRuns.ANSWER, arguments)
                .title("Answer a workflow")
                .description("Answers what a workflow asked in the result of another tool, and gives its next result.")
                .build();
    }
}
