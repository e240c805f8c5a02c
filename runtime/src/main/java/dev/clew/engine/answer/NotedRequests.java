package dev.clew.engine.answer;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.host.Host;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.index.RequestNote;
import dev.clew.index.RequestRecord;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes records of the requests that servers note, and finds them again. */
public record NotedRequests(Checkpointer store, Codec codec, String threadId) {
    private static final String CONTENT = "request content";
    private static final List<TypeRef<?>> TEXT = List.of(TypeRef.of(String.class));

    public static NotedRequests of(Host host, Checkpointer store, String threadId) {
        return new NotedRequests(store, host.settings().codec(), threadId);
    }

    /**
     * The run of a request that was noted before; empty if there is no note, or it was not.
     *
     * @throws RequestRefusedException if another request was noted under its id
     */
    public Optional<String> known(@Nullable RequestNote note) {
        return note == null
                ? Optional.empty()
                : store.requests().find(threadId, note.requestId()).map(record -> same(record, note));
    }

    private String same(RequestRecord record, RequestNote note) {
        if (!asks(record, note.asked())) {
            throw taken(note, "was used for another request");
        }
        return record.runId();
    }

    /**
     * The run of a request whose id was found to be taken.
     *
     * @throws RequestRefusedException if it is not by the same request
     */
    public String taken(RequestNote note) {
        return known(note).orElseThrow(() -> taken(note, "is that of a run which no such request has opened"));
    }

    private RequestRefusedException taken(RequestNote note, String why) {
        return new RequestRefusedException(
                Reason.TAKEN,
                "the request id '" + note.requestId() + "' of thread '" + threadId + "' " + why + "; use a new one");
    }

    /** What is stored of a request; null without a note. */
    @Nullable
    public RequestRecord record(@Nullable RequestNote note, String runId, RequestRecord.Kind kind) {
        return note == null
                ? null
                : new RequestRecord(
                        threadId,
                        note.requestId(),
                        runId,
                        kind,
                        codec.digest(new Object[] {note.asked()}, TEXT),
                        codec.protect(note.content(), place(note.requestId())),
                        Instant.EPOCH,
                        null);
    }

    public boolean asks(RequestRecord record, String asked) {
        return codec.matches(record.digest(), new Object[] {asked}, TEXT);
    }

    /** What was noted, in clear. */
    public byte[] content(RequestRecord record) {
        return codec.reveal(record.content(), place(record.requestId()));
    }

    private Codec.Place place(String requestId) {
        return new Codec.Place(CONTENT, threadId + '\n' + requestId);
    }
}
