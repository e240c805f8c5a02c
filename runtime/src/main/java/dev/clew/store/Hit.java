package dev.clew.store;

import java.util.OptionalDouble;

/**
 * A document that a search found.
 *
 * <pre>{@code
 * store.search(search).forEach(hit -> System.out.println(hit.score() + " " + hit.value()));
 * }</pre>
 *
 * @param score how close it is to the query, the cosine of the angle between the two, from -1 to 1; empty without a query
 *     and for a document without vectors
 */
public record Hit<T>(Item<T> item, OptionalDouble score) {
    /** The document. */
    public T value() {
        return item.value();
    }

    /** The document's key. */
    public String key() {
        return item.key();
    }
}
