package dev.clew.client.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a server is, and how it is talked to.
 *
 * @param base without a slash at the end
 * @param headers what gives the headers of each request, such as credentials; called for every request
 * @param requestTimeout how long the beginning of an answer may take
 * @param silence after how long without a byte a waiting connection counts as dead
 * @param patience for how long a server may be away before a call fails
 */
public record Endpoint(
        HttpClient client,
        URI base,
        List<Supplier<Map<String, String>>> headers,
        Duration requestTimeout,
        Duration silence,
        Duration patience) {
    public Endpoint {
        headers = List.copyOf(headers);
    }

    /** The same with another patience. */
    public Endpoint patience(Duration other) {
        return new Endpoint(client, base, headers, requestTimeout, silence, other);
    }

    /** The address of a path, which begins with a slash. */
    URI at(String path) {
        return URI.create(base + path);
    }
}
