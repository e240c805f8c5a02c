package dev.clew.sqlite;

import dev.clew.sqlite.Request.Kind;
import dev.clew.store.Namespace;
import dev.clew.store.Shelf;
import dev.clew.store.ShelfChange;
import dev.clew.store.ShelfRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The documents of a file. A listener is told rows while they are read, so that they are never all in memory at once. */
final class SqliteShelf implements Shelf {
    private final Writer writer;
    private final Readers readers;

    SqliteShelf(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Optional<ShelfRow> find(Namespace namespace, String key) {
        return readers.read("reading a document", session -> DocumentRows.find(session, namespace, key));
    }

    @Override
    public long revision() {
        return readers.read(
                "reading the store's revision",
                session -> DocumentRows.revision(session).latest());
    }

    @Override
    public long tell(long after, Listener listener) {
        return readers.read("reading documents", session -> DocumentRows.tell(session, after, listener));
    }

    @Override
    public void write(List<ShelfChange> changes, Instant now) {
        writer.call(new Request<Void>(kind(changes), session -> {
            DocumentChanges.apply(session, changes, now);
            return null;
        }));
    }

    /** A longer life that is lost with the power is no loss. */
    private static Kind kind(List<ShelfChange> changes) {
        boolean lasting = changes.stream().anyMatch(change -> !(change instanceof ShelfChange.Prolong));
        return lasting ? Kind.durable(bytes(changes)) : Kind.undurable(2, 0);
    }

    private static long bytes(List<ShelfChange> changes) {
        long bytes = 0;
        for (ShelfChange change : changes) {
            if (change instanceof ShelfChange.Keep keep) {
                bytes += keep.content().length + (keep.vectors() == null ? 0 : keep.vectors().length);
            }
        }
        return bytes;
    }

    @Override
    public int sweep(Instant now) {
        int all = 0;
        int swept;
        do {
            swept = writer.call(new Request<>(Kind.undurable(2, 0), session -> DocumentChanges.sweep(session, now)));
            all += swept;
        } while (swept > 0);
        return all;
    }
}
