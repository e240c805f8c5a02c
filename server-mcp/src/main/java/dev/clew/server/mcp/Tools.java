package dev.clew.server.mcp;

import dev.clew.server.spi.ExtensionReply;
import dev.clew.server.spi.ServerCalls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The assistants that a caller may see, as tools. */
final class Tools {
    private static final byte[] ALL =
            Json.write(Map.<String, Object>of("limit", 1_000, "sort_by", "name", "sort_order", "asc"));
    private static final int LONGEST_NAME = 64;

    private Tools() {}

    static CompletableFuture<List<Tool>> all(ServerCalls server) {
        return named(server).thenCompose(assistants -> {
            List<CompletableFuture<Tool>> tools = new ArrayList<>();
            assistants.forEach((name, assistant) -> tools.add(tool(server, assistant, name)));
            return CompletableFuture.allOf(tools.toArray(CompletableFuture[]::new))
                    .thenApply(
                            done -> tools.stream().map(CompletableFuture::join).toList());
        });
    }

    /** The tool of a name, alone; none if there is no such tool. */
    static CompletableFuture<List<Tool>> named(ServerCalls server, String name) {
        return named(server).thenCompose(assistants -> {
            Map<String, Object> assistant = assistants.get(name);
            return assistant == null
                    ? CompletableFuture.completedFuture(List.<Tool>of())
                    : tool(server, assistant, name).thenApply(List::of);
        });
    }

    private static CompletableFuture<Map<String, Map<String, Object>>> named(ServerCalls server) {
        return server.call("POST", "/assistants/search", ALL).thenApply(found -> {
            Map<String, Map<String, Object>> named = new LinkedHashMap<>();
            Set<String> taken = new HashSet<>(Set.of(ToolRuns.ANSWER));
            for (Object item : Json.list(found.isSuccess() ? Json.read(found.json()) : null)) {
                Map<String, Object> assistant = Json.object(item);
                named.put(unique(Json.text(assistant, "name").orElse("workflow"), taken), assistant);
            }
            return named;
        });
    }

    private static CompletableFuture<Tool> tool(ServerCalls server, Map<String, Object> assistant, String name) {
        String id = Json.text(assistant, "assistant_id").orElseThrow();
        String title = Json.text(assistant, "name").orElse(name);
        return server.call("GET", Paths.assistant(id) + "/schemas", new byte[0]).thenApply(reply -> {
            Map<String, Object> schemas = Json.object(reply.isSuccess() ? Json.read(reply.json()) : null);
            return new Tool(
                    name,
                    title,
                    Json.text(assistant, "description").orElse("Runs the workflow '" + title + "'."),
                    id,
                    schema(schemas, reply, "input_schema"),
                    schema(schemas, reply, "output_schema"));
        });
    }

    private static @Nullable Map<String, Object> schema(
            Map<String, Object> schemas, ExtensionReply reply, String name) {
        return reply.isSuccess() && schemas.get(name) instanceof Map<?, ?> schema ? Json.object(schema) : null;
    }

    /** Names of tools are short, and of few characters. */
    static String unique(String name, Set<String> taken) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        String free = cut(plain, "");
        for (int i = 2; !taken.add(free); i++) {
            free = cut(plain, "_" + i);
        }
        return free;
    }

    private static String cut(String name, String end) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - end.length())) + end;
    }
}
