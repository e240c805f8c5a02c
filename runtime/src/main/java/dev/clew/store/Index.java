package dev.clew.store;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a shelf in memory, so that searches need not read them again and again. It follows the shelf by
 * revision, and so sees what others wrote to it. Searches share it; following it waits for them.
 */
final class Index implements Shelf.Listener {
    /** How many bytes of documents are kept; larger ones are read when a filter asks for them. */
    private static final long MOST_CONTENT = 32 << 20;

    private final Shelf shelf;
    private final boolean keepsVectors;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final @Nullable IndexBuilding building;

    private final NavigableMap<Namespace, Siblings> documents = new TreeMap<>();

    /** Those whose vectors have changed since a query looked at them. */
    private final NavigableMap<Namespace, Siblings> changed = new TreeMap<>();

    private long contentBytes;
    private long told;

    /** @param approximate null to rank exactly always */
    Index(Shelf shelf, boolean keepsVectors, @Nullable VectorIndexOptions approximate) {
        this.shelf = shelf;
        this.keepsVectors = keepsVectors;
        this.building = approximate == null ? null : new IndexBuilding(approximate, lock.writeLock());
    }

    /** Gives what is found in the documents as they are now, at the least. */
    <T> T read(Function<NavigableMap<Namespace, Siblings>, T> reading) {
        follow();
        lock.readLock().lock();
        try {
            return reading.apply(documents);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * The same, with the vectors of a namespace and of those below it.
     *
     * @param opener opens vectors; null for those that cannot be compared
     */
    <T> T rank(
            @Nullable Namespace prefix,
            Function<Indexed, float @Nullable [][]> opener,
            Function<NavigableMap<Namespace, Siblings>, T> ranking) {
        follow();
        while (true) {
            lock.readLock().lock();
            try {
                if (below(changed, prefix).isEmpty()) {
                    return ranking.apply(documents);
                }
            } finally {
                lock.readLock().unlock();
            }
            open(prefix, opener); // what others follow before the lock is had again is opened in the next round
        }
    }

    private void open(@Nullable Namespace prefix, Function<Indexed, float @Nullable [][]> opener) {
        lock.writeLock().lock();
        try {
            for (Siblings siblings : below(changed, prefix)) {
                siblings.open(opener);
                changed.remove(siblings.namespace());
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Those at a prefix and below; all if there is none. */
    static List<Siblings> below(NavigableMap<Namespace, Siblings> all, @Nullable Namespace prefix) {
        return prefix == null
                ? List.copyOf(all.values())
                : all.tailMap(prefix, true).values().stream()
                        .takeWhile(siblings -> siblings.namespace().startsWith(prefix))
                        .toList();
    }

    private void follow() {
        long latest = shelf.revision();
        if (latest <= knownRevision()) {
            return;
        }
        lock.writeLock().lock();
        try {
            if (latest > told) {
                told = shelf.tell(told, this);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private long knownRevision() {
        lock.readLock().lock();
        try {
            return told;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void forgetAll() {
        documents.clear();
        changed.clear();
        contentBytes = 0;
    }

    @Override
    public void changed(ShelfRow row) {
        Siblings siblings = documents.computeIfAbsent(row.namespace(), namespace -> new Siblings(namespace, building));
        release(siblings.get(row.key()));
        boolean keepsContent = contentBytes + row.content().length <= MOST_CONTENT;
        contentBytes += keepsContent ? row.content().length : 0;
        siblings.put(new Indexed(row, keepsContent, keepsVectors));
        markChanged(row.namespace(), siblings);
    }

    @Override
    public void gone(Namespace namespace, String key, long revision) {
        Siblings siblings = documents.get(namespace);
        Indexed known = siblings == null ? null : siblings.get(key);
        if (siblings != null && known != null && known.row().revision() < revision) {
            release(known);
            siblings.remove(key);
            if (siblings.isEmpty()) {
                documents.remove(namespace);
                changed.remove(namespace);
            } else {
                markChanged(namespace, siblings);
            }
        }
    }

    private void markChanged(Namespace namespace, Siblings siblings) {
        if (keepsVectors) {
            changed.put(namespace, siblings);
        }
    }

    private void release(@Nullable Indexed document) {
        if (document != null && document.content() != null) {
            contentBytes -= document.content().length;
        }
    }
}
