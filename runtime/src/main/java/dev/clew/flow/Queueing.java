package dev.clew.flow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a configuration says of queues. */
record Queueing(
        @Nullable String queue,
        int priority,
        Duration delay,
        @Nullable Instant startAt,
        @Nullable String concurrencyKey) {
    static final Queueing NONE = new Queueing(null, 0, Duration.ZERO, null, null);

    Queueing queue(String name) {
        return new Queueing(name, priority, delay, startAt, concurrencyKey);
    }

    Queueing priority(int wanted) {
        return new Queueing(queue, wanted, delay, startAt, concurrencyKey);
    }

    Queueing delay(Duration wanted) {
        return new Queueing(queue, priority, wanted, null, concurrencyKey);
    }

    Queueing startAt(Instant moment) {
        return new Queueing(queue, priority, Duration.ZERO, moment, concurrencyKey);
    }

    Queueing concurrencyKey(String key) {
        return new Queueing(queue, priority, delay, startAt, key);
    }
}
