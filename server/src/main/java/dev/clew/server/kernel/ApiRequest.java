package dev.clew.server.kernel;

import dev.clew.server.auth.Principal;
import dev.clew.server.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that was routed: its parameters are decoded, its caller is known.
 *
 * <pre>{@code
 * String thread = request.path("thread_id");
 * Body body = request.body();
 * }</pre>
 *
 * @param method in capital letters
 * @param path the decoded values of the route's parameters, by name
 * @param query the decoded parameters of the query
 * @param headers by name in small letters
 * @param content the body's bytes
 * @param principal who asks
 */
public record ApiRequest(
        String method,
        Map<String, String> path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] content,
        Principal principal) {
    private static final Set<String> TRUE = Set.of("1", "true", "yes", "True");

    /** The same caller's request for something else: with these parameters of the path alone. */
    public ApiRequest on(Map<String, String> parameters) {
        return new ApiRequest(method, parameters, Map.of(), headers, new byte[0], principal);
    }

    /** {@link #on(Map)} with another body, and the id that makes it the same request if it is sent again. */
    public ApiRequest on(Map<String, String> parameters, ObjectNode body, String key) {
        Map<String, String> keyed = new LinkedHashMap<>(headers);
        keyed.put("idempotency-key", key);
        return new ApiRequest(method, parameters, Map.of(), keyed, Json.bytes(body), principal);
    }

    /** A parameter of the path. */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no parameter '" + name + "'");
        }
        return value;
    }

    /** The body's members; none if there is no body. */
    public Body body() {
        JsonNode document = document();
        if (document == null) {
            return Body.EMPTY;
        }
        if (document instanceof ObjectNode object) {
            return new Body(object);
        }
        throw ApiRefusal.invalid("the body must be a JSON object");
    }

    /** The body as it is; null if there is none. */
    public @Nullable JsonNode document() {
        if (content.length == 0) {
            return null;
        }
        requireJson();
        try {
            return Json.read(content);
        } catch (JacksonException malformed) {
            throw ApiRefusal.badRequest("the body is not well-formed JSON: " + malformed.getOriginalMessage());
        }
    }

    /**
     * A page of another origin can send a text without asking first, but no JSON.
     *
     * @throws ApiRefusal with 415 if the body is said to be something else
     */
    public void requireJson() {
        String type = headers.getOrDefault("content-type", "application/json");
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!plain.equals("application/json") && !plain.endsWith("+json")) {
            throw ApiRefusal.of(415, "unsupported_media_type", "the body must be application/json, not " + plain);
        }
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A parameter of the query; empty if it is absent or has no characters. */
    public Optional<String> query(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.stream().reduce((first, last) -> last).filter(value -> !value.isEmpty());
    }

    public boolean queryFlag(String name) {
        return query(name).filter(TRUE::contains).isPresent();
    }

    public int queryInt(String name, int least, int greatest, int otherwise) {
        Optional<String> given = query(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given.get());
            if (number >= least && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw ApiRefusal.invalid("the parameter '" + name + "' must be a whole number, not '" + given.get() + "'");
        }
        throw ApiRefusal.invalid(
                "the parameter '" + name + "' is " + given.get() + "; it must be from " + least + " to " + greatest);
    }

    /** A list in any of the forms that clients send: repeated, as JSON, or with commas. */
    public List<String> queryList(String name) {
        List<String> all = new ArrayList<>();
        for (String value : query.getOrDefault(name, List.of())) {
            if (value.startsWith("[")) {
                all.addAll(jsonList(name, value));
            } else {
                for (String part : value.split(",", -1)) {
                    if (!part.isBlank()) {
                        all.add(part.strip());
                    }
                }
            }
        }
        return all;
    }

    private static List<String> jsonList(String name, String value) {
        try {
            List<String> all = new ArrayList<>();
            for (JsonNode element : Json.read(value)) {
                all.add(element.asString());
            }
            return all;
        } catch (JacksonException malformed) {
            throw ApiRefusal.invalid("the parameter '" + name + "' is not a well-formed JSON list");
        }
    }
}
