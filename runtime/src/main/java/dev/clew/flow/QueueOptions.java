package dev.clew.flow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The options of a configuration for queues. */
record QueueOptions(
        @Nullable String queue,
        int priority,
        Duration delay,
        @Nullable Instant startAt,
        @Nullable String concurrencyKey) {
    static final QueueOptions NONE = new QueueOptions(null, 0, Duration.ZERO, null, null);

    QueueOptions queue(String name) {
        return new QueueOptions(name, priority, delay, startAt, concurrencyKey);
    }

    QueueOptions priority(int wanted) {
        return new QueueOptions(queue, wanted, delay, startAt, concurrencyKey);
    }

    QueueOptions delay(Duration wanted) {
        return new QueueOptions(queue, priority, wanted, null, concurrencyKey);
    }

    QueueOptions startAt(Instant moment) {
        return new QueueOptions(queue, priority, Duration.ZERO, moment, concurrencyKey);
    }

    QueueOptions concurrencyKey(String key) {
        return new QueueOptions(queue, priority, delay, startAt, key);
    }
}
