package dev.clew.queue;

import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a graph takes runs from a queue. Immutable; every method returns a changed copy.
 *
 * <p>A worker also continues runs of its graph's workflows that were invoked, not enqueued, and that no process executes: crashed ones
 * once their lease has expired, and parked ones a second after they are due, if the process that parked them has not continued them.
 * Each of them takes a slot, before what is in the queue; the limits of the queue do not count them. One that cannot be continued is
 * tried again after a minute. Such a run gets contexts from the builder alone, as after {@link dev.clew.Graph#recover}.
 *
 * <pre>{@code
 * EssayFlowGraph.builder(flow).checkpointer(db.checkpointer()).worker(Worker.of("essays").concurrency(64)).build()
 * }</pre>
 */
public final class Worker {
    private final String queue;
    private final int concurrency;
    private final Duration pollEvery;
    private final int globalConcurrency;
    private final int perKeyConcurrency;

    private Worker(String queue, int concurrency, Duration pollEvery, int globalConcurrency, int perKeyConcurrency) {
        this.queue = queue;
        this.concurrency = concurrency;
        this.pollEvery = pollEvery;
        this.globalConcurrency = globalConcurrency;
        this.perKeyConcurrency = perKeyConcurrency;
    }

    /** A worker of this queue, which executes up to 16 runs at once and looks each second at least. */
    public static Worker of(String queue) {
        return new Worker(requireName(queue), 16, Duration.ofSeconds(1), -1, -1);
    }

    private static String requireName(String queue) {
        if (queue.isBlank() || queue.length() > 200) {
            throw new IllegalRequestException(
                    "a queue's name must have 1 to 200 characters and not be blank; it has " + queue.length());
        }
        return queue;
    }

    /** How many runs this process executes at once: those of the queue, and those that the worker continues beside it. */
    public Worker concurrency(int most) {
        requireAtLeast(1, "concurrency", most);
        return new Worker(queue, most, pollEvery, globalConcurrency, perKeyConcurrency);
    }

    /**
     * How many runs of the queue all processes execute at once; 0 for any number. It is the queue's, in all processes: when
     * the graph is built, it replaces what is stored.
     */
    public Worker globalConcurrency(int most) {
        requireAtLeast(0, "globalConcurrency", most);
        return new Worker(queue, concurrency, pollEvery, most, perKeyConcurrency);
    }

    /** How many runs of one concurrency key all processes execute at once; 0 for any number. Else as {@link #globalConcurrency}. */
    public Worker perKeyConcurrency(int most) {
        requireAtLeast(0, "perKeyConcurrency", most);
        return new Worker(queue, concurrency, pollEvery, globalConcurrency, most);
    }

    /**
     * How long it may take until this process sees what another one enqueued, and what is due. Crashed runs that were invoked are
     * looked for at each fifth look.
     */
    public Worker pollEvery(Duration pause) {
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalRequestException("pollEvery must be positive, not " + pause);
        }
        return new Worker(queue, concurrency, pause, globalConcurrency, perKeyConcurrency);
    }

    private static void requireAtLeast(int least, String option, int most) {
        if (most < least) {
            throw new IllegalRequestException(option + " must be at least " + least + ", not " + most);
        }
    }

    public String queue() {
        return queue;
    }

    public int concurrency() {
        return concurrency;
    }

    public Duration pollEvery() {
        return pollEvery;
    }

    /** Empty if nothing was said of it. */
    public OptionalInt globalConcurrency() {
        return globalConcurrency < 0 ? OptionalInt.empty() : OptionalInt.of(globalConcurrency);
    }

    /** Empty if nothing was said of it. */
    public OptionalInt perKeyConcurrency() {
        return perKeyConcurrency < 0 ? OptionalInt.empty() : OptionalInt.of(perKeyConcurrency);
    }

    /** The settings with what this worker says of them; empty if it says nothing else. */
    public Optional<QueueSettings> changed(QueueSettings stored) {
        QueueSettings wanted = stored;
        wanted = globalConcurrency < 0 ? wanted : wanted.globalConcurrency(globalConcurrency);
        wanted = perKeyConcurrency < 0 ? wanted : wanted.perKeyConcurrency(perKeyConcurrency);
        return wanted.equals(stored) ? Optional.empty() : Optional.of(wanted);
    }

    @Override
    public String toString() {
        return "Worker[queue '" + queue + "', " + concurrency + " at once]";
    }
}
