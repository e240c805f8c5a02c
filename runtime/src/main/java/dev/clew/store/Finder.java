package dev.clew.store;

import dev.clew.store.Ranking.Ranked;
import dev.clew.value.Codec;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds documents in the index of a shelf. */
final class Finder implements Finding {
    private static final Logger LOG = LoggerFactory.getLogger(Finder.class);
    private static final int MOST_ATTEMPTS = 20;

    private final Shelf shelf;
    private final Codec codec;
    private final SealedBytes sealed;
    private final @Nullable Embedder embedder;
    private final Index index;
    private volatile boolean warned;

    Finder(Shelf shelf, StoreOptions options, SealedBytes sealed) {
        this.shelf = shelf;
        this.codec = options.codec();
        this.sealed = sealed;
        this.embedder = options.embedder();
        this.index = new Index(shelf, embedder != null, options.vectorIndex());
    }

    /** A document was replaced between being seen in the index and being read from the shelf. */
    private static final class Outdated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Outdated() {
            super(null, null, false, false);
        }
    }

    @Override
    public List<Found> find(Search<?> search, Instant now) {
        Query query = query(search);
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                return page(search, query, now);
            } catch (Outdated again) {
                // the index follows the shelf at the next attempt
            }
        }
        throw new StoreException("documents in "
                + (search.prefix() == null ? "the store" : "'" + search.prefix() + "'")
                + " change faster than they can be searched; search a namespace further down");
    }

    @Override
    public List<Namespace> namespaces(NamespaceQuery query, Instant now) {
        return index.read(documents -> {
            TreeSet<Namespace> shown = new TreeSet<>();
            documents.forEach((namespace, siblings) -> {
                if (query.matches(namespace)
                        && siblings.documents().stream().anyMatch(document -> !document.isOver(now))) {
                    shown.add(query.shown(namespace));
                }
            });
            return shown.stream().skip(query.offset()).limit(query.limit()).toList();
        });
    }

    /** A search made ready: null stands for everything, and for no vector. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Query(@Nullable Predicate<@Nullable Object> test, float @Nullable [] vector) {}

    private Query query(Search<?> search) {
        boolean selects = !search.filter().equals(Filter.any());
        Predicate<@Nullable Object> test = selects ? search.filter().test(codec) : null;
        String text = search.query();
        return new Query(
                test, embedder == null || text == null || text.isBlank() ? null : Embedding.ofQuery(embedder, text));
    }

    private List<Found> page(Search<?> search, Query query, Instant now) {
        Predicate<@Nullable Object> test = query.test();
        Predicate<Indexed> accepted = document -> !document.isOver(now) && (test == null || test.test(plain(document)));
        Ranking ranking = new Ranking((int) Math.min(Integer.MAX_VALUE, (long) search.offset() + search.limit()));
        Namespace prefix = search.prefix();
        float[] vector = query.vector();
        if (embedder == null || vector == null) {
            return index.read(documents -> {
                Index.below(documents, prefix).forEach(each -> each.list(ranking, accepted));
                return found(ranking, search);
            });
        }
        return index.rank(prefix, document -> opened(document, embedder), documents -> {
            List<Siblings> siblings = Index.below(documents, prefix);
            siblings.forEach(each -> each.rank(vector, ranking, accepted));
            if (!ranking.isFull()) {
                siblings.forEach(each -> each.listUnranked(ranking, accepted));
            }
            return found(ranking, search);
        });
    }

    private List<Found> found(Ranking ranking, Search<?> search) {
        return ranking.from(search.offset()).stream().map(this::found).toList();
    }

    private Found found(Ranked ranked) {
        Indexed document = ranked.document();
        return new Found(document.row(), ranked.score(), content(document));
    }

    private byte[] content(Indexed document) {
        byte[] kept = document.content();
        if (kept == null) {
            kept = shelf.find(document.namespace(), document.key())
                    .filter(row -> row.revision() == document.row().revision())
                    .orElseThrow(Outdated::new)
                    .content();
        }
        return sealed.open(kept, SealedBytes.DOCUMENT, document.namespace(), document.key());
    }

    private @Nullable Object plain(Indexed document) {
        Object known = document.plain();
        if (known == null) {
            known = codec.decodePlain(content(document));
            if (document.content() != null && known != null) {
                document.opened(known);
            }
        }
        return known;
    }

    private float @Nullable [][] opened(Indexed document, Embedder known) {
        byte[] closed = document.sealedVectors();
        if (closed == null) {
            return null;
        }
        byte[] clear = sealed.open(closed, SealedBytes.VECTORS, document.namespace(), document.key());
        float[][] vectors = VectorBytes.read(clear, known);
        if (vectors == null && !warned) {
            warned = true;
            LOG.warn(
                    "document '{}' in '{}', and perhaps others, was embedded by another model than '{}'; queries do not"
                            + " rank it until it is put again",
                    document.key(),
                    document.namespace(),
                    known.id());
        }
        return vectors;
    }
}
