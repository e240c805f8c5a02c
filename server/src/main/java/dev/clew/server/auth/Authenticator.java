package dev.clew.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Finds out who sends a request. Called for each request but those for {@code /ok}, {@code /info} and the API's description;
 * on several threads at once.
 *
 * <pre>{@code
 * Authenticator byToken = request -> request.header("Authorization").flatMap(tokens::owner).map(Principal::of);
 * }</pre>
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Returns who asks; empty for a request without valid credentials, which is answered with 401. An exception is answered with
     * 500, and logged.
     */
    Optional<Principal> authenticate(AuthRequest request);

    /**
     * One key for everybody, in the header {@code x-api-key}, or as {@code Authorization: Bearer}.
     *
     * @param key at least 16 characters
     */
    static Authenticator apiKey(String key) {
        if (key.length() < 16) {
            throw new IllegalArgumentException("an API key needs at least 16 characters, this one has " + key.length());
        }
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        return request -> request.header("x-api-key")
                .or(() -> request.header("authorization")
                        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                        .map(value -> value.substring(7).strip()))
                .filter(given -> MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8)))
                .map(given -> Principal.of("api-key"));
    }
}
