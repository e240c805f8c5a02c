package dev.clew.server.auth;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an authenticator sees of a request.
 *
 * <pre>{@code
 * Optional<String> token = request.header("Authorization").map(value -> value.substring("Bearer ".length()));
 * }</pre>
 *
 * @param method in capital letters
 * @param path as the client sent it, without the query
 * @param headers by name in small letters
 * @param remoteAddress the address of the other end of the connection
 * @param user whom the servlet container, or a filter before the servlet, has authenticated; null for nobody
 */
public record AuthRequest(
        String method,
        String path,
        Map<String, String> headers,
        String remoteAddress,
        java.security.@Nullable Principal user) {
    public AuthRequest {
        headers = Map.copyOf(headers);
    }

    /** A request of whom the container knows nothing. */
    public AuthRequest(String method, String path, Map<String, String> headers, String remoteAddress) {
        this(method, path, headers, remoteAddress, null);
    }

    /** A header by its name, in any spelling. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Without the headers, which may hold secrets. */
    @Override
    public String toString() {
        return "AuthRequest[" + method + " " + path + " from " + remoteAddress + "]";
    }
}
