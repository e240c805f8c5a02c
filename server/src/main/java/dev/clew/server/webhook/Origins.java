package dev.clew.server.webhook;

import dev.clew.server.kernel.ApiRefusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The origins to which webhooks may go: scheme, host and port, exactly as the operator named them.
 *
 * <pre>{@code
 * URI hook = Origins.of(List.of("https://hooks.example")).require("https://hooks.example/clew?run=done");
 * }</pre>
 */
public final class Origins {
    private static final int LONGEST = 2_000;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Set<String> allowed;

    private Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * The origins of these names.
     *
     * @throws IllegalArgumentException if one of them is no origin
     */
    public static Origins of(List<String> names) {
        Set<String> allowed = new LinkedHashSet<>();
        for (String name : names) {
            URI uri = parsed(name);
            boolean more = uri != null && (!String.valueOf(uri.getRawPath()).isEmpty() || uri.getRawQuery() != null);
            String origin = uri == null || more ? null : origin(uri);
            if (origin == null) {
                throw new IllegalArgumentException("'" + name
                        + "' is no origin for webhooks; it must be a scheme, a host and maybe a port, such as"
                        + " https://hooks.example");
            }
            allowed.add(origin);
        }
        return new Origins(allowed);
    }

    private static @Nullable URI parsed(String text) {
        try {
            return text.length() > LONGEST ? null : new URI(text);
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private static @Nullable String origin(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return null;
        }
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port(uri);
    }

    /** The port of an address, also where it is not said. */
    static int port(URI uri) {
        int standard = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        return uri.getPort() < 0 ? standard : uri.getPort();
    }

    /**
     * An address as a client names it.
     *
     * @throws ApiRefusal if it is none of the operator's
     */
    public URI require(String text) {
        URI uri = parsed(text);
        String origin = uri == null ? null : origin(uri);
        if (uri == null || origin == null || !allowed.contains(origin)) {
            throw ApiRefusal.invalid("'webhook' must be an address below one of the origins that this server is set up"
                    + " for, and it is not");
        }
        return uri;
    }
}
