package dev.clew.store;

/**
 * Something that is asked of a store, alone or in a {@linkplain Store#batch batch}.
 *
 * <p>All requests are immutable.
 *
 * <pre>{@code
 * Get<Note> rain = Get.of(NOTES, "rain", Note.class);
 * BatchResults results = store.batch(rain, Put.of(NOTES, "sun", new Note("hat")));
 * Optional<Item<Note>> before = results.of(rain);
 * }</pre>
 *
 * @param <R> what the answer is; {@link Void}, which is null, for writes
 */
public sealed interface StoreRequest<R> permits Get, NamespaceQuery, Put, Search {}
