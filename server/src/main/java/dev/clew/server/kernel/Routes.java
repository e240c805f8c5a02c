package dev.clew.server.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All addresses that are answered. Of two that fit, the one with fewer parameters is meant.
 *
 * <pre>{@code
 * Routes.Match match = routes.find("GET", "/threads/chat-1");
 * }</pre>
 */
public final class Routes {
    /** By the number of their segments; of those, the ones with fewer parameters first. */
    private final Map<Integer, List<Entry>> bySize;

    /** Routes in any order. */
    public Routes(List<Route> all) {
        bySize = all.stream()
                .sorted(Comparator.comparingInt(route -> route.parameters().size()))
                .map(route -> new Entry(route, Route.segments(route.pattern())))
                .collect(Collectors.groupingBy(entry -> entry.segments().size()));
    }

    private record Entry(Route route, List<String> segments) {
        @Nullable
        Map<String, String> match(List<String> raw) {
            return Route.match(segments, raw);
        }
    }

    private List<Entry> ofSize(List<String> segments) {
        return bySize.getOrDefault(segments.size(), List.of());
    }

    /**
     * The route of a request.
     *
     * @param route the route
     * @param parameters its decoded parameters
     */
    public record Match(Route route, Map<String, String> parameters) {}

    /**
     * Finds the route of a request.
     *
     * @param path raw, as the client sent it, without the query
     * @throws ApiRefusal with 404 for an unknown path, and with 405 for a method that it does not have
     */
    public Match find(String method, String path) {
        List<String> segments = Route.segments(path);
        List<String> methods = new ArrayList<>();
        for (Entry entry : ofSize(segments)) {
            Map<String, String> raw = entry.match(segments);
            if (raw == null) {
                continue;
            }
            Route route = entry.route();
            if (route.method().equals(method)
                    || method.equals("HEAD") && route.method().equals("GET")) {
                return new Match(route, decoded(raw));
            }
            methods.add(route.method());
        }
        if (methods.isEmpty()) {
            throw ApiRefusal.notFound("there is nothing at " + method + " " + shown(path));
        }
        throw ApiRefusal.of(
                405,
                "method_not_allowed",
                method + " is not answered at " + shown(path) + "; there are " + new TreeSet<>(methods));
    }

    /** The methods that are answered at a path; empty if it is unknown. */
    public Optional<String> methods(String path) {
        List<String> segments = Route.segments(path);
        TreeSet<String> methods = new TreeSet<>();
        ofSize(segments).stream()
                .filter(entry -> entry.match(segments) != null)
                .forEach(entry -> methods.add(entry.route().method()));
        return methods.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", methods));
    }

    private static Map<String, String> decoded(Map<String, String> raw) {
        Map<String, String> values = new LinkedHashMap<>();
        raw.forEach((name, segment) -> values.put(name, required(name, PathIds.read(segment))));
        return values;
    }

    private static String required(String name, String value) {
        if (value.isBlank() || value.length() > 1_500 || value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw ApiRefusal.invalid("'" + name.replace('_', ' ')
                    + "' in the address must have 1 to 1500 characters, none of them a control character");
        }
        return value;
    }

    private static String shown(String path) {
        return path.length() > 100 ? path.substring(0, 100) + "…" : path;
    }
}
