package dev.clew.postgres;

import dev.clew.index.SearchStart;
import dev.clew.index.ThreadIndex;
import dev.clew.index.ThreadInfo;
import dev.clew.index.ThreadRow;
import dev.clew.index.ThreadSearch;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The index of a schema's threads. */
record PostgresIndex(Pool pool, StoreTime time) implements ThreadIndex {
    @Override
    public void open() {
        boolean unused = pool.call("opening the index of threads", session -> {
            if (!IndexRows.isFilled(session)) {
                IndexRows.open(session);
            }
            return true;
        });
    }

    @Override
    public boolean create(ThreadInfo info) {
        requireFits(info);
        return pool.call("creating a thread", session -> IndexRows.create(session, info, time));
    }

    @Override
    public boolean replace(ThreadInfo info, long revision) {
        requireFits(info);
        return pool.call("changing a thread's metadata", session -> IndexRows.replace(session, info, revision, time));
    }

    private static void requireFits(ThreadInfo info) {
        Texts.requireFits("thread id", info.threadId(), Texts.LONGEST_THREAD_ID);
        info.labels().forEach(label -> Texts.requireFits("label", label, Texts.LONGEST_NAME));
    }

    @Override
    public Optional<ThreadRow> find(String threadId) {
        return pool.call(
                "reading a thread of the index",
                session -> IndexSearch.of(threadId, time).all(session, IndexRows::read).stream()
                        .findFirst());
    }

    @Override
    public List<ThreadRow> search(ThreadSearch search) {
        return pool.call(
                "searching threads",
                session ->
                        IndexSearch.page(search, start(session, search), time).all(session, IndexRows::read));
    }

    @Override
    public long count(ThreadSearch search, long atMost) {
        return pool.call(
                "counting threads",
                session -> IndexSearch.count(search, start(session, search), atMost, time)
                        .all(session, row -> row.getLong("found"))
                        .get(0));
    }

    private static SearchStart start(Session session, ThreadSearch search) throws SQLException {
        return SearchStart.of(search, new SearchCounts(session));
    }
}
