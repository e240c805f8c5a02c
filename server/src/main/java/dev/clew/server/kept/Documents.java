package dev.clew.server.kept;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server itself remembers beside threads and runs, in the store that its clients use, under a namespace that they
 * cannot reach. It is there and not in a table of its own because nothing of it takes part in a run's transactions; each
 * document is written whole, and the last one counts. Thread-safe.
 *
 * <pre>{@code
 * Documents crons = new Documents(store, "crons");
 * crons.put(id, cron);
 * }</pre>
 */
public final class Documents {
    /** The first label of the namespaces that clients cannot reach. */
    public static final String LABEL = "agent-server";

    /** How many documents of one kind there may be. */
    public static final int MOST = 10_000;

    /** How large a document may be: all of a kind are read at once. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final TypeRef<Map<String, @Nullable Object>> DOCUMENT =
            new TypeRef<Map<String, @Nullable Object>>() {};

    private final Store store;
    private final Namespace namespace;

    /** @param kind what they are: one label */
    public Documents(Store store, String kind) {
        this.store = store;
        this.namespace = Namespace.of(LABEL, kind);
    }

    /** A document; empty if there is none of this id. */
    public Optional<ObjectNode> find(String id) {
        return store.get(namespace, id, DOCUMENT).map(item -> object(item.value()));
    }

    /**
     * Stores a document in place of what is there, durably and until it is deleted, whatever the store does with other documents.
     *
     * @throws ApiRefusal if it is larger than it may be
     */
    public void put(String id, ObjectNode document) {
        int bytes = Json.bytes(document).length;
        if (bytes > MOST_BYTES) {
            throw ApiRefusal.invalid("what is to be kept has " + bytes + " bytes; it may have " + MOST_BYTES);
        }
        store.put(Put.of(namespace, id, Json.plain(document)).forEver().notIndexed());
    }

    public void delete(String id) {
        store.delete(namespace, id);
    }

    /** All documents, those that were changed last at the end. */
    public List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        for (Hit<Map<String, @Nullable Object>> hit :
                store.search(Search.in(namespace, DOCUMENT).limit(MOST))) {
            all.add(object(hit.item().value()));
        }
        Collections.reverse(all);
        return all;
    }

    private static ObjectNode object(Map<String, @Nullable Object> plain) {
        return (ObjectNode) Json.of(plain);
    }
}
