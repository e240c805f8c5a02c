package dev.clew.agents;

import dev.clew.flow.TaskContext;
import dev.clew.messages.AiMessage;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageIds;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelException;
import dev.clew.model.ModelRequest;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.task.RetryDefaults;
import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls a model as a step. The request is not an argument: it is made of recorded values. The answer is the outcome.
 *
 * @param agent the name that answers get
 * @param retry how failed calls are made again
 * @param timeout how long one attempt may take
 * @param idleTimeout how long one attempt may go without a piece of the answer; null for no limit
 * @param filters change what it says
 */
record ModelStep(
        String agent,
        List<RetryPolicy> retry,
        Duration timeout,
        @Nullable Duration idleTimeout,
        TextFilters filters) {
    private static final TypeRef<AiMessage> ANSWER = TypeRef.of(AiMessage.class);

    /** Three attempts, of what may pass. */
    static final RetryPolicy DEFAULT_RETRY =
            RetryPolicy.builder().maxAttempts(3).retryIf(ModelStep::mayPass).build();

    private static boolean mayPass(Throwable thrown) {
        return thrown instanceof ModelException failure ? failure.isRetryable() : RetryDefaults.retried(thrown);
    }

    /** Calls it, and waits for the answer. */
    AiMessage call(Scope scope, ModelClient model, ModelRequest request, Set<String> callIds) {
        return call("model", scope, model, request, callIds, true);
    }

    /** Calls it for a middleware: nothing is streamed. */
    AiMessage aside(String step, Scope scope, ModelClient model, ModelRequest request) {
        return call(step, scope, model, request, Set.of(), false);
    }

    private AiMessage call(
            String step,
            Scope scope,
            ModelClient model,
            ModelRequest request,
            Set<String> callIds,
            boolean isStreamed) {
        TaskSpec.Builder<AiMessage> spec = TaskSpec.of(step, ANSWER)
                .method("dev.clew.agents.Agent", "model()")
                .timeout(timeout)
                .durable(); // tools act on it
        retry.forEach(spec::retry);
        if (idleTimeout != null) {
            spec.idleTimeout(idleTimeout);
        }
        AtomicLong failed = new AtomicLong(); // tokens of attempts that failed in this process
        return scope.call(spec.leaf(call -> answer(model, request, callIds, call, isStreamed, failed)))
                .join();
    }

    private AiMessage answer(
            ModelClient model,
            ModelRequest request,
            Set<String> callIds,
            TaskCall call,
            boolean isStreamed,
            AtomicLong failed)
            throws Exception {
        TaskContext context = call.taskContext();
        Attempt attempt = new Attempt(context, isStreamed, filters);
        AiMessage answer;
        try {
            answer = filters.answer(model.call(request, attempt));
            attempt.flush();
        } catch (InterruptedException cancelled) {
            failed.addAndGet(attempt.tokens());
            attempt.close();
            throw cancelled;
        } catch (Exception thrown) {
            failed.addAndGet(attempt.tokens());
            throw thrown;
        }
        AiMessage counted = new FailedAttempts(context.attempt() - 1, failed.get()).in(answer);
        return Ids.unique(counted, context.stepId(), callIds)
                .withName(agent)
                .withId(MessageIds.ofAttempt(context.stepId(), context.attempt()));
    }

    /** One attempt, as an adapter sees it. */
    private static final class Attempt implements ModelCall {
        private final TaskContext context;
        private final boolean isStreamed;
        private final AtomicLong characters = new AtomicLong();
        private final @Nullable HeldText held;
        private @Nullable Runnable close;

        Attempt(TaskContext context, boolean isStreamed, TextFilters filters) {
            this.held = filters.isEmpty() ? null : new HeldText(filters, context::emitChunk);
            this.context = context;
            this.isStreamed = isStreamed;
        }

        @Override
        public boolean isStreamed() {
            return context.isStreamed(); // for a middleware, too: pieces are the signs of progress
        }

        @Override
        public void emit(MessageChunk chunk) {
            characters.addAndGet(chunk.text().length());
            if (isStreamed && held != null) {
                context.heartbeat(); // also where the piece is held back
                synchronized (held) {
                    held.emit(chunk);
                }
            } else if (isStreamed) {
                context.emitChunk(chunk);
            } else {
                context.heartbeat();
            }
        }

        @Override
        public synchronized void onCancel(Runnable closing) {
            close = closing;
        }

        synchronized void close() {
            if (close != null) {
                close.run();
            }
        }

        void flush() {
            if (held != null) {
                synchronized (held) {
                    held.flush();
                }
            }
        }

        /** The tokens of what came so far. */
        long tokens() {
            return (characters.get() + 3) / 4;
        }

        @Override
        public int attempt() {
            return context.attempt();
        }

        @Override
        public String idempotencyKey() {
            return context.stepId();
        }
    }
}
