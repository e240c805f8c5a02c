package dev.clew.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The approximate index of a block. It is built in the background, and again when a tenth of the vectors has changed; what changed since
 * is ranked exactly beside it. Guarded by the lock of the {@link Index}.
 */
final class BlockIndex {
    /** One of so many vectors has changed before the index is built again. */
    private static final int CHANGED_PART = 10;

    /** Whoever must look at more than one of so many vectors looks at all of them. */
    private static final int CANDIDATES_PART = 50;

    private static final int FEWEST_CANDIDATES = 100;

    private final VectorBlock block;
    private final IndexBuilding building;
    private @Nullable Built built;
    private boolean isBuilding;
    private long changesBuilt = -1;

    /** Set by searches, which only read. */
    private volatile boolean broken;

    BlockIndex(VectorBlock block, IndexBuilding building) {
        this.block = block;
        this.building = building;
    }

    private record Built(VectorIndex index, VectorSnapshot vectors) {}

    /** Begins to build if that is due. The caller may write. */
    void follow() {
        if (isBuilding) {
            return;
        }
        if (broken || (built != null && isSmall())) {
            drop();
        }
        if (!isSmall() && (changesBuilt < 0 || changed() > block.live() / CHANGED_PART)) {
            isBuilding = true;
            changesBuilt = block.changes();
            VectorSnapshot vectors = block.snapshot();
            building.build(vectors, index -> use(new Built(index, vectors)), this::failed);
        }
    }

    private boolean isSmall() {
        return block.live() < building.from();
    }

    private long changed() {
        return block.changes() - changesBuilt;
    }

    private void use(Built now) {
        isBuilding = false;
        built = now;
        block.use(now.vectors());
    }

    private void failed() {
        isBuilding = false;
        drop();
    }

    private void drop() {
        broken = false;
        built = null;
        block.unpin();
    }

    /** Offers the best that are accepted; nothing, and false, if all must be looked at for these. */
    boolean rank(float[] query, Ranking ranking, Predicate<Indexed> accepted) {
        Built now = built;
        List<Indexed> best = now == null || broken || isSmall() ? null : best(now, query, ranking.most(), accepted);
        if (best == null) {
            return false;
        }
        best.forEach(document -> ranking.offer(document, block.score(query, document)));
        block.rankAdded(query, ranking, accepted);
        return true;
    }

    /** Asks for more until enough are accepted; if so many must be asked for that all are as fast, there is no answer. */
    private @Nullable List<Indexed> best(Built now, float[] query, int most, Predicate<Indexed> accepted) {
        long candidates = Math.max(FEWEST_CANDIDATES, 2L * most);
        while (candidates <= block.live() / CANDIDATES_PART) {
            List<Indexed> best = accepted(nearest(now, query, (int) candidates), query, most, accepted);
            if (best.size() >= most) {
                return best;
            }
            if (best.isEmpty()) {
                return null;
            }
            candidates *= Math.max(2, 2L * most / best.size());
        }
        return null;
    }

    /** The first of them, and what is as close as the last of these: the newest of that goes first. */
    private List<Indexed> accepted(Set<Indexed> nearest, float[] query, int most, Predicate<Indexed> accepted) {
        List<Indexed> best = new ArrayList<>();
        float last = Float.NEGATIVE_INFINITY;
        for (Indexed document : nearest) {
            if (best.size() >= most && block.score(query, document) < last) {
                break;
            }
            if (accepted.test(document)) {
                best.add(document);
                last = block.score(query, document);
            }
        }
        return best;
    }

    private Set<Indexed> nearest(Built now, float[] query, int most) {
        Set<Indexed> documents = new LinkedHashSet<>();
        try {
            for (int number : now.index().nearest(query, most)) {
                Indexed owner = block.owner(now.vectors().slot(number));
                if (owner != null) {
                    documents.add(owner);
                }
            }
        } catch (RuntimeException e) {
            broken = true;
            building.report(e);
            return Set.of();
        }
        return documents;
    }
}
