package dev.clew.engine.events;

import dev.clew.flow.RunResult;
import dev.clew.stream.StreamEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands all events of a run to a listener, then its result to whoever waits for that. */
final class Listening<O extends @Nullable Object> implements Flow.Subscriber<StreamEvent> {
    private final Consumer<? super StreamEvent> listener;
    private final CompletableFuture<RunResult<O>> heard;
    private final Supplier<RunResult<O>> result;

    Listening(
            Consumer<? super StreamEvent> listener,
            CompletableFuture<RunResult<O>> heard,
            Supplier<RunResult<O>> result) {
        this.listener = listener;
        this.heard = heard;
        this.result = result;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the detaching
    public void onSubscribe(Flow.Subscription events) {
        heard.whenComplete((value, error) -> events.cancel());
        events.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(StreamEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable thrown) {
            heard.completeExceptionally(thrown);
        }
    }

    @Override
    public void onError(Throwable failure) {
        heard.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            heard.complete(result.get());
        } catch (RuntimeException | Error failed) {
            heard.completeExceptionally(failed);
        }
    }
}
