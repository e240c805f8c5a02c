package dev.clew.sqlite;

import dev.clew.index.SearchStart;
import dev.clew.index.ThreadIndex;
import dev.clew.index.ThreadInfo;
import dev.clew.index.ThreadRow;
import dev.clew.index.ThreadSearch;
import dev.clew.sqlite.Request.Kind;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The index of a file's threads. */
record SqliteIndex(Writer writer, Readers readers, Clock clock) implements ThreadIndex {
    @Override
    public void open() {
        if (!readers.read("opening the index of threads", IndexRows::isOpen)) {
            boolean unused = change(0, session -> {
                IndexRows.open(session, clock.instant());
                return true;
            });
        }
    }

    @Override
    public boolean create(ThreadInfo info) {
        return change(info.metadata().length, session -> IndexRows.create(session, info, clock.instant()));
    }

    @Override
    public boolean replace(ThreadInfo info, long revision) {
        return change(info.metadata().length, session -> IndexRows.replace(session, info, revision, clock.instant()));
    }

    @Override
    public Optional<ThreadRow> find(String threadId) {
        return readers.read(
                "reading a thread of the index", session -> IndexRows.find(session, threadId, clock.instant()));
    }

    @Override
    public List<ThreadRow> search(ThreadSearch search) {
        return readers.read("searching threads", session -> {
            var now = clock.instant();
            return IndexSearch.page(search, start(session, search), now).all(session, row -> IndexRows.read(row, now));
        });
    }

    @Override
    public long count(ThreadSearch search, long atMost) {
        return readers.read(
                "counting threads",
                session -> IndexSearch.count(search, start(session, search), atMost, clock.instant())
                        .all(session, row -> row.getLong(1))
                        .get(0));
    }

    private static SearchStart start(Session session, ThreadSearch search) throws SQLException {
        return SearchStart.of(search, new SearchCounts(session));
    }

    private <T> T change(long bytes, Request.Change<T> change) {
        return writer.call(new Request<>(Kind.durable(bytes), change));
    }
}
