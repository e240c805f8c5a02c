package dev.clew.server.auth;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
 */
public record AuthRequest(String method, String path, Map<String, String> headers, String remoteAddress) {
    public AuthRequest {
        headers = Map.copyOf(headers);
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
