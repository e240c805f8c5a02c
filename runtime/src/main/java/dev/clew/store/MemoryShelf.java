package dev.clew.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps rows in maps. Its lock guards everything. */
final class MemoryShelf implements Shelf {
    private static final int REMEMBERED = 10_000;
    private static final int SWEPT_BY_A_WRITE = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Address, ShelfRow> rows = new HashMap<>();
    private final NavigableMap<Long, ShelfRow> byRevision = new TreeMap<>();
    private final NavigableMap<Moment, ShelfRow> byExpiry = new TreeMap<>();

    /** The latest that are gone. */
    private final NavigableMap<Long, Address> gone = new TreeMap<>();

    private long revision;

    /** What went up to here may no longer be known. */
    private long forgotten;

    private record Moment(Instant expiresAt, long revision) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            int order = expiresAt.compareTo(other.expiresAt);
            return order != 0 ? order : Long.compare(revision, other.revision);
        }
    }

    @Override
    public Optional<ShelfRow> find(Namespace namespace, String key) {
        lock.lock();
        try {
            return Optional.ofNullable(rows.get(new Address(namespace, key)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long revision() {
        lock.lock();
        try {
            return revision;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long tell(long after, Listener listener) {
        lock.lock();
        try {
            long from = after;
            if (after < forgotten) {
                listener.forgetAll();
                from = 0;
            }
            byRevision.tailMap(from, false).values().forEach(listener::changed);
            gone.tailMap(from, false).forEach((at, address) -> listener.gone(address.namespace(), address.key(), at));
            return revision;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(List<ShelfChange> changes, Instant now) {
        lock.lock();
        try {
            for (ShelfChange change : changes) {
                Address address = new Address(change.namespace(), change.key());
                if (change instanceof ShelfChange.Keep keep) {
                    keep(address, keep, now);
                } else if (change instanceof ShelfChange.Prolong prolong) {
                    prolong(address, prolong, now);
                } else {
                    drop(address);
                }
            }
            expired(now).limit(SWEPT_BY_A_WRITE).toList().forEach(this::drop);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int sweep(Instant now) {
        lock.lock();
        try {
            List<Address> over = expired(now).toList();
            over.forEach(this::drop);
            return over.size();
        } finally {
            lock.unlock();
        }
    }

    private Stream<Address> expired(Instant now) {
        return byExpiry.headMap(new Moment(now, Long.MAX_VALUE), true).values().stream()
                .map(row -> new Address(row.namespace(), row.key()));
    }

    private void keep(Address address, ShelfChange.Keep keep, Instant now) {
        ShelfRow before = rows.get(address);
        replace(
                address,
                new ShelfRow(
                        keep.namespace(),
                        keep.key(),
                        ++revision,
                        before == null || Expiry.isOver(before.expiresAt(), now) ? now : before.createdAt(),
                        now,
                        keep.timeToLive(),
                        keep.expiresAt(),
                        keep.content(),
                        keep.vectors()));
    }

    private void prolong(Address address, ShelfChange.Prolong prolong, Instant now) {
        ShelfRow row = rows.get(address);
        if (row != null && row.revision() == prolong.revision() && !Expiry.isOver(row.expiresAt(), now)) {
            replace(
                    address,
                    new ShelfRow(
                            row.namespace(),
                            row.key(),
                            ++revision,
                            row.createdAt(),
                            row.updatedAt(),
                            row.timeToLive(),
                            prolong.expiresAt(),
                            row.content(),
                            row.vectors()));
        }
    }

    private void drop(Address address) {
        if (replace(address, null)) {
            gone.put(++revision, address);
            if (gone.size() > REMEMBERED) {
                forgotten = gone.pollFirstEntry().getKey();
            }
        }
    }

    /** Says whether there was a row before. */
    private boolean replace(Address address, @Nullable ShelfRow row) {
        ShelfRow before = row == null ? rows.remove(address) : rows.put(address, row);
        if (before != null) {
            byRevision.remove(before.revision());
            if (before.expiresAt() != null) {
                byExpiry.remove(new Moment(before.expiresAt(), before.revision()));
            }
        }
        if (row != null) {
            byRevision.put(row.revision(), row);
            if (row.expiresAt() != null) {
                byExpiry.put(new Moment(row.expiresAt(), row.revision()), row);
            }
        }
        return before != null;
    }
}
