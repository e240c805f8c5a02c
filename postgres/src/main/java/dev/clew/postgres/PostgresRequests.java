package dev.clew.postgres;

import dev.clew.index.RequestRecord;
import dev.clew.index.Requests;
import java.util.List;
import java.util.Optional;

/** The requests of a schema. */
record PostgresRequests(Pool pool) implements Requests {
    @Override
    public Optional<RequestRecord> find(String threadId, String requestId) {
        return pool.call("reading a request", session -> RecordRows.find(session, threadId, requestId));
    }

    @Override
    public Optional<RequestRecord> find(String requestId) {
        return pool.call("reading a request", session -> RecordRows.find(session, requestId));
    }

    @Override
    public List<RequestRecord> list(String threadId, int offset, int limit) {
        return pool.call("listing requests", session -> RecordRows.list(session, threadId, offset, limit));
    }

    @Override
    public boolean erase(String threadId, String requestId) {
        return pool.call("erasing a request", session -> RecordRows.erase(session, threadId, requestId));
    }
}
