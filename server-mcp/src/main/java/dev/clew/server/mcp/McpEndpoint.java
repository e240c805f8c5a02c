package dev.clew.server.mcp;

import dev.clew.server.spi.ExtensionReply;
import dev.clew.server.spi.ExtensionRequest;
import dev.clew.server.spi.ServerCalls;
import dev.clew.server.spi.ServerExtension;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/**
 * Answers messages of the protocol. Each is answered by a server of the SDK's that has the tools of its caller: what one may see, another
 * may not.
 */
final class McpEndpoint implements ServerExtension {
    private final Duration longest;

    /** @param longest how long a call waits for its run */
    McpEndpoint(Duration longest) {
        this.longest = longest;
    }

    @Override
    public String path() {
        return "/mcp";
    }

    @Override
    public CompletableFuture<ExtensionReply> post(ExtensionRequest request) {
        McpSchema.JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(
                    Json.MAPPER, new String(request.body(), StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException malformed) {
            return CompletableFuture.completedFuture(refused(
                    McpSchema.ErrorCodes.PARSE_ERROR, "the body must be one message of JSON-RPC 2.0, not a batch"));
        }
        if (message instanceof McpSchema.JSONRPCNotification) {
            return CompletableFuture.completedFuture(ExtensionReply.empty(202));
        }
        if (!(message instanceof McpSchema.JSONRPCRequest asked)) {
            return CompletableFuture.completedFuture(
                    refused(McpSchema.ErrorCodes.INVALID_REQUEST, "the server asks nothing, so it takes no answers"));
        }
        Optional<String> problem = Params.problem(asked.method(), asked.params());
        if (problem.isPresent()) {
            return CompletableFuture.completedFuture(wrongParams(asked, problem.get()));
        }
        return tools(asked, request.server()).thenCompose(all -> answered(asked, all, request.server()));
    }

    /** Those that the answer needs to know. */
    private static CompletableFuture<List<Tool>> tools(McpSchema.JSONRPCRequest asked, ServerCalls server) {
        return switch (asked.method()) {
            case McpSchema.METHOD_TOOLS_LIST -> Tools.all(server);
            case McpSchema.METHOD_TOOLS_CALL ->
                Tools.named(
                        server, Json.text(Json.object(asked.params()), "name").orElse(""));
            default -> CompletableFuture.completedFuture(List.of());
        };
    }

    private CompletableFuture<ExtensionReply> answered(
            McpSchema.JSONRPCRequest asked, List<Tool> tools, ServerCalls server) {
        OneRequest transport = new OneRequest();
        List<AsyncToolSpecification> all = new ArrayList<>();
        ToolRuns runs = new ToolRuns(server, longest);
        tools.forEach(tool ->
                all.add(specification(tool.described(), call -> runs.start(tool, Json.object(call.arguments())))));
        all.add(specification(Tool.answer(), call -> runs.answer(Json.object(call.arguments()))));
        McpServer.async(transport)
                .serverInfo("clew", "1")
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .instructions("Each tool runs a workflow. If a result has __interrupt__, the workflow asks what is in"
                        + " there: call the tool 'answer' with its thread_id and an answer for each question id.")
                .jsonMapper(Json.MAPPER)
                .strictToolNameValidation(false)
                // The server itself checks inputs, by the workflow's own types.
                .validateToolInputs(false)
                .tools(all)
                .build();
        return transport
                .handler()
                .handleRequest(McpTransportContext.EMPTY, asked)
                .map(response -> new ExtensionReply(200, Json.write(response)))
                .toFuture();
    }

    private interface Calling {
        CompletableFuture<McpSchema.CallToolResult> call(McpSchema.CallToolRequest request);
    }

    private static AsyncToolSpecification specification(McpSchema.Tool tool, Calling calling) {
        return new AsyncToolSpecification(tool, (context, request) -> Mono.fromFuture(() -> calling.call(request)));
    }

    private static ExtensionReply wrongParams(McpSchema.JSONRPCRequest asked, String why) {
        return new ExtensionReply(
                200,
                Json.write(Map.<String, Object>of(
                        "jsonrpc",
                        "2.0",
                        "id",
                        asked.id(),
                        "error",
                        Map.<String, Object>of("code", McpSchema.ErrorCodes.INVALID_PARAMS, "message", why))));
    }

    private static ExtensionReply refused(int code, String why) {
        return new ExtensionReply(
                400,
                Json.write(Map.<String, Object>of(
                        "jsonrpc", "2.0", "error", Map.<String, Object>of("code", code, "message", why))));
    }
}
