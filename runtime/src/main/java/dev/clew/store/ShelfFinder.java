package dev.clew.store;

import dev.clew.value.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by a shelf that looks at filters. What the shelf shows is tested once more, so that a filter means the same on
 * every shelf, whatever the shelf's types can say.
 */
final class ShelfFinder implements Finding {
    private final FilteringShelf shelf;
    private final Codec codec;
    private final SealedBytes sealed;

    ShelfFinder(FilteringShelf shelf, StoreOptions options, SealedBytes sealed) {
        this.shelf = shelf;
        this.codec = options.codec();
        this.sealed = sealed;
    }

    @Override
    public List<Found> find(Search<?> search, Instant now) {
        boolean selects = !search.filter().equals(Filter.any());
        Predicate<@Nullable Object> test = selects ? search.filter().test(codec) : null;
        List<Filter.Condition> conditions = selects ? search.filter().conditions(codec) : List.of();
        int wanted = (int) Math.min(Integer.MAX_VALUE, (long) search.offset() + search.limit());
        Page page = new Page(search.offset(), search.limit(), test);
        shelf.search(new ShelfSearch(search.prefix(), conditions, now, wanted), page::add);
        return page.found;
    }

    @Override
    public List<Namespace> namespaces(NamespaceQuery query, Instant now) {
        List<Namespace> shown = new ArrayList<>();
        Seen seen = new Seen(query);
        shelf.namespaces(query.firstLabels(), now, namespace -> {
            if (seen.isNew(namespace)) {
                shown.add(query.shown(namespace));
            }
            return shown.size() < query.limit();
        });
        return shown;
    }

    /** Those of a search's documents that pass. */
    private final class Page {
        private final List<Found> found = new ArrayList<>();
        private final @Nullable Predicate<@Nullable Object> test;
        private final int limit;
        private int skip;

        Page(int offset, int limit, @Nullable Predicate<@Nullable Object> test) {
            this.skip = offset;
            this.limit = limit;
            this.test = test;
        }

        /** Whether more are wanted. */
        boolean add(ShelfRow row) {
            if (test == null && skip > 0) {
                skip--;
                return true;
            }
            byte[] content = sealed.open(row.content(), SealedBytes.DOCUMENT, row.namespace(), row.key());
            if (test != null && !test.test(codec.decodePlain(content))) {
                return true;
            }
            if (skip > 0) {
                skip--;
            } else {
                found.add(new Found(row, Ranking.UNSCORED, content));
            }
            return found.size() < limit;
        }
    }

    /** Namespaces come in their order, so those that are shown alike follow each other. */
    private static final class Seen {
        private final NamespaceQuery query;
        private @Nullable Namespace last;
        private int skip;

        Seen(NamespaceQuery query) {
            this.query = query;
            this.skip = query.offset();
        }

        boolean isNew(Namespace namespace) {
            if (!query.matches(namespace)) {
                return false;
            }
            Namespace shown = query.shown(namespace);
            if (shown.equals(last)) {
                return false;
            }
            last = shown;
            return skip-- <= 0;
        }
    }
}
