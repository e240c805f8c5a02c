package dev.clew.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The documents of a namespace, and their vectors. Guarded by the lock of the {@link Index}. */
final class Siblings {
    private final Namespace namespace;
    private final Map<String, Indexed> documents = new HashMap<>();

    /** Those whose vectors are still sealed. A query opens them first. */
    private final Set<Indexed> sealed = new LinkedHashSet<>();

    private final @Nullable IndexBuilding building;

    /** Made for the first vector. */
    private @Nullable VectorBlock block;

    private @Nullable BlockIndex approximate;

    /** @param building null for no approximate index */
    Siblings(Namespace namespace, @Nullable IndexBuilding building) {
        this.namespace = namespace;
        this.building = building;
    }

    Namespace namespace() {
        return namespace;
    }

    @Nullable
    Indexed get(String key) {
        return documents.get(key);
    }

    Collection<Indexed> documents() {
        return documents.values();
    }

    boolean isEmpty() {
        return documents.isEmpty();
    }

    void put(Indexed document) {
        Indexed before = documents.put(document.key(), document);
        if (before != null) {
            sealed.remove(before);
            document.slots(before.slots());
        }
        if (document.sealedVectors() != null) {
            sealed.add(document);
        } else {
            free(document);
        }
    }

    void remove(String key) {
        Indexed before = documents.remove(key);
        if (before != null) {
            sealed.remove(before);
            free(before);
        }
    }

    /**
     * Opens what is sealed, so that queries can rank it.
     *
     * @param opener null for vectors that cannot be compared
     */
    void open(Function<Indexed, float @Nullable [][]> opener) {
        for (var each = sealed.iterator(); each.hasNext(); ) {
            Indexed document = each.next();
            place(document, opener.apply(document));
            document.forgetSealed();
            each.remove();
        }
        if (approximate != null) {
            approximate.follow();
        }
    }

    /** What was put again with the same vectors, or only read, keeps their slots: it is no change to an approximate index. */
    private void place(Indexed document, float @Nullable [][] vectors) {
        if (vectors == null || vectors.length == 0) {
            free(document);
            return;
        }
        VectorBlock open = block(vectors[0].length);
        if (holds(open, document.slots(), vectors)) {
            for (int slot : document.slots()) {
                open.owner(slot, document);
            }
            return;
        }
        free(document);
        int[] slots = new int[vectors.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = open.add(vectors[i], document);
        }
        document.slots(slots);
    }

    private VectorBlock block(int dimensions) {
        VectorBlock known = block;
        if (known == null) {
            known = new VectorBlock(dimensions);
            block = known;
            approximate = building == null ? null : new BlockIndex(known, building);
        }
        return known;
    }

    private static boolean holds(VectorBlock block, int[] slots, float[][] vectors) {
        boolean same = slots.length == vectors.length;
        for (int i = 0; same && i < slots.length; i++) {
            same = block.holds(slots[i], vectors[i]);
        }
        return same;
    }

    private void free(Indexed document) {
        if (block != null) {
            for (int slot : document.slots()) {
                block.remove(slot);
            }
        }
        document.slots(Indexed.NO_SLOTS);
    }

    /** Offers the documents that have vectors and are accepted, or those of them that are about the best. */
    void rank(float[] query, Ranking ranking, Predicate<Indexed> accepted) {
        if (block == null || (approximate != null && approximate.rank(query, ranking, accepted))) {
            return;
        }
        block.rank(query, ranking, accepted);
    }

    /** Offers the documents that are accepted, without scores. */
    void list(Ranking ranking, Predicate<Indexed> accepted) {
        documents.values().forEach(document -> offer(document, ranking, accepted));
    }

    /** The same, of those that no query ranks. */
    void listUnranked(Ranking ranking, Predicate<Indexed> accepted) {
        for (Indexed document : documents.values()) {
            if (document.slots().length == 0) {
                offer(document, ranking, accepted);
            }
        }
    }

    private static void offer(Indexed document, Ranking ranking, Predicate<Indexed> accepted) {
        if (ranking.wants(document, Ranking.UNSCORED) && accepted.test(document)) {
            ranking.offer(document, Ranking.UNSCORED);
        }
    }
}
