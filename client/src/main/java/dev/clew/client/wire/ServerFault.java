package dev.clew.client.wire;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server's answer that is no success. */
public final class ServerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Statuses of a server, or a proxy before it, that may answer soon. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final String call;
    private final int status;
    private final transient Doc body;
    private final transient @Nullable HttpHeaders headers;

    ServerFault(String call, int status, Doc body, @Nullable HttpHeaders headers) {
        super(call + " was answered with " + status + sentence(body), null, false, false);
        this.call = call;
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    /** Servers of one language say {@code message}, those of another {@code detail}. */
    private static String sentence(Doc body) {
        return body.text("message")
                .or(() -> body.text("detail"))
                .or(() -> body.text("error"))
                .or(body::text)
                .map(text -> ": " + (text.length() > 500 ? text.substring(0, 500) + "…" : text))
                .orElse("");
    }

    /** The method and the path. */
    public String call() {
        return call;
    }

    public int status() {
        return status;
    }

    /** What the server said; nothing if that was no JSON. */
    public Doc body() {
        return body;
    }

    /** Whether the same request may succeed soon. */
    boolean isPassing() {
        return PASSING.contains(status);
    }

    /** How long the server asks to wait. */
    Optional<Duration> retryAfter() {
        return headers == null
                ? Optional.empty()
                : headers.firstValue("retry-after")
                        .filter(seconds -> seconds.matches("\\d{1,4}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
