package dev.clew.sqlite;

import dev.clew.index.RequestRecord;
import dev.clew.index.Requests;
import java.util.List;
import java.util.Optional;

/** The requests of a file. */
record SqliteRequests(Readers readers) implements Requests {
    @Override
    public Optional<RequestRecord> find(String threadId, String requestId) {
        return readers.read("reading a request", session -> RecordRows.find(session, threadId, requestId));
    }

    @Override
    public Optional<RequestRecord> find(String requestId) {
        return readers.read("reading a request", session -> RecordRows.find(session, requestId));
    }

    @Override
    public List<RequestRecord> list(String threadId, int offset, int limit) {
        return readers.read("listing requests", session -> RecordRows.list(session, threadId, offset, limit));
    }
}
