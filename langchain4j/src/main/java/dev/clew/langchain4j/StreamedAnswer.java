package dev.clew.langchain4j;

import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCallChunk;
import dev.clew.messages.Usage;
import dev.clew.model.ModelCall;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it comes. Once it was cancelled, the connection is closed: at once if the model has said how, else with its next
 * piece; and no piece is emitted.
 */
final class StreamedAnswer implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    private final ModelCall call;
    private final Function<ChatResponse, Usage> usage;

    /** The calls that have begun; the model's thread alone uses it. */
    private final Set<Integer> begun = new HashSet<>();

    private @Nullable StreamingHandle upstream;
    private boolean isCancelled;

    /** What the reader of the pieces has thrown; it is set before the future is failed with it. */
    private @Nullable RuntimeException refusal;

    StreamedAnswer(ModelCall call, Function<ChatResponse, Usage> usage) {
        this.call = call;
        this.usage = usage;
    }

    /** Whether this is what the reader of the pieces has thrown: no failure of the model. */
    @SuppressWarnings("ReferenceEquality") // the thrown one itself
    boolean isRefusal(Throwable thrown) {
        return thrown == refusal;
    }

    CompletableFuture<ChatResponse> whole() {
        return whole;
    }

    void cancel() {
        StreamingHandle known;
        synchronized (this) {
            isCancelled = true;
            known = upstream;
        }
        if (known != null) {
            known.cancel();
        }
    }

    private void take(@Nullable StreamingHandle handle, MessageChunk chunk) {
        boolean isUnwanted;
        synchronized (this) {
            upstream = handle == null ? upstream : handle;
            // After a failure some clients still say that the answer is complete.
            isUnwanted = isCancelled || whole.isDone();
        }
        if (isUnwanted) {
            if (handle != null) {
                handle.cancel();
            }
            return;
        }
        try {
            if (call.isStreamed()) {
                call.emit(chunk);
            }
        } catch (RuntimeException over) {
            refusal = over;
            whole.completeExceptionally(over);
            cancel();
        }
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        take(context.streamingHandle(), MessageChunk.text(partial.text()));
    }

    /** Comes alone from models that cannot be cancelled. */
    @Override
    public void onPartialResponse(String text) {
        take(null, MessageChunk.text(text));
    }

    @Override
    public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
        take(context.streamingHandle(), MessageChunk.reasoning(thinking.text()));
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        take(null, MessageChunk.reasoning(thinking.text()));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial, PartialToolCallContext context) {
        take(context.streamingHandle(), piece(partial));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial) {
        take(null, piece(partial));
    }

    private MessageChunk piece(PartialToolCall partial) {
        String args = partial.partialArguments() == null ? "" : partial.partialArguments();
        return MessageChunk.toolCall(
                begun.add(partial.index())
                        ? new ToolCallChunk(partial.index(), partial.id(), partial.name(), args)
                        : new ToolCallChunk(partial.index(), null, null, args));
    }

    /** A call of which no pieces came is a piece itself. */
    @Override
    public void onCompleteToolCall(CompleteToolCall complete) {
        if (begun.add(complete.index())) {
            var request = complete.toolExecutionRequest();
            String args = request.arguments() == null ? "" : request.arguments();
            take(null, MessageChunk.toolCall(new ToolCallChunk(complete.index(), request.id(), request.name(), args)));
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        take(null, MessageChunk.end(response.tokenUsage() == null ? null : usage.apply(response)));
        whole.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }
}
