package dev.clew.server.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form of the params of a message. The SDK reads them as its own types, and fails at those of another form. */
final class Params {
    private Params() {}

    /** What is wrong with them; empty if they can be read. */
    static Optional<String> problem(String method, @Nullable Object params) {
        boolean mayBeAbsent =
                !method.equals(McpSchema.METHOD_TOOLS_CALL) && !method.equals(McpSchema.METHOD_INITIALIZE);
        if (params == null && mayBeAbsent) {
            return Optional.empty();
        }
        if (!(params instanceof Map<?, ?> members)) {
            return Optional.of("'params' must be an object");
        }
        return switch (method) {
            case McpSchema.METHOD_TOOLS_CALL ->
                text(members, "name")
                        .or(() -> objectOrNone(members, "arguments"))
                        .or(() -> objectOrNone(members, "_meta"));
            case McpSchema.METHOD_INITIALIZE ->
                text(members, "protocolVersion")
                        .or(() -> objectOrNone(members, "capabilities"))
                        .or(() -> objectOrNone(members, "clientInfo"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String
                ? Optional.empty()
                : Optional.of("'" + name + "' in 'params' must be a text");
    }

    private static Optional<String> objectOrNone(Map<?, ?> members, String name) {
        Object member = members.get(name);
        return member == null || member instanceof Map<?, ?>
                ? Optional.empty()
                : Optional.of("'" + name + "' in 'params' must be an object");
    }
}
