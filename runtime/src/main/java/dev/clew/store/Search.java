package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents below a namespace, by what is in them, by what they mean, or both.
 *
 * <p>With a query, and a store that embeds, documents are ranked by how close they are to it, each by the closest of its
 * vectors; those without vectors follow. Without one, and among equals, the one that was put last comes first.
 *
 * <pre>{@code
 * List<Hit<Note>> hits = store.search(Search.in(NOTES, Note.class)
 *     .query("what to wear when it is wet")
 *     .filter(Filter.eq("lang", "en"))
 *     .limit(5));
 * }</pre>
 *
 * @param prefix searched are this namespace and all below it; null for all
 * @param type what the documents are decoded to
 * @param query a text to rank by; null or blank for none
 * @param filter what must hold of a document
 * @param limit how many documents are found at most
 * @param offset how many of the first are left out
 * @param refresh whether the found documents' time to live starts anew; null for the store's default
 */
public record Search<T>(
        @Nullable Namespace prefix,
        TypeRef<T> type,
        @Nullable String query,
        Filter filter,
        int limit,
        int offset,
        @Nullable Boolean refresh)
        implements StoreRequest<List<Hit<T>>> {
    private static final int STANDARD_LIMIT = 10;

    public Search {
        if (limit < 1 || offset < 0) {
            throw new IllegalRequestException("a search needs a limit of at least 1 and an offset of at least 0, not "
                    + limit + " and " + offset);
        }
    }

    /** Searches a namespace and all below it, for documents of this class. */
    public static <T> Search<T> in(Namespace prefix, Class<T> type) {
        return in(prefix, TypeRef.of(type));
    }

    /** Searches a namespace and all below it, for documents of this type. */
    public static <T> Search<T> in(Namespace prefix, TypeRef<T> type) {
        return new Search<>(prefix, type, null, Filter.any(), STANDARD_LIMIT, 0, null);
    }

    /** Searches the whole store, for documents of this class. */
    public static <T> Search<T> everywhere(Class<T> type) {
        return new Search<>(null, TypeRef.of(type), null, Filter.any(), STANDARD_LIMIT, 0, null);
    }

    /** Ranks by closeness to this text. */
    public Search<T> query(String query) {
        return new Search<>(prefix, type, query, filter, limit, offset, refresh);
    }

    /** Finds only what this holds of. */
    public Search<T> filter(Filter filter) {
        return new Search<>(prefix, type, query, filter, limit, offset, refresh);
    }

    /** Finds at most this many; 10 if not set. */
    public Search<T> limit(int limit) {
        return new Search<>(prefix, type, query, filter, limit, offset, refresh);
    }

    /** Leaves out this many of the first. */
    public Search<T> offset(int offset) {
        return new Search<>(prefix, type, query, filter, limit, offset, refresh);
    }

    /** Whether the found documents' time to live starts anew. */
    public Search<T> refresh(boolean refresh) {
        return new Search<>(prefix, type, query, filter, limit, offset, refresh);
    }

    /** Shows neither query nor filter: logs are read by people who may not read payloads. */
    @Override
    public String toString() {
        return "Search[" + (prefix == null ? "everywhere" : prefix) + ", " + type + "]";
    }
}
