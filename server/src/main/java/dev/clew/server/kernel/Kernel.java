package dev.clew.server.kernel;

import dev.clew.server.auth.AuthRequest;
import dev.clew.server.auth.Authenticator;
import dev.clew.server.auth.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests: finds the route, asks who sends it, and turns what is thrown into an answer. It knows of no web server.
 * Thread-safe.
 *
 * <pre>{@code
 * Reply reply = kernel.handle(new Kernel.Call("GET", "/ok", null, headers, bytes, "127.0.0.1"));
 * }</pre>
 */
public final class Kernel {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");

    private final Routes routes;
    private final @Nullable Authenticator authenticator;
    private final Faults faults;

    /** Turns what the engine throws into what clients read. */
    @FunctionalInterface
    public interface Faults {
        /** An answer for what was thrown; empty if it is not the client's fault. */
        Optional<ApiRefusal> refusal(RuntimeException thrown);
    }

    /** @param authenticator null if nobody has to say who they are */
    public Kernel(Routes routes, @Nullable Authenticator authenticator, Faults faults) {
        this.routes = routes;
        this.authenticator = authenticator;
        this.faults = faults;
    }

    /**
     * A request as a web server has it.
     *
     * @param path raw, without prefix and query
     * @param query raw; null if there is none
     * @param headers by name in small letters
     */
    public record Call(
            String method,
            String path,
            @Nullable String query,
            Map<String, String> headers,
            byte[] content,
            String remoteAddress) {}

    /** Answers a request. Never throws. */
    public Reply handle(Call call) {
        try {
            return answered(call);
        } catch (ApiRefusal refused) {
            return refusal(call, refused);
        } catch (RuntimeException thrown) {
            return faults.refusal(thrown).map(refused -> refusal(call, refused)).orElseGet(() -> failed(call, thrown));
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            return failed(call, exhausted);
        }
    }

    private Reply answered(Call call) {
        Routes.Match match;
        try {
            match = routes.find(call.method(), call.path());
        } catch (ApiRefusal unknown) {
            // Who may not ask learns nothing of what there is.
            requireAuthenticated(call);
            throw unknown;
        }
        Principal principal = match.route().operation() == null ? Principal.ANYBODY : authenticated(call);
        ApiRequest request = new ApiRequest(
                call.method(), match.parameters(), query(call.query()), call.headers(), call.content(), principal);
        return match.route().handler().handle(request);
    }

    private void requireAuthenticated(Call call) {
        Principal unused = authenticated(call);
    }

    private Principal authenticated(Call call) {
        if (authenticator == null) {
            return Principal.ANYBODY;
        }
        return authenticator
                .authenticate(new AuthRequest(call.method(), call.path(), call.headers(), call.remoteAddress()))
                .orElseThrow(() -> ApiRefusal.unauthorized("the request has no valid credentials"));
    }

    private Reply refusal(Call call, ApiRefusal refused) {
        Reply reply = Reply.json(refused.status(), refused.body());
        return refused.status() == 405
                ? reply.with("Allow", routes.methods(call.path()).orElse(""))
                : reply;
    }

    private static Reply failed(Call call, Throwable thrown) {
        LOG.error("{} {} failed", call.method(), call.path(), thrown);
        return Reply.json(
                500,
                ApiRefusal.of(500, "internal_error", "the server failed at this request; its log says why")
                        .body());
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return all;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            all.computeIfAbsent(PathIds.decoded(name.replace('+', ' ')), key -> new ArrayList<>())
                    .add(PathIds.decoded(value.replace('+', ' ')));
        }
        return all;
    }
}
