package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelRequest;

/**
 * Stands around each call of the model: it may change the request and the answer, call the model several times, or not at all.
 *
 * <pre>{@code
 * hooks.wrapModelCall((request, run, next) -> next.call(request.withSystemPrompt(
 *     Objects.requireNonNullElse(request.systemPrompt(), "") + "\n\nBe brief.")));
 * }</pre>
 */
@FunctionalInterface
public interface ModelWrapper {
    /** Answers a request. What a call throws is a {@code TaskFailedException}. */
    AiMessage call(ModelRequest request, HookRun run, Next next) throws Throwable;

    /** What is inside of a wrapper. */
    interface Next {
        /** Calls the model: one step, {@code model#n}, with an outcome of its own. */
        AiMessage call(ModelRequest request) throws Throwable;

        /** Calls another model in its place. */
        AiMessage call(ModelClient other, ModelRequest request) throws Throwable;

        /**
         * Asks the same model for the wrapper's own ends, such as a summary: one step of this name. Its answer does not become a message of the
         * conversation, other wrappers do not stand around it, and nothing of it is streamed.
         */
        AiMessage aside(String step, ModelRequest request) throws Throwable;
    }
}
