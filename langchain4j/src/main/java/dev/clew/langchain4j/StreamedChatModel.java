package dev.clew.langchain4j;

import dev.clew.flow.TaskContext;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/**
 * A streaming model as a task calls it: every token goes to those who stream the run with {@code MESSAGES}, as it comes and
 * with the task that it is from; the task gets the whole answer. Made inside the task, for that one attempt of it.
 *
 * <p>A token is a sign of life, so an idle timeout counts from the last one. What the model fails with is thrown as it is,
 * and the task's retry judges it; the tokens of the next attempt carry its number. Where the attempt is interrupted, because
 * it timed out or was cancelled, the upstream is closed and later tokens are dropped. A model that has not begun to answer
 * cannot be told so before its first token: give it a timeout of its own. A reader of the run that is slow slows the upstream.
 * An upstream that ends in order but too early is an answer to the model; where that matters, look at the answer's finish
 * reason.
 *
 * <pre>{@code
 * @Task(retry = @Retry(maxAttempts = 3), idleTimeout = "PT20S")
 * String write(String topic, TaskContext task) {
 *   return StreamedChatModel.of(model, task).chat("Write about " + topic);
 * }
 * }</pre>
 */
public final class StreamedChatModel implements ChatModel {
    private final StreamingChatModel model;
    private final TaskContext task;
    private final boolean told;

    private StreamedChatModel(StreamingChatModel model, TaskContext task, boolean told) {
        this.model = Objects.requireNonNull(model, "model");
        this.task = Objects.requireNonNull(task, "task");
        this.told = told;
    }

    /** The model for the attempt that the context is of; it is refused once that attempt is over. */
    public static StreamedChatModel of(StreamingChatModel model, TaskContext task) {
        return new StreamedChatModel(model, task, true);
    }

    /** The same model, of whose tokens nobody is told: for what is not meant to be read, such as an inner monologue. */
    public StreamedChatModel silent() {
        return new StreamedChatModel(model, task, false);
    }

    /** Streams the answer and waits for it. */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        Answering answer = new Answering(this::token);
        model.chat(request, answer);
        try {
            return answer.whole().get();
        } catch (InterruptedException stopped) {
            answer.cancel();
            Thread.currentThread().interrupt();
            throw new CancellationException(
                    "the task was interrupted while it waited for the model, and the upstream was closed");
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private void token(String token) {
        if (told) {
            task.emitToken(token);
        } else {
            task.heartbeat();
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new StreamFailedException(failure);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    /** None here: the model tells its own. */
    @Override
    public List<ChatModelListener> listeners() {
        return List.of();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }
}
