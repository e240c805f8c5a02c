package dev.clew.server.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call of a tool gives. */
final class Results {
    private Results() {}

    static McpSchema.CallToolResult done(@Nullable Object value) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        if (value instanceof Map<?, ?>) {
            result.putAll(Json.object(value));
        } else {
            result.put("output", value);
        }
        return McpSchema.CallToolResult.builder()
                .addTextContent(Json.text(result))
                .structuredContent(result)
                .isError(false)
                .build();
    }

    static McpSchema.CallToolResult asking(String thread, Map<String, Object> values) {
        return withThread(
                thread,
                values,
                "The workflow waits for answers to what is in __interrupt__. Call the tool 'answer' with thread_id '"
                        + thread + "' and 'answers', an object with an answer for each question's id.");
    }

    /** It has the form of a result that asks, and asks nothing: so it fits the schema of every tool. */
    static McpSchema.CallToolResult goesOn(String thread) {
        return withThread(
                thread,
                Map.of(Tool.INTERRUPT, List.of()),
                "The workflow goes on. Call the tool 'answer' with thread_id '" + thread
                        + "' and without 'answers' to wait for its result.");
    }

    private static McpSchema.CallToolResult withThread(String thread, Map<String, Object> values, String hint) {
        Map<String, Object> result = new LinkedHashMap<>(values);
        result.put(Tool.THREAD, thread);
        return McpSchema.CallToolResult.builder()
                .addTextContent(Json.text(result))
                .addTextContent(hint)
                .structuredContent(result)
                .isError(false)
                .build();
    }

    static McpSchema.CallToolResult failed(String why) {
        return McpSchema.CallToolResult.builder()
                .addTextContent(why)
                .isError(true)
                .build();
    }
}
