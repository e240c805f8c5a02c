package dev.clew.server.a2a;

import dev.clew.server.a2a.RpcFault.Kind;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.Body;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of JSON-RPC.
 *
 * <pre>{@code
 * Rpc rpc = new Rpc(request.content(), request.header("a2a-version").orElse(""));
 * Rpc.Call call = rpc.call();
 * }</pre>
 */
public final class Rpc {
    private final byte[] content;
    private final String version;
    private JsonNode id = Json.nothing();
    private Dialect dialect = Dialect.V03;

    /**
     * A message that was not read yet.
     *
     * @param version what the client says of the protocol's version; empty for nothing
     */
    public Rpc(byte[] content, String version) {
        this.content = content.clone();
        this.version = version;
    }

    /** What is asked. */
    public record Call(A2aMethod method, Body params) {}

    /** The version in which it is answered; known once it was read. */
    public Dialect dialect() {
        return dialect;
    }

    /** An answer to it. */
    public ObjectNode answer(JsonNode result) {
        return dialect.answer(id, result);
    }

    /** A refusal of it. */
    public ObjectNode refusal(RpcFault fault) {
        return dialect.error(id, fault);
    }

    /**
     * Reads it.
     *
     * @throws RpcFault if it is none, or asks for what there is not
     */
    public Call call() {
        if (!(document() instanceof ObjectNode message)) {
            throw RpcFault.of(Kind.INVALID_REQUEST, "the body must be one message of JSON-RPC 2.0, not a batch");
        }
        JsonNode given = message.get("id");
        if (given != null && (given.isString() || given.isIntegralNumber())) {
            id = given;
        }
        JsonNode named = message.get("method");
        A2aMethod.@Nullable Named method =
                named != null && named.isString() ? A2aMethod.find(named.stringValue()) : null;
        if (method != null) {
            dialect = method.dialect();
        }
        if (!"2.0".equals(text(message.get("jsonrpc")).orElse(""))) {
            throw RpcFault.of(Kind.INVALID_REQUEST, "'jsonrpc' must be \"2.0\"");
        }
        if (given != null && !given.isNull() && !given.equals(id)) {
            throw RpcFault.of(Kind.INVALID_REQUEST, "'id' must be a text or a whole number");
        }
        if (named == null || !named.isString()) {
            throw RpcFault.of(Kind.INVALID_REQUEST, "'method' must be a text");
        }
        if (method == null) {
            throw RpcFault.of(Kind.METHOD_NOT_FOUND, "there is no method '" + shown(named.stringValue()) + "'");
        }
        requireVersion();
        JsonNode params = message.get("params");
        if (params != null && !params.isNull() && !params.isObject()) {
            throw RpcFault.invalid("'params' must be an object");
        }
        return new Call(method.method(), params instanceof ObjectNode object ? new Body(object) : Body.EMPTY);
    }

    private @Nullable JsonNode document() {
        try {
            return content.length == 0 ? null : Json.read(content);
        } catch (JacksonException malformed) {
            throw RpcFault.of(Kind.PARSE_ERROR, "the body is not well-formed JSON: " + malformed.getOriginalMessage());
        }
    }

    private static Optional<String> text(@Nullable JsonNode node) {
        return node != null && node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private void requireVersion() {
        String known = version.strip();
        boolean isServed = known.isEmpty() || known.matches("0\\.3(\\..*)?|1(\\..*)?");
        if (!isServed) {
            throw RpcFault.of(
                    Kind.VERSION_NOT_SUPPORTED,
                    "the version '" + shown(known) + "' is not served; there are 0.3 and 1.0");
        }
    }

    private static String shown(String text) {
        String some = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return some.codePoints().allMatch(c -> c >= ' ') && Json.isWellFormed(some) ? some : "…";
    }
}
