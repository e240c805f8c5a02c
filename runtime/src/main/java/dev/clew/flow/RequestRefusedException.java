package dev.clew.flow;

import dev.clew.value.ClewException;

/**
 * A request makes no sense for the thread, the workflow or the graph as they are: a missing thread id or input, a
 * thread of another workflow, nothing to continue, another input under a used run id, a closed graph. Nothing was
 * stored; the message says what to do.
 *
 * <pre>{@code
 * catch (RequestRefusedException e) {
 *   return Response.status(409, e.getMessage());
 * }
 * }</pre>
 */
public final class RequestRefusedException extends ClewException {
    private static final long serialVersionUID = 1L;

    public RequestRefusedException(String message) {
        super(message);
    }
}
