package dev.clew.server.api;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API (OpenAPI 3.1), made of the routes themselves. */
public final class OpenApi {
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private OpenApi() {}

    /** The routes, with one more that describes them all. */
    public static List<Route> described(List<Route> routes) {
        List<Route> all = new ArrayList<>(routes);
        // Most servers are never asked for it.
        Supplier<ObjectNode> document = once(() -> document(all));
        all.add(Route.get("/openapi.json", null, request -> Reply.json(document.get())));
        return List.copyOf(all);
    }

    private static Supplier<ObjectNode> once(Supplier<ObjectNode> make) {
        AtomicReference<@Nullable ObjectNode> made = new AtomicReference<>();
        return () -> Objects.requireNonNull(made.updateAndGet(known -> known == null ? make.get() : known));
    }

    private static ObjectNode document(List<Route> routes) {
        ObjectNode document = Json.object();
        document.put("openapi", "3.1.0");
        ObjectNode info = Json.object();
        info.put("title", "Clew agent server");
        info.put("version", "1");
        document.set("info", info);
        ObjectNode paths = Json.object();
        for (Route route : routes) {
            ObjectNode path = paths.get(route.pattern()) instanceof ObjectNode known ? known : Json.object();
            path.set(route.method().toLowerCase(Locale.ROOT), operation(route));
            paths.set(route.pattern(), path);
        }
        document.set("paths", paths);
        return document;
    }

    private static ObjectNode operation(Route route) {
        ObjectNode operation = Json.object();
        String[] words = route.pattern().split("/", -1);
        String tag = words.length < 2 ? "" : words[1];
        operation.set("tags", Json.array().add(tag.isEmpty() ? "meta" : tag));
        operation.put(
                "operationId",
                route.method().toLowerCase(Locale.ROOT)
                        + route.pattern().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", ""));
        ArrayNode parameters = Json.array();
        route.parameters().forEach(name -> {
            ObjectNode parameter = Json.object();
            parameter.put("name", name);
            parameter.put("in", "path");
            parameter.put("required", true);
            parameter.set("schema", type("string"));
            parameters.add(parameter);
        });
        operation.set("parameters", parameters);
        if (WITH_BODY.contains(route.method())) {
            ObjectNode body = Json.object();
            body.set("content", json(type("object")));
            operation.set("requestBody", body);
        }
        ObjectNode responses = Json.object();
        ObjectNode fine = Json.object();
        fine.put("description", "done");
        responses.set("2XX", fine);
        ObjectNode refused = Json.object();
        refused.put("description", "refused; nothing was stored");
        refused.set("content", json(error()));
        responses.set("4XX", refused);
        operation.set("responses", responses);
        return operation;
    }

    private static ObjectNode error() {
        ObjectNode error = type("object");
        ObjectNode members = Json.object();
        for (String name : List.of("code", "message", "detail")) {
            members.set(name, type("string"));
        }
        error.set("properties", members);
        return error;
    }

    private static ObjectNode json(ObjectNode schema) {
        ObjectNode media = Json.object();
        media.set("schema", schema);
        ObjectNode content = Json.object();
        content.set("application/json", media);
        return content;
    }

    private static ObjectNode type(String name) {
        ObjectNode type = Json.object();
        type.put("type", name);
        return type;
    }
}
