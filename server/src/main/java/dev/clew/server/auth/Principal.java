package dev.clew.server.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * <pre>{@code
 * new Principal("ann", List.of("threads:write"), Map.of("tenant", "acme"))
 * }</pre>
 *
 * @param identity names them; the same for each of their requests
 * @param permissions what they may do, in words of the application
 * @param attributes what else is known of them; plain data
 */
public record Principal(String identity, List<String> permissions, Map<String, @Nullable Object> attributes) {
    /** Whoever asks where nobody has to say who they are. */
    public static final Principal ANYBODY = new Principal("", List.of(), Map.of());

    public Principal {
        permissions = List.copyOf(permissions);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** One of whom nothing else is known. */
    public static Principal of(String identity) {
        return new Principal(identity, List.of(), Map.of());
    }
}
