package dev.clew.store;

import dev.clew.value.TypeRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document by its key.
 *
 * <pre>{@code
 * store.get(Get.of(NOTES, "rain", Note.class).refresh(false))
 * }</pre>
 *
 * @param type what the document is decoded to
 * @param refresh whether reading starts the document's time to live anew; null for the store's default
 */
public record Get<T>(
        Namespace namespace,
        String key,
        TypeRef<T> type,
        @Nullable Boolean refresh) implements StoreRequest<Optional<Item<T>>> {
    public Get {
        Labels.checkKey(key);
    }

    /** Reads the document as this class. */
    public static <T> Get<T> of(Namespace namespace, String key, Class<T> type) {
        return of(namespace, key, TypeRef.of(type));
    }

    /** Reads the document as this type. */
    public static <T> Get<T> of(Namespace namespace, String key, TypeRef<T> type) {
        return new Get<>(namespace, key, type, null);
    }

    /** Whether reading starts the document's time to live anew. */
    public Get<T> refresh(boolean refresh) {
        return new Get<>(namespace, key, type, refresh);
    }
}
