package dev.clew.server.kernel;

import dev.clew.server.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refuses a request: a status, a code for programs and a sentence for people.
 *
 * <pre>{@code
 * throw ApiRefusal.notFound("thread 'chat-1' does not exist");
 * }</pre>
 */
public final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient @Nullable ObjectNode more;

    private ApiRefusal(int status, String code, String message, @Nullable ObjectNode more) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.more = more;
    }

    /** The body is not well-formed, or a parameter of the address is not acceptable. */
    public static ApiRefusal badRequest(String message) {
        return new ApiRefusal(400, "bad_request", message, null);
    }

    public static ApiRefusal unauthorized(String message) {
        return new ApiRefusal(401, "unauthorized", message, null);
    }

    public static ApiRefusal forbidden(String message) {
        return new ApiRefusal(403, "forbidden", message, null);
    }

    /** It does not exist, or the caller may not see it. */
    public static ApiRefusal notFound(String message) {
        return new ApiRefusal(404, "not_found", message, null);
    }

    /** It exists already, or is busy. */
    public static ApiRefusal conflict(String message) {
        return new ApiRefusal(409, "conflict", message, null);
    }

    /** The body is well-formed, and not acceptable. */
    public static ApiRefusal invalid(String message) {
        return new ApiRefusal(422, "invalid", message, null);
    }

    /** {@link #invalid(String)}, with members beside the message. */
    public static ApiRefusal invalid(String message, ObjectNode more) {
        return new ApiRefusal(422, "invalid", message, more);
    }

    public static ApiRefusal of(int status, String code, String message) {
        return new ApiRefusal(status, code, message, null);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** The body of the answer: clients of one language read {@code message}, those of another {@code detail}. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("code", code);
        body.put("message", sentence());
        body.put("detail", sentence());
        if (more != null) {
            more.properties().forEach(member -> body.set(member.getKey(), member.getValue()));
        }
        return body;
    }
}
