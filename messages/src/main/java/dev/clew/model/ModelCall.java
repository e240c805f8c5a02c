package dev.clew.model;

import dev.clew.messages.MessageChunk;

/**
 * One attempt to call a model, as the adapter sees it. Safe for use by many threads until the call has returned.
 *
 * <pre>{@code
 * call.onCancel(connection::close);
 * if (call.isStreamed()) {
 *   connection.forEachToken(token -> call.emit(MessageChunk.text(token)));
 * }
 * }</pre>
 */
public interface ModelCall {
    /** Whether pieces of the answer are wanted: a reader streams the run's messages, or the step has an idle timeout. */
    boolean isStreamed();

    /**
     * Emits a piece of the answer, which gets the id of the answer if it has none. It is a sign of life for an idle timeout.
     * A piece that is emitted after the call was cancelled is dropped.
     */
    void emit(MessageChunk chunk);

    /**
     * Registers what closes the connection to the model. It is run once if the call is cancelled or has timed out, at once if
     * that has already happened, and never after the call has returned.
     */
    void onCancel(Runnable close);

    /** Returns the number of this attempt; the first is 1. */
    int attempt();

    /** Returns a key that all attempts of the call share and no other call has, for providers that take one. */
    String idempotencyKey();
}
