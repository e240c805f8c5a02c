package dev.clew.store;

import dev.clew.value.TypeRef;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Memory across threads and runs: documents under namespaces, found by key, by what is in them, and by what they mean.
 * The store port.
 *
 * <p>The contract, which the shipped contract suite proves of every implementation:
 *
 * <ul>
 *   <li><b>Documents</b> are records, maps, beans: what has members with names. They are encoded by the store's codec
 *       when they are put, and decoded to the type that is asked for; what is no such type is a {@link
 *       dev.clew.value.CodecException} that names the document, and never something else. A put replaces the whole
 *       document and keeps its moment of creation.
 *   <li><b>Writes</b> are immediate: seen by every read that begins later, in every process, and surviving power loss
 *       where the store is durable. They are not part of a run: they are not undone when it fails, and are repeated when
 *       the code that makes them is run again. Make them in a leaf task, whose outcome is recorded once.
 *   <li><b>Batches.</b> All reads of a batch see the state before its writes, though what others write may come between
 *       two of them; then its writes are applied, as a whole or not at all, the last one of a key winning. Every single
 *       call is a batch of one.
 *   <li><b>Refusals.</b> What is refused, whatever the reason, has changed nothing.
 *   <li><b>Filters</b> mean what {@link Filter} says.
 *   <li><b>Expiry.</b> A document is gone when its time to live has passed since it was put or, where reading refreshes,
 *       read; by the clock of the store. It is never returned from then on. Writes remove some of those that are gone,
 *       {@link #sweep} removes all.
 *   <li><b>Meaning.</b> With an {@link Embedder}, the texts at the declared paths are embedded when a document is put,
 *       before anything is stored. A query ranks all documents that pass the filter, by the cosine of the angle
 *       to the closest of their vectors. The ranking is exact, but for namespaces that {@link VectorIndexOptions} are for.
 *   <li><b>Names are not hidden.</b> A codec that encrypts covers documents and vectors; namespaces, keys and moments are
 *       stored in clear.
 *   <li><b>Threads.</b> All methods may be called from any thread at any time, and may block. A broken store throws
 *       {@link dev.clew.value.ClewException}.
 * </ul>
 *
 * <p><b>Size.</b> The stores of this project keep an index in memory, from the first search or listing on: some hundred
 * bytes per document, four per number of a vector (eight in {@link #inMemory()}), and up to 32 MiB of documents with
 * their parsed form. A query takes about as long as the products with all vectors of its namespaces: they are made for a
 * hundred thousand documents with vectors, for more with {@link StoreOptions#vectorIndex}, and for more without searches.
 * A store on a {@link FilteringShelf}, without an embedder and without encryption, keeps no index.
 *
 * <pre>{@code
 * Namespace notes = Namespace.of("users", userId, "notes");
 * store.put(notes, "rain", new Note("bring an umbrella", "en"));
 * Optional<Item<Note>> note = store.get(notes, "rain", Note.class);
 * List<Hit<Note>> hits = store.search(Search.in(notes, Note.class).query("wet weather").filter(Filter.eq("lang", "en")));
 * }</pre>
 */
public interface Store {
    /** A store in this process's memory, with the default options. */
    static Store inMemory() {
        return inMemory(StoreOptions.defaults());
    }

    /** A store in this process's memory. */
    static Store inMemory(StoreOptions options) {
        return inMemory(options, Clock.systemUTC());
    }

    /** A store in this process's memory, whose documents expire by this clock. */
    static Store inMemory(StoreOptions options, Clock clock) {
        return on(new MemoryShelf(), options, clock);
    }

    /** For those who bring a database: a store whose rows are kept by this shelf. */
    static Store on(Shelf shelf, StoreOptions options, Clock clock) {
        return new ShelvedStore(shelf, options, clock);
    }

    /**
     * Carries out several requests: first all reads, then all writes.
     *
     * @return an answer for each of them
     */
    BatchResults batch(List<? extends StoreRequest<?>> requests);

    /** Removes all documents that have expired, and says how many it were. */
    int sweep();

    /** {@link #batch(List)} for requests that are known one by one. */
    default BatchResults batch(StoreRequest<?>... requests) {
        return batch(List.of(requests));
    }

    /** The document of a key as this class; empty if there is none. */
    default <T> Optional<Item<T>> get(Namespace namespace, String key, Class<T> type) {
        return get(Get.of(namespace, key, type));
    }

    /** The document of a key as this type; empty if there is none. */
    default <T> Optional<Item<T>> get(Namespace namespace, String key, TypeRef<T> type) {
        return get(Get.of(namespace, key, type));
    }

    /** The document of a key; empty if there is none. */
    default <T> Optional<Item<T>> get(Get<T> get) {
        return batch(get).of(get);
    }

    /** Stores a document in place of what is there; null deletes. Generic documents say their type in a {@link Put}. */
    default void put(Namespace namespace, String key, @Nullable Object document) {
        put(Put.of(namespace, key, document));
    }

    /** Stores a document in place of what is there. */
    default void put(Put put) {
        batch(put);
    }

    /** Deletes a document; if there is none, this does nothing. */
    default void delete(Namespace namespace, String key) {
        batch(Put.delete(namespace, key));
    }

    /** The documents that a search finds, the best first. */
    default <T> List<Hit<T>> search(Search<T> search) {
        return batch(search).of(search);
    }

    /** The first 100 namespaces that hold documents, in their order. */
    default List<Namespace> listNamespaces() {
        return listNamespaces(NamespaceQuery.all());
    }

    /** Namespaces that hold documents, in their order. */
    default List<Namespace> listNamespaces(NamespaceQuery query) {
        return batch(query).of(query);
    }
}
