package dev.clew.model;

import dev.clew.messages.AiMessage;

/**
 * A model that continues a conversation. The port that an adapter implements for a provider or a library of models.
 *
 * <p>Safe for use by many threads at once. A client does not retry: the step that calls it does, so that every attempt is
 * recorded; switch off the retries of the library below.
 *
 * <pre>{@code
 * ModelClient parrot = (request, call) -> Message.ai(request.lastMessage().text());
 * }</pre>
 */
@FunctionalInterface
public interface ModelClient {
    /**
     * Asks the model and waits for its whole answer. If {@link ModelCall#isStreamed}, the answer's pieces are emitted as they
     * come. The thread is interrupted if the call is cancelled or has timed out.
     *
     * @param request what the model is asked
     * @param call this attempt of the call
     * @return the answer; its id and name are given by the caller
     * @throws ModelException if the model did not answer, by its kind
     * @throws InterruptedException if the call was cancelled or has timed out
     * @throws Exception anything else, which is judged as failures of tasks are
     */
    AiMessage call(ModelRequest request, ModelCall call) throws Exception;

    /** Returns what the model can do. It is asked once, when an agent is built. */
    default ModelProfile profile() {
        return ModelProfile.unknown();
    }
}
