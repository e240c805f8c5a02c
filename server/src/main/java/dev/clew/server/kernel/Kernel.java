package dev.clew.server.kernel;

import dev.clew.server.auth.AuthRequest;
import dev.clew.server.auth.Authenticator;
import dev.clew.server.auth.Operation;
import dev.clew.server.auth.Principal;
import java.time.Duration;
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
    private final Guard guard;
    private final Duration guardEvery;

    /** Looks again at what a caller may read. */
    @FunctionalInterface
    public interface Guard {
        /**
         * Passes if the caller may still do that by which the stream was opened, with what the address names.
         *
         * @throws ApiRefusal if not
         */
        void requireStill(ApiRequest request, Operation operation);
    }

    /** Turns what the engine throws into what clients read. */
    @FunctionalInterface
    public interface Faults {
        /** An answer for what was thrown; empty if it is not the client's fault. */
        Optional<ApiRefusal> refusal(RuntimeException thrown);
    }

    /**
     * A kernel of these routes.
     *
     * @param authenticator null if nobody has to say who they are
     * @param guard is asked for open streams, after {@code authenticator}
     * @param guardEvery how often
     */
    public Kernel(
            Routes routes, @Nullable Authenticator authenticator, Faults faults, Guard guard, Duration guardEvery) {
        this.routes = routes;
        this.authenticator = authenticator;
        this.faults = faults;
        this.guard = guard;
        this.guardEvery = guardEvery;
    }

    /**
     * A request as a web server has it.
     *
     * @param path raw, without prefix and query
     * @param query raw; null if there is none
     * @param headers by name in small letters
     * @param user whom the web server has authenticated; null for nobody
     */
    public record Call(
            String method,
            String path,
            @Nullable String query,
            Map<String, String> headers,
            byte[] content,
            String remoteAddress,
            java.security.@Nullable Principal user) {
        /** A request of whom the web server knows nothing. */
        public Call(
                String method,
                String path,
                @Nullable String query,
                Map<String, String> headers,
                byte[] content,
                String remoteAddress) {
            this(method, path, query, headers, content, remoteAddress, null);
        }
    }

    /** Answers a request. Never throws. */
    public Reply handle(Call call) {
        return handled(call, null);
    }

    /** {@link #handle(Call)} for a caller who is known already. */
    public Reply handle(Call call, Principal known) {
        return handled(call, known);
    }

    private Reply handled(Call call, @Nullable Principal known) {
        try {
            return answered(call, known);
        } catch (ApiRefusal refused) {
            return refusal(call, refused);
        } catch (RuntimeException thrown) {
            return faults.refusal(thrown).map(refused -> refusal(call, refused)).orElseGet(() -> failed(call, thrown));
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            return failed(call, exhausted);
        }
    }

    private Reply answered(Call call, @Nullable Principal known) {
        Routes.Match match;
        try {
            match = routes.find(call.method(), call.path());
        } catch (ApiRefusal unknown) {
            // Who may not ask learns nothing of what there is.
            if (known == null) {
                requireAuthenticated(call);
            }
            throw unknown;
        }
        Principal principal =
                known != null ? known : match.route().operation() == null ? Principal.ANYBODY : authenticated(call);
        ApiRequest request = new ApiRequest(
                call.method(), match.parameters(), query(call.query()), call.headers(), call.content(), principal);
        Reply reply = match.route().handler().handle(request);
        Operation operation = match.route().operation();
        return reply instanceof Reply.Events events && operation != null
                ? guarded(events, call, request, operation)
                : reply;
    }

    private Reply guarded(Reply.Events events, Call call, ApiRequest asked, Operation asks) {
        Reply.Subject subject = events.subject();
        ApiRequest request = subject == null ? asked : asked.on(Map.of("thread_id", subject.threadId()));
        Operation operation = subject == null ? asks : subject.operation();
        return events.of(new GuardedFrames(
                events.frames(), () -> refusal(call, request, operation), guardEvery, System::nanoTime));
    }

    /** Why a stream must not go on. A failure says nothing of what the caller may: it is asked again the next time. */
    private Optional<ApiRefusal> refusal(Call call, ApiRequest request, Operation operation) {
        try {
            if (!authenticated(call).identity().equals(request.principal().identity())) {
                throw ApiRefusal.unauthorized("the credentials are somebody else's now");
            }
            guard.requireStill(request, operation);
            return Optional.empty();
        } catch (ApiRefusal refused) {
            LOG.debug("the stream {} is ended: {}", call.path(), refused.sentence());
            return Optional.of(refused);
        } catch (RuntimeException failed) {
            LOG.warn("whether the stream {} may go on could not be found out; it goes on", call.path(), failed);
            return Optional.empty();
        }
    }

    private void requireAuthenticated(Call call) {
        Principal unused = authenticated(call);
    }

    private Principal authenticated(Call call) {
        if (authenticator == null) {
            return Principal.ANYBODY;
        }
        return authenticator
                .authenticate(
                        new AuthRequest(call.method(), call.path(), call.headers(), call.remoteAddress(), call.user()))
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
