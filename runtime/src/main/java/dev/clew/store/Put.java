package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores a document under a key, in place of what is there; or deletes it.
 *
 * <pre>{@code
 * store.put(Put.of(NOTES, "rain", note).timeToLive(Duration.ofDays(30)).index("title"));
 * }</pre>
 *
 * @param document a record, a map, a bean, or anything else that is stored as members with names; null deletes
 * @param type what the document is encoded as
 * @param expiry how long it lives
 * @param fields the paths whose texts are embedded; none for no vectors; null for the store's own
 */
public record Put(
        Namespace namespace,
        String key,
        @Nullable Object document,
        TypeRef<?> type,
        Expiry expiry,
        @Nullable List<FieldPath> fields)
        implements StoreRequest<Void> {
    public Put {
        Labels.checkKey(key);
        fields = fields == null ? null : List.copyOf(fields);
    }

    /** Stores a document as the class it is of, which must have no type parameters, or as a map. */
    public static Put of(Namespace namespace, String key, @Nullable Object document) {
        Class<?> type = document == null || document instanceof Map<?, ?> ? Object.class : document.getClass();
        return new Put(namespace, key, document, TypeRef.of(type), Expiry.STANDARD, null);
    }

    /** Stores a document as this type. */
    public static <T> Put of(Namespace namespace, String key, T document, TypeRef<T> type) {
        return new Put(namespace, key, document, type, Expiry.STANDARD, null);
    }

    /** Deletes what is under the key, if anything is. */
    public static Put delete(Namespace namespace, String key) {
        return of(namespace, key, null);
    }

    /** How long the document lives, counted from now and, where reading refreshes, from when it was last read. */
    public Put timeToLive(Duration timeToLive) {
        return with(Expiry.after(timeToLive), fields);
    }

    /** The document stays until it is deleted, whatever the store's default. */
    public Put forEver() {
        return with(Expiry.NEVER, fields);
    }

    /** Embeds the texts at these {@linkplain FieldPath#parse paths}, in place of the store's; if the store embeds at all. */
    public Put index(String... paths) {
        if (paths.length == 0) {
            throw new IllegalRequestException("index() needs a path; notIndexed() keeps a document without vectors");
        }
        return with(expiry, FieldPaths.parse(paths));
    }

    /** Embeds nothing: no query by meaning ranks this document. */
    public Put notIndexed() {
        return with(expiry, List.of());
    }

    private Put with(Expiry newExpiry, @Nullable List<FieldPath> newFields) {
        return new Put(namespace, key, document, type, newExpiry, newFields);
    }

    /** Shows no document: logs are read by people who may not read payloads. */
    @Override
    public String toString() {
        return "Put[" + namespace + ", " + key + "]";
    }
}
