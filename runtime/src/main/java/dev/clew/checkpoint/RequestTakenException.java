package dev.clew.checkpoint;

/**
 * A thread has a request of this id already, so that a write or answers with another one were refused. Nothing was stored.
 *
 * <pre>{@code
 * catch (RequestTakenException known) {
 *   return checkpointer.requests().find(threadId, requestId);
 * }
 * }</pre>
 */
public class RequestTakenException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    public RequestTakenException(String threadId, String requestId) {
        super("thread '" + threadId + "' has a request '" + requestId
                + "' already, so nothing was stored; use another id,"
                + " or read that request with requests().find(threadId, requestId)");
    }
}
