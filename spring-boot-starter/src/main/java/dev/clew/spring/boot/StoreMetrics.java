package dev.clew.spring.boot;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Commits;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestState;
import dev.clew.spring.ClewProperties.WorkerProperties;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What the store has committed, and how much waits in the queues that this process works on, and for how long. */
final class StoreMetrics implements MeterBinder {
    private final Checkpointer store;
    private final List<WorkerProperties> workers;

    StoreMetrics(Checkpointer store, List<WorkerProperties> workers) {
        this.store = store;
        this.workers = workers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (WorkerProperties worker : workers) {
            Looked queue = new Looked(store, worker.queue());
            for (RequestState state :
                    List.of(RequestState.READY, RequestState.WAITING, RequestState.TAKEN, RequestState.HELD)) {
                Gauge.builder(
                                "clew.queue.requests",
                                queue,
                                looked -> looked.state().count(state))
                        .description("Enqueued runs, by state")
                        .tag("queue", queue.name)
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .strongReference(true)
                        .register(registry);
            }
            Gauge.builder(
                            "clew.queue.oldest",
                            queue,
                            looked -> age(looked.state().oldest()))
                    .description("How long the oldest run that is ready has waited")
                    .tag("queue", queue.name)
                    .baseUnit("seconds")
                    .strongReference(true)
                    .register(registry);
        }
        count(registry, "clew.store.commits", "Transactions that the store committed", Commits::count);
        count(registry, "clew.store.writes", "Changes that these commits stored", Commits::writes);
    }

    private void count(MeterRegistry registry, String name, String description, ToLongFunction<Commits> number) {
        FunctionCounter.builder(name, store, counted -> number.applyAsLong(counted.commits()))
                .description(description)
                .register(registry);
    }

    private double age(@Nullable Instant oldest) {
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, store.now()).toMillis() / 1000.0);
    }

    /** What was seen of a queue. All its gauges are read together, and one look is enough for them. */
    private static final class Looked {
        private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

        private final Checkpointer store;
        private final String name;
        private @Nullable QueueState seen;
        private long at;

        Looked(Checkpointer store, String name) {
            this.store = store;
            this.name = name;
        }

        synchronized QueueState state() {
            QueueState known = seen;
            if (known == null || System.nanoTime() - at > FRESH_NANOS) {
                known = store.queue().state(name);
                seen = known;
                at = System.nanoTime();
            }
            return known;
        }
    }
}
