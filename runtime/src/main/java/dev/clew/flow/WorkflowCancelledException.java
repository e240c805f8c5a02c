package dev.clew.flow;

import dev.clew.value.ClewException;

/**
 * The run was cancelled, by this process or another one.
 *
 * <pre>{@code
 * catch (WorkflowCancelledException e) {
 *   return Response.gone();
 * }
 * }</pre>
 */
public final class WorkflowCancelledException extends ClewException {
    private static final long serialVersionUID = 1L;

    public WorkflowCancelledException(String where) {
        super(
                where
                        + " was cancelled; a new input starts a new run, but a job that was cancelled stays so and needs a new id");
    }
}
