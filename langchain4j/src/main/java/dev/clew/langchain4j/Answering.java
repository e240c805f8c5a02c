package dev.clew.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One answer as it comes. Once nobody wants it any more, the upstream is closed: at once where the model has said how, else
 * with its next token.
 */
final class Answering implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    private final Consumer<String> tokens;
    private @Nullable StreamingHandle upstream;
    private boolean unwanted;

    Answering(Consumer<String> tokens) {
        this.tokens = tokens;
    }

    CompletableFuture<ChatResponse> whole() {
        return whole;
    }

    /** Nobody wants it any more. */
    void cancel() {
        StreamingHandle known;
        synchronized (this) {
            unwanted = true;
            known = upstream;
        }
        if (known != null) {
            known.cancel();
        }
    }

    /** Whether the answer is still wanted; if not, its upstream is closed. */
    private boolean isWanted(StreamingHandle handle) {
        boolean wanted;
        synchronized (this) {
            upstream = handle;
            wanted = !unwanted;
        }
        if (!wanted) {
            handle.cancel();
        }
        return wanted;
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        if (isWanted(context.streamingHandle())) {
            onPartialResponse(partial.text());
        }
    }

    /** Comes alone from models that cannot be cancelled. */
    @Override
    public void onPartialResponse(String token) {
        synchronized (this) {
            if (unwanted) {
                return;
            }
        }
        try {
            tokens.accept(token);
        } catch (RuntimeException over) {
            whole.completeExceptionally(over);
            cancel();
        }
    }

    @Override
    public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
        boolean wanted = isWanted(context.streamingHandle());
        if (wanted) {
            onPartialThinking(thinking);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        whole.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }
}
