package dev.clew.engine.events;

import dev.clew.stream.StreamEvent;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers a queue's events as far as they are asked for. Whoever has something to deliver counts it in {@code work}; the
 * one who counts from zero delivers, on the executor, until all that was counted is done. So calls of the subscriber never
 * overlap, and nobody waits.
 */
final class EventSubscription implements Flow.Subscription, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final EventPublisher source;
    private final EventQueue queue;
    private final AtomicLong demand = new AtomicLong();
    /** Begins at one: nothing is delivered before the subscriber has its subscription. */
    private final AtomicInteger work = new AtomicInteger(1);
    /** Null once it is told nothing more, so that it is not kept in memory. */
    private volatile Flow.@Nullable Subscriber<? super StreamEvent> subscriber;

    private volatile @Nullable Throwable misuse;

    EventSubscription(EventPublisher source, Flow.Subscriber<? super StreamEvent> subscriber) {
        this.source = source;
        this.queue = source.queue();
        this.subscriber = subscriber;
    }

    void begin() {
        Flow.Subscriber<? super StreamEvent> told = subscriber;
        if (told == null) {
            return;
        }
        try {
            told.onSubscribe(this);
        } catch (Throwable broken) {
            cancel();
            throw broken;
        } finally {
            hand();
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            misuse = new IllegalArgumentException("a subscriber asked for " + n
                    + " events; it must ask for at least one (Reactive Streams, rule 3.9)");
        } else {
            demand.accumulateAndGet(n, (left, more) -> left + more < 0 ? Long.MAX_VALUE : left + more);
        }
        schedule();
    }

    @Override
    public void cancel() {
        subscriber = null;
        queue.detach();
    }

    /** There is something to deliver, perhaps. */
    void schedule() {
        if (subscriber != null && work.getAndIncrement() == 0) {
            hand();
        }
    }

    private void hand() {
        try {
            source.executor().execute(this);
        } catch (Throwable refused) {
            // The executor is closed or broken. No other thread would tell the subscriber.
            fail(refused);
        }
    }

    @Override
    public void run() {
        int done = work.get();
        do {
            try {
                deliver();
            } catch (Throwable broken) {
                cancel();
                LOG.warn("a subscriber to a run's events threw, and is told nothing more; the run goes on", broken);
            }
            done = work.addAndGet(-done);
        } while (done != 0);
    }

    private void deliver() {
        long given = 0;
        long asked = demand.get();
        while (subscriber != null) {
            Throwable misused = misuse;
            if (misused != null) {
                fail(misused);
                return;
            }
            if (given == asked) {
                asked = demand.addAndGet(-given);
                given = 0;
                if (asked == 0) {
                    break;
                }
            }
            StreamEvent event = queue.poll();
            if (event == null) {
                break;
            }
            if (source.wanted().test(event)) {
                give(event);
                given++;
            }
        }
        demand.addAndGet(-given);
        if (queue.isOver()) {
            end();
        }
    }

    private void give(StreamEvent event) {
        Flow.Subscriber<? super StreamEvent> told = subscriber;
        if (told != null) {
            told.onNext(event);
        }
    }

    private void end() {
        if (subscriber == null) {
            return;
        }
        Throwable failure = source.failure().get();
        if (failure != null) {
            fail(failure);
            return;
        }
        Flow.Subscriber<? super StreamEvent> told = subscriber;
        subscriber = null;
        if (told != null) {
            told.onComplete();
        }
    }

    private void fail(Throwable failure) {
        Flow.Subscriber<? super StreamEvent> told = subscriber;
        subscriber = null;
        queue.detach();
        if (told != null) {
            told.onError(failure);
        }
    }
}
