package dev.clew.sqlite;

import dev.clew.index.RequestRecord;
import dev.clew.index.Requests;
import dev.clew.sqlite.Request.Kind;
import java.util.List;
import java.util.Optional;

/** The requests of a file. */
record SqliteRequests(Writer writer, Readers readers) implements Requests {
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

    @Override
    public boolean erase(String threadId, String requestId) {
        return writer.call(new Request<>(Kind.durable(0), session -> RecordRows.erase(session, threadId, requestId)));
    }
}
