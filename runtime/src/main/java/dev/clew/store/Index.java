package dev.clew.store;

import java.util.HashMap;
import java.util.Map;
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

    private final NavigableMap<Namespace, Map<String, Indexed>> documents = new TreeMap<>();
    private long contentBytes;
    private long told;

    Index(Shelf shelf, boolean keepsVectors) {
        this.shelf = shelf;
        this.keepsVectors = keepsVectors;
    }

    /** Gives what is found in the documents as they are now, at the least. */
    <T> T read(Function<NavigableMap<Namespace, Map<String, Indexed>>, T> reading) {
        follow();
        lock.readLock().lock();
        try {
            return reading.apply(documents);
        } finally {
            lock.readLock().unlock();
        }
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
        contentBytes = 0;
    }

    @Override
    public void changed(ShelfRow row) {
        Map<String, Indexed> siblings = documents.computeIfAbsent(row.namespace(), none -> new HashMap<>());
        release(siblings.remove(row.key()));
        boolean keepsContent = contentBytes + row.content().length <= MOST_CONTENT;
        contentBytes += keepsContent ? row.content().length : 0;
        siblings.put(row.key(), new Indexed(row, keepsContent, keepsVectors));
    }

    @Override
    public void gone(Namespace namespace, String key, long revision) {
        Map<String, Indexed> siblings = documents.get(namespace);
        Indexed known = siblings == null ? null : siblings.get(key);
        if (siblings != null && known != null && known.row().revision() < revision) {
            release(siblings.remove(key));
            if (siblings.isEmpty()) {
                documents.remove(namespace);
            }
        }
    }

    private void release(@Nullable Indexed document) {
        if (document != null && document.content() != null) {
            contentBytes -= document.content().length;
        }
    }
}
