package dev.clew.store;

import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Answers the reads of one batch, at one moment, and collects which documents live longer for it. */
final class Reading {
    private final Shelf shelf;
    private final StoreOptions options;
    private final SealedBytes sealed;
    private final Finding finder;
    private final Instant now;
    private final List<ShelfChange> prolonged = new ArrayList<>();

    Reading(Shelf shelf, StoreOptions options, SealedBytes sealed, Finding finder, Instant now) {
        this.shelf = shelf;
        this.options = options;
        this.sealed = sealed;
        this.finder = finder;
        this.now = now;
    }

    List<ShelfChange> prolonged() {
        return prolonged;
    }

    /** Null for a write. */
    @Nullable
    Object answer(StoreRequest<?> request) {
        if (request instanceof Get<?> get) {
            return get(get);
        }
        if (request instanceof Search<?> search) {
            return search(search);
        }
        return request instanceof NamespaceQuery query ? finder.namespaces(query, now) : null;
    }

    private <T> Optional<Item<T>> get(Get<T> get) {
        return shelf.find(get.namespace(), get.key())
                .filter(row -> !Expiry.isOver(row.expiresAt(), now))
                .map(row -> {
                    byte[] content = sealed.open(row.content(), SealedBytes.DOCUMENT, row.namespace(), row.key());
                    return item(row, content, get.type(), get.refresh());
                });
    }

    private <T> List<Hit<T>> search(Search<T> search) {
        return finder.find(search, now).stream()
                .map(found -> new Hit<>(
                        item(found.row(), found.content(), search.type(), search.refresh()), score(found.score())))
                .toList();
    }

    private static OptionalDouble score(float score) {
        return score == Ranking.UNSCORED ? OptionalDouble.empty() : OptionalDouble.of(Math.max(-1, Math.min(1, score)));
    }

    private <T> Item<T> item(ShelfRow row, byte[] content, TypeRef<T> type, @Nullable Boolean refresh) {
        T value = decode(row, content, type);
        return new Item<>(
                row.namespace(), row.key(), value, row.createdAt(), row.updatedAt(), expiryAfterReading(row, refresh));
    }

    private <T> T decode(ShelfRow row, byte[] content, TypeRef<T> type) {
        try {
            T value = options.codec().decode(content, type);
            if (value != null) {
                return value;
            }
        } catch (CodecException e) {
            throw new CodecException(
                    "document '" + row.key() + "' in '" + row.namespace() + "' is no " + type + ", by what is",
                    e.path(),
                    e);
        }
        throw new StoreException("document '" + row.key() + "' in '" + row.namespace() + "' is null as a " + type);
    }

    private @Nullable Instant expiryAfterReading(ShelfRow row, @Nullable Boolean refresh) {
        boolean refreshes = refresh == null ? options.refreshOnRead() : refresh;
        if (!refreshes || row.timeToLive() == null) {
            return row.expiresAt();
        }
        Instant later = Expiry.moment(now, row.timeToLive());
        if (later != null && !later.equals(row.expiresAt())) {
            prolonged.add(new ShelfChange.Prolong(row.namespace(), row.key(), row.revision(), later));
        }
        return later;
    }
}
