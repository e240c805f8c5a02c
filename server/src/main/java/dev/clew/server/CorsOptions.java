package dev.clew.server;

import java.util.List;

/**
 * Which pages of other origins may use a server from a browser.
 *
 * <pre>{@code
 * AgentServer.builder().cors(CorsOptions.of("https://chat.example.org"))
 * }</pre>
 *
 * @param origins scheme, host and port, as browsers send them; {@code http://localhost:*} stands for each port
 */
public record CorsOptions(List<String> origins) {
    /** None. */
    public static final CorsOptions NONE = new CorsOptions(List.of());

    public CorsOptions {
        origins = List.copyOf(origins);
        if (origins.contains("*")) {
            throw new IllegalArgumentException(
                    "the origin * would let every page that somebody opens use the server; name the origins");
        }
    }

    /** Pages of these origins. */
    public static CorsOptions of(String... origins) {
        return new CorsOptions(List.of(origins));
    }

    /** Whether a page of this origin may use the server. */
    public boolean allows(String origin) {
        return origins.stream()
                .anyMatch(allowed -> allowed.endsWith(":*")
                        ? isOf(origin, allowed.substring(0, allowed.length() - 1))
                        : allowed.equals(origin));
    }

    private static boolean isOf(String origin, String start) {
        return origin.startsWith(start) && origin.substring(start.length()).matches("[0-9]{1,5}");
    }
}
