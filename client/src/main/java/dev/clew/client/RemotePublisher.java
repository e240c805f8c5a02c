package dev.clew.client;

import dev.clew.stream.StreamEvent;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The events of a stream for one subscriber, read as it asks for them. */
final class RemotePublisher implements Flow.Publisher<StreamEvent> {
    private final RemoteStream<?> stream;
    private final Executor executor;
    private final AtomicBoolean taken = new AtomicBoolean();

    RemotePublisher(RemoteStream<?> stream, Executor executor) {
        this.stream = stream;
        this.executor = executor;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super StreamEvent> subscriber) {
        if (taken.compareAndSet(false, true)) {
            subscriber.onSubscribe(new Reading(subscriber));
        } else {
            subscriber.onSubscribe(new Reading(subscriber).cancelled());
            subscriber.onError(new IllegalStateException("a stream has one subscriber; open another stream"));
        }
    }

    /** At most one thread reads, and none while nothing is asked for. Guarded by itself. */
    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super StreamEvent> subscriber;
        private long wanted;
        private boolean reads;
        private boolean done;

        Reading(Flow.Subscriber<? super StreamEvent> subscriber) {
            this.subscriber = subscriber;
        }

        Reading cancelled() {
            done = true;
            return this;
        }

        @Override
        public void request(long more) {
            if (more <= 0) {
                if (ends()) {
                    stream.close();
                    subscriber.onError(new IllegalArgumentException("at least 1 event must be asked for, not " + more));
                }
                return;
            }
            boolean starts;
            synchronized (this) {
                wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
                starts = !reads && !done;
                reads |= starts;
            }
            if (starts) {
                executor.execute(this::read);
            }
        }

        @Override
        public void cancel() {
            if (ends()) {
                stream.close();
            }
        }

        private synchronized boolean ends() {
            boolean first = !done;
            done = true;
            return first;
        }

        private synchronized boolean goesOn() {
            reads = wanted > 0 && !done;
            return reads;
        }

        private void read() {
            while (goesOn()) {
                @Nullable StreamEvent event;
                try {
                    event = stream.take();
                } catch (RuntimeException | Error failed) {
                    if (ends()) {
                        subscriber.onError(failed);
                    }
                    return;
                }
                if (event == null) {
                    if (ends()) {
                        subscriber.onComplete();
                    }
                    return;
                }
                synchronized (this) {
                    wanted--;
                }
                subscriber.onNext(event);
            }
        }
    }
}
