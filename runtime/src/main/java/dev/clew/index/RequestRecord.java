package dev.clew.index;

import dev.clew.value.IllegalRequestException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request as a server got it: an input for a new run, or something that lets a run continue. Several requests may share one
 * run, one after the other. It is kept as long as the run, and longer than the run waits in a queue.
 *
 * <pre>{@code
 * RequestRecord request = requests.find("chat-1", "r-2").orElseThrow();
 * }</pre>
 *
 * @param threadId the thread that it is for
 * @param requestId unique within the thread; of an input, it is the run's id
 * @param runId the run that it opens or continues
 * @param kind what it asks for
 * @param digest of what it says, so that the same id with something else is noticed; not copied
 * @param content opaque bytes; not copied, so they must not be changed afterwards
 * @param createdAt when it was stored, by the store's clock; ignored where it is given to be stored
 * @param end how it ended; null while its run is under way, and where it is given to be stored
 */
public record RequestRecord(
        String threadId,
        String requestId,
        String runId,
        Kind kind,
        byte[] digest,
        byte[] content,
        Instant createdAt,
        @Nullable RequestEnd end) {
    public RequestRecord {
        if (kind == Kind.INPUT && !requestId.equals(runId)) {
            throw new IllegalRequestException(
                    "a request for a new run has the run's id, '" + runId + "', not '" + requestId + "'");
        }
    }

    /** What a request asks for. */
    public enum Kind {
        /** A new run. */
        INPUT,
        /** Answers to what a run asks. */
        ANSWER,
        /** That a run continues which failed, crashed, is blocked or stuck, or pauses at a breakpoint. */
        PROCEED
    }

    /** The same request, stored at this moment. */
    public RequestRecord storedAt(Instant moment) {
        return new RequestRecord(threadId, requestId, runId, kind, digest, content, moment, end);
    }

    /** The same request without what it said. */
    public RequestRecord erased() {
        return new RequestRecord(threadId, requestId, runId, kind, new byte[0], new byte[0], createdAt, end);
    }

    /** Whether what it said was erased: no server stores a request without a digest. */
    public boolean isErased() {
        return digest.length == 0;
    }

    /** The same request, ended. */
    public RequestRecord ended(RequestEnd how) {
        return new RequestRecord(threadId, requestId, runId, kind, digest, content, createdAt, how);
    }
}
