package dev.clew.server.kernel;

import dev.clew.server.auth.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered at one address, and how.
 *
 * <pre>{@code
 * Route.get("/threads/{thread_id}", Operation.Threads.READ, threads::get)
 * }</pre>
 *
 * @param method in capital letters
 * @param pattern segments, of which those in braces are parameters
 * @param operation what is decided on before; null if anybody may, without saying who they are
 * @param handler answers
 */
public record Route(String method, String pattern, @Nullable Operation operation, Handler handler) {
    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        Reply handle(ApiRequest request);
    }

    public static Route get(String pattern, @Nullable Operation operation, Handler handler) {
        return new Route("GET", pattern, operation, handler);
    }

    public static Route post(String pattern, @Nullable Operation operation, Handler handler) {
        return new Route("POST", pattern, operation, handler);
    }

    public static Route put(String pattern, Operation operation, Handler handler) {
        return new Route("PUT", pattern, operation, handler);
    }

    public static Route patch(String pattern, Operation operation, Handler handler) {
        return new Route("PATCH", pattern, operation, handler);
    }

    public static Route delete(String pattern, Operation operation, Handler handler) {
        return new Route("DELETE", pattern, operation, handler);
    }

    /** The names of the parameters, in their order. */
    public List<String> parameters() {
        List<String> names = new ArrayList<>();
        for (String segment : segments(pattern)) {
            if (isParameter(segment)) {
                names.add(name(segment));
            }
        }
        return names;
    }

    /** The parameters of a path of these raw segments; null if it is another one than the pattern of {@code own} segments. */
    static @Nullable Map<String, String> match(List<String> own, List<String> raw) {
        if (own.size() != raw.size()) {
            return null;
        }
        for (int i = 0; i < raw.size(); i++) {
            if (!isParameter(own.get(i)) && !own.get(i).equals(raw.get(i))) {
                return null;
            }
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < raw.size(); i++) {
            if (isParameter(own.get(i))) {
                found.put(name(own.get(i)), raw.get(i));
            }
        }
        return found;
    }

    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            segments.add(segment);
        }
        return segments.subList(1, segments.size());
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    private static String name(String segment) {
        return segment.substring(1, segment.length() - 1);
    }
}
