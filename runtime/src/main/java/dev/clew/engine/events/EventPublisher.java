package dev.clew.engine.events;

import dev.clew.stream.StreamEvent;
import dev.clew.value.IllegalRequestException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A queue of events for one subscriber. */
record EventPublisher(
        EventQueue queue, Predicate<StreamEvent> wanted, Executor executor, Supplier<@Nullable Throwable> failure)
        implements Flow.Publisher<StreamEvent> {
    private static final Flow.Subscription NONE = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    @Override
    public void subscribe(Flow.Subscriber<? super StreamEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        EventSubscription subscription = new EventSubscription(this, subscriber);
        if (queue.onReadable(subscription::schedule)) {
            subscription.begin();
            return;
        }
        subscriber.onSubscribe(NONE);
        subscriber.onError(new IllegalRequestException(
                "a stream of a run has one subscriber, and this one has it already; workflow.watch(thread, modes…)"
                        + " gives another stream of the same run"));
    }
}
