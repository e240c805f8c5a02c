package dev.clew.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store on any shelf: all that documents, filters, vectors and expiry mean is decided here, for every shelf alike. */
final class ShelvedStore implements Store {
    private final Shelf shelf;
    private final StoreOptions options;
    private final Clock clock;
    private final SealedBytes sealed;
    private final Drafts drafts;
    private final Finding finder;

    ShelvedStore(Shelf shelf, StoreOptions options, Clock clock) {
        this.shelf = shelf;
        this.options = options;
        this.clock = clock;
        this.sealed = new SealedBytes(options.codec());
        this.drafts = new Drafts(options, sealed);
        this.finder = shelf instanceof FilteringShelf filtering && options.embedder() == null && !sealed.encrypts()
                ? new ShelfFinder(filtering, options, sealed)
                : new Finder(shelf, options, sealed);
    }

    @Override
    public BatchResults batch(List<? extends StoreRequest<?>> requests) {
        Instant now = clock.instant();
        List<Put> puts = requests.stream()
                .filter(Put.class::isInstance)
                .map(Put.class::cast)
                .toList();
        List<ShelfChange> changes = drafts.changes(puts, now);
        Reading reading = new Reading(shelf, options, sealed, finder, now);
        List<@Nullable Object> results = new ArrayList<>();
        for (StoreRequest<?> request : requests) {
            results.add(reading.answer(request));
        }
        List<ShelfChange> all = new ArrayList<>(reading.prolonged());
        all.addAll(changes);
        if (!all.isEmpty()) {
            shelf.write(all, now);
        }
        return new BatchResults(requests, results);
    }

    @Override
    public int sweep() {
        return shelf.sweep(clock.instant());
    }
}
