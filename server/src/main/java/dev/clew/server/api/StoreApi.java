package dev.clew.server.api;

import dev.clew.server.auth.Operation;
import dev.clew.server.json.Json;
import dev.clew.server.kept.Documents;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.store.Filter;
import dev.clew.store.Get;
import dev.clew.store.Hit;
import dev.clew.store.Item;
import dev.clew.store.Namespace;
import dev.clew.store.NamespaceQuery;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Items of the store. */
public final class StoreApi {
    private static final TypeRef<Map<String, @Nullable Object>> DOCUMENT =
            new TypeRef<Map<String, @Nullable Object>>() {};

    /** How many namespaces of its own the server may have. */
    private static final int OWN_NAMESPACES = 10;

    private final Gate gate;
    private final Store store;

    public StoreApi(Parts parts, Store store) {
        this.gate = new Gate(parts);
        this.store = store;
    }

    public List<Route> routes() {
        return List.of(
                Route.put("/store/items", Operation.Items.PUT, this::put),
                Route.get("/store/items", Operation.Items.GET, this::get),
                Route.delete("/store/items", Operation.Items.DELETE, this::delete),
                Route.post("/store/items/search", Operation.Items.SEARCH, this::search),
                Route.post("/store/namespaces", Operation.Items.LIST_NAMESPACES, this::namespaces));
    }

    private Reply put(ApiRequest request) {
        gate.decide(request, Operation.Items.PUT);
        Body body = request.body();
        Namespace namespace = namespace(labels(body, "namespace"));
        String key = body.requireText("key");
        ObjectNode value = body.object("value")
                .orElseThrow(() -> ApiRefusal.invalid("'value' is missing; it is a required object"));
        Put put = Put.of(namespace, key, Json.plain(value));
        Optional<Double> minutes = body.number("ttl");
        if (minutes.isPresent() && minutes.get() > 0) {
            put = put.timeToLive(Duration.ofMillis(Math.round(minutes.get() * 60_000)));
        }
        JsonNode index = body.find("index");
        if (index != null && index.isBoolean() && !index.booleanValue()) {
            put = put.notIndexed();
        } else if (index != null) {
            put = put.index(body.texts("index").toArray(String[]::new));
        }
        store.put(put);
        return Reply.empty(204);
    }

    private Reply get(ApiRequest request) {
        gate.decide(request, Operation.Items.GET);
        Namespace namespace =
                namespace(Arrays.asList(request.query("namespace").orElse("").split("\\.", -1)));
        String key = request.query("key").orElseThrow(() -> ApiRefusal.badRequest("the parameter 'key' is missing"));
        Get<Map<String, @Nullable Object>> get = Get.of(namespace, key, DOCUMENT);
        if (request.query("refresh_ttl").isPresent()) {
            get = get.refresh(request.queryFlag("refresh_ttl"));
        }
        return Reply.json(
                store.get(get).map(StoreApi::view).<JsonNode>map(item -> item).orElseGet(Json::nothing));
    }

    private Reply delete(ApiRequest request) {
        gate.decide(request, Operation.Items.DELETE);
        Body body = request.body();
        store.delete(namespace(labels(body, "namespace")), body.requireText("key"));
        return Reply.empty(204);
    }

    private Reply search(ApiRequest request) {
        gate.decide(request, Operation.Items.SEARCH);
        Body body = request.body();
        List<String> prefix = labels(body, "namespace_prefix");
        Search<Map<String, @Nullable Object>> search = (prefix.isEmpty()
                        ? Search.in(new Namespace(List.of()), DOCUMENT)
                        : Search.in(namespace(prefix), DOCUMENT))
                .limit(body.integer("limit", 1, 1_000).orElse(10))
                .offset(body.integer("offset", 0, Integer.MAX_VALUE).orElse(0));
        Optional<ObjectNode> filter = body.object("filter");
        if (filter.isPresent()) {
            search = search.filter(Filter.of(filter(filter.get())));
        }
        Optional<String> query = body.text("query");
        if (query.isPresent()) {
            search = search.query(query.get());
        }
        ArrayNode items = Json.array();
        for (Hit<Map<String, @Nullable Object>> hit : store.search(search)) {
            ObjectNode item = view(hit.item());
            item.set("score", hit.score().isPresent() ? Json.of(hit.score().getAsDouble()) : Json.nothing());
            items.add(item);
        }
        ObjectNode found = Json.object();
        found.set("items", items);
        return Reply.json(found);
    }

    @SuppressWarnings("unchecked") // the plain data of an object is a map by name
    private static Map<String, @Nullable Object> filter(ObjectNode filter) {
        Object plain = Json.plain(filter);
        return plain == null ? Map.of() : (Map<String, @Nullable Object>) plain;
    }

    private Reply namespaces(ApiRequest request) {
        gate.decide(request, Operation.Items.LIST_NAMESPACES);
        Body body = request.body();
        int limit = body.integer("limit", 1, 1_000).orElse(100);
        int offset = body.integer("offset", 0, Integer.MAX_VALUE).orElse(0);
        NamespaceQuery query =
                NamespaceQuery.all().limit((int) Math.min(Integer.MAX_VALUE, (long) offset + limit + OWN_NAMESPACES));
        List<String> prefix = labels(body, "prefix");
        List<String> suffix = labels(body, "suffix");
        query = prefix.isEmpty() ? query : query.prefix(prefix.toArray(String[]::new));
        query = suffix.isEmpty() ? query : query.suffix(suffix.toArray(String[]::new));
        var depth = body.integer("max_depth", 1, 1_000);
        query = depth.isEmpty() ? query : query.maxDepth(depth.getAsInt());
        ArrayNode all = Json.array();
        store.listNamespaces(query).stream()
                .filter(namespace -> !isOwn(namespace.labels()))
                .skip(offset)
                .limit(limit)
                .forEach(namespace -> all.add(Json.of(namespace.labels())));
        ObjectNode found = Json.object();
        found.set("namespaces", all);
        return Reply.json(found);
    }

    private static List<String> labels(Body body, String name) {
        JsonNode given = body.find(name);
        if (given != null && !given.isArray()) {
            throw ApiRefusal.invalid("'" + name + "' must be a list of texts");
        }
        return body.texts(name);
    }

    private static Namespace namespace(List<String> labels) {
        if (labels.isEmpty()) {
            throw ApiRefusal.badRequest("'namespace' must have at least one label");
        }
        if (isOwn(labels)) {
            throw ApiRefusal.invalid(
                    "'namespace' must not start with '" + Documents.LABEL + "', which is the server's own");
        }
        for (String label : labels) {
            if (label.isEmpty() || label.indexOf('.') >= 0) {
                throw ApiRefusal.invalid(
                        "'namespace' has the label '" + label + "'; a label is a text without dots, and not empty");
            }
        }
        return new Namespace(labels);
    }

    /** What the server keeps for itself is not for its clients. */
    private static boolean isOwn(List<String> labels) {
        return !labels.isEmpty() && labels.get(0).equals(Documents.LABEL);
    }

    private static ObjectNode view(Item<?> item) {
        ObjectNode view = Json.object();
        view.set("namespace", Json.of(item.namespace().labels()));
        view.put("key", item.key());
        view.set("value", Json.of(item.value()));
        view.set("created_at", Json.time(item.createdAt()));
        view.set("updated_at", Json.time(item.updatedAt()));
        return view;
    }
}
