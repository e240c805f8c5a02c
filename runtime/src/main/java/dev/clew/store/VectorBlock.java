package dev.clew.store;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a namespace, side by side in memory, so that a search reads them in a row. A vector keeps its slot. Guarded by the
 * lock of the {@link Index}, but for {@link VectorSnapshot}s.
 */
final class VectorBlock {
    /** 256 KiB: to the garbage collector, that is no large array yet. */
    private static final int MOST_FLOATS = 1 << 16;

    private final int dimensions;

    /** How many vectors a chunk has: a power of two. */
    private final int chunkSize;

    /** All are full-grown but the last. */
    private float[][] chunks = {};

    private @Nullable Indexed[] owners = {};
    private int used;
    private int live;
    private long changes;

    private final Slots free = new Slots();

    /** While a snapshot is in use, what is removed keeps its slot, and what is added is known. */
    private boolean pinned;

    private final Slots retired = new Slots();
    private final Slots added = new Slots();

    VectorBlock(int dimensions) {
        this.dimensions = dimensions;
        this.chunkSize = Integer.highestOneBit(Math.max(1, MOST_FLOATS / dimensions));
    }

    int live() {
        return live;
    }

    /** How often a vector was added or removed, ever. */
    long changes() {
        return changes;
    }

    @Nullable
    Indexed owner(int slot) {
        return owners[slot];
    }

    void owner(int slot, Indexed owner) {
        owners[slot] = owner;
    }

    int add(float[] vector, Indexed owner) {
        int slot = free.size() > 0 ? free.removeLast() : nextSlot();
        System.arraycopy(vector, 0, chunks[slot / chunkSize], start(slot), dimensions);
        owners[slot] = owner;
        live++;
        changes++;
        if (pinned) {
            added.add(slot);
        }
        return slot;
    }

    void remove(int slot) {
        owners[slot] = null;
        live--;
        changes++;
        (pinned ? retired : free).add(slot);
    }

    boolean holds(int slot, float[] vector) {
        float[] chunk = chunks[slot / chunkSize];
        return Arrays.equals(chunk, start(slot), start(slot) + dimensions, vector, 0, dimensions);
    }

    private int start(int slot) {
        return slot % chunkSize * dimensions;
    }

    private int nextSlot() {
        int slot = used++;
        int chunk = slot / chunkSize;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + 1);
            chunks[chunk] = new float[(chunk == 0 ? 1 : chunkSize) * dimensions];
        } else if (start(slot) == chunks[chunk].length) {
            chunks[chunk] = Arrays.copyOf(chunks[chunk], 2 * chunks[chunk].length);
        }
        if (slot == owners.length) {
            owners = Arrays.copyOf(owners, Math.max(1, 2 * slot));
        }
        return slot;
    }

    /** Offers all documents that are accepted, each by the closest of its vectors. */
    void rank(float[] query, Ranking ranking, Predicate<Indexed> accepted) {
        for (int first = 0; first < used; first += chunkSize) {
            float[] chunk = chunks[first / chunkSize];
            int end = Math.min(chunkSize, used - first);
            for (int i = 0; i < end; i++) {
                float score = Cosine.dot(query, 0, chunk, i * dimensions, dimensions);
                if (score >= ranking.bar()) {
                    offer(first + i, score, query, ranking, accepted);
                }
            }
        }
    }

    /** The same, of those that were added since the snapshot that is in use. */
    void rankAdded(float[] query, Ranking ranking, Predicate<Indexed> accepted) {
        for (int i = 0; i < added.size(); i++) {
            int slot = added.get(i);
            float score = score(query, slot);
            if (score >= ranking.bar()) {
                offer(slot, score, query, ranking, accepted);
            }
        }
    }

    private void offer(int slot, float score, float[] query, Ranking ranking, Predicate<Indexed> accepted) {
        Indexed document = owners[slot];
        if (document != null
                && closestSlot(query, document) == slot
                && ranking.wants(document, score)
                && accepted.test(document)) {
            ranking.offer(document, score);
        }
    }

    /** The first of the closest. */
    private int closestSlot(float[] query, Indexed document) {
        int[] slots = document.slots();
        int closest = slots[0];
        for (int i = 1; i < slots.length; i++) {
            closest = score(query, slots[i]) > score(query, closest) ? slots[i] : closest;
        }
        return closest;
    }

    /** The cosine of the angle between a query and the closest vector of a document. */
    float score(float[] query, Indexed document) {
        return score(query, closestSlot(query, document));
    }

    private float score(float[] query, int slot) {
        return Cosine.dot(query, 0, chunks[slot / chunkSize], start(slot), dimensions);
    }

    /** The vectors as they are now; from now on they keep their slots. */
    VectorSnapshot snapshot() {
        pinned = true;
        int[] slots = new int[live];
        int size = 0;
        for (int slot = 0; slot < used; slot++) {
            if (owners[slot] != null) {
                slots[size++] = slot;
            }
        }
        return new VectorSnapshot(chunks.clone(), chunkSize, dimensions, slots, added.size(), retired.size());
    }

    /** This snapshot is in use from now on, and none before it. */
    void use(VectorSnapshot snapshot) {
        added.removeFirst(snapshot.added());
        for (int slot : retired.removeFirst(snapshot.retired())) {
            free.add(slot);
        }
    }

    /** No snapshot is in use any more. */
    void unpin() {
        pinned = false;
        added.removeFirst(added.size());
        for (int slot : retired.removeFirst(retired.size())) {
            free.add(slot);
        }
    }
}
