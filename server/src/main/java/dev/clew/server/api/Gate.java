package dev.clew.server.api;

import dev.clew.index.ThreadRow;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.view.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one place where it is decided what a caller may do, and with which threads.
 *
 * <pre>{@code
 * ThreadRow row = new Gate(parts).thread(request, Operation.Threads.READ);
 * }</pre>
 */
public record Gate(Parts parts) {
    /**
     * Asks whether the caller may do something at all.
     *
     * @throws ApiRefusal with 403 if not
     */
    public Decision decide(ApiRequest request, Operation operation) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        JsonNode document = request.document();
        if (document != null && document.isObject()) {
            document.properties().forEach(member -> value.put(member.getKey(), Json.plain(member.getValue())));
        }
        value.putAll(request.path());
        Decision decision = parts.authorizer().authorize(request.principal(), operation, value);
        if (!decision.isAllowed()) {
            throw ApiRefusal.forbidden("'" + request.principal().identity() + "' may not do this");
        }
        return decision;
    }

    /** Whether the caller may do something at all. */
    public boolean allows(ApiRequest request, Operation operation) {
        try {
            return decide(request, operation).isAllowed();
        } catch (ApiRefusal denied) {
            return false;
        }
    }

    /** {@link #decide}, with who asks. */
    Caller caller(ApiRequest request, Operation operation) {
        return new Caller(request.principal(), decide(request, operation));
    }

    /**
     * The thread that the address names.
     *
     * @throws ApiRefusal with 404 if there is none, or the caller may not see it
     */
    public ThreadRow thread(ApiRequest request, Operation operation) {
        return thread(decide(request, operation), request.path("thread_id"));
    }

    /** The thread of an id, if this decision lets the caller see it. */
    public ThreadRow thread(Decision decision, String threadId) {
        return find(decision, threadId).orElseThrow(() -> ApiRefusal.notFound("there is no thread '" + threadId + "'"));
    }

    /** A thread; empty if there is none that this caller may see. */
    public Optional<ThreadRow> find(Decision decision, String threadId) {
        return parts.book().index().find(threadId).filter(row -> mayTouch(decision, row));
    }

    /**
     * Looks again whether who opened a stream may do that still.
     *
     * @param operation by which it was opened
     * @throws ApiRefusal if not, or the thread is gone
     */
    public void requireStill(ApiRequest request, Operation operation) {
        Decision decision = decide(request, operation);
        String threadId = request.path().get("thread_id");
        // A stream may be opened before its thread is made, by those who see all threads.
        if (threadId != null
                && !(decision.only().isEmpty() && find(decision, threadId).isEmpty())) {
            thread(decision, threadId);
        }
    }

    /** Whether a decision covers a thread. */
    public boolean mayTouch(Decision decision, ThreadRow row) {
        if (decision.only().isEmpty()) {
            return true;
        }
        ObjectNode metadata = parts.book().metadata(row);
        return decision.only().entrySet().stream()
                .allMatch(wanted -> Labels.holds(metadata, wanted.getKey(), wanted.getValue()));
    }

    /** Metadata as a client sent it, with what the decision stamps on it. */
    static ObjectNode stamped(Decision decision, ObjectNode metadata) {
        ObjectNode stamped = metadata.deepCopy();
        decision.stamp().forEach((key, value) -> stamped.set(key, Json.of(value)));
        return stamped;
    }
}
