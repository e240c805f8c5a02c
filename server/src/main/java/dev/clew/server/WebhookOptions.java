package dev.clew.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server may send webhooks, which clients ask for with a run. Immutable; every method returns a changed copy.
 *
 * <p>A webhook goes only to an origin that is named here, is not redirected, and is sent at least once, also if the server
 * is restarted before. What is not taken is tried again for a day.
 *
 * <pre>{@code
 * AgentServer.builder().webhooks(WebhookOptions.of("https://hooks.example.org").signed(secret))
 * }</pre>
 *
 * @param origins scheme, host and port, exactly
 * @param secret with what bodies are signed; null for not at all
 * @param allowsPrivate whether a host may be this machine, or in a private network
 */
public record WebhookOptions(List<String> origins, @Nullable String secret, boolean allowsPrivate) {
    private static final int SHORTEST_SECRET = 16;

    public WebhookOptions {
        origins = List.copyOf(origins);
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("webhooks need an origin that they may go to");
        }
        if (secret != null && secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "a secret for webhooks must have " + SHORTEST_SECRET + " characters at least");
        }
    }

    /** To these origins, not signed. */
    public static WebhookOptions of(String... origins) {
        return new WebhookOptions(List.of(origins), null, false);
    }

    /**
     * Signs each: {@code X-Clew-Signature} is {@code sha256=} and, in hexadecimal digits, the HMAC with SHA-256 of the header
     * {@code X-Clew-Timestamp}, a dot and the body.
     */
    public WebhookOptions signed(String key) {
        return new WebhookOptions(origins, key, allowsPrivate);
    }

    /** Lets the origins' hosts be this machine, or in a private network. */
    public WebhookOptions allowPrivateAddresses() {
        return new WebhookOptions(origins, secret, true);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookOptions" + origins;
    }
}
