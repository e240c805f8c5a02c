package dev.clew.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A server of the official SDK, in a process of its own. It notes each call in a file, and dies in the middle of some. */
public final class ToolServer {
    private ToolServer() {}

    public static void main(String[] args) throws InterruptedException {
        Path notes = Path.of(args[0]);
        var transport = new StdioServerTransportProvider(McpJsonDefaults.getMapper());
        var server = McpServer.sync(transport)
                .serverInfo("notes server", "1")
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .toolCall(tool("note", "Writes a note."), (exchange, request) -> noted(notes, request))
                .toolCall(tool("fragile", "Dies at its first call."), (exchange, request) -> {
                    McpSchema.CallToolResult result = noted(notes, request);
                    if (lines(notes) == 1) {
                        Runtime.getRuntime().halt(1);
                    }
                    return result;
                })
                .toolCall(tool("waits", "Waits for a file."), (exchange, request) -> {
                    awaitFile(Path.of((String) request.arguments().get("text")));
                    return noted(notes, request);
                })
                .toolCall(
                        tool("fails", "Says no."),
                        (exchange, request) -> McpSchema.CallToolResult.builder()
                                .addTextContent("no such note")
                                .isError(true)
                                .build())
                .build();
        Thread.currentThread().join();
        server.close();
    }

    private static McpSchema.Tool tool(String name, String description) {
        return McpSchema.Tool.builder(
                        name,
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("text", Map.of("type", "string"), "times", Map.of("type", "integer")),
                                "required",
                                List.of("text")))
                .description(description)
                .build();
    }

    private static McpSchema.CallToolResult noted(Path notes, McpSchema.CallToolRequest request) {
        try {
            Files.writeString(
                    notes,
                    request.arguments().get("text") + " " + request.meta().get("clew/stepId") + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        return McpSchema.CallToolResult.builder()
                .addTextContent("noted: " + request.arguments().get("text"))
                .structuredContent(Map.of("notes", lines(notes)))
                .build();
    }

    private static void awaitFile(Path file) {
        while (!Files.exists(file)) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static int lines(Path notes) {
        try {
            return Files.readAllLines(notes).size();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
