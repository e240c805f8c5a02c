package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.world.Waiting;
import dev.clew.flow.ThreadBusyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Changes stored threads without a lock: reads a thread's row, decides on it, and writes by compare-and-set. If another
 * caller changed the thread in between, the decision is made anew on the new row. Every such loop of the engine is this one.
 *
 * <p>The first conflicts are retried at once, because each of them means that another caller succeeded. Later ones are
 * retried after pauses that grow, on the calling thread.
 */
final class ThreadChanges {
    /** How many times one change is decided before its caller gets an error; with the pauses, about five seconds. */
    static final int LIMIT = 100;

    /** How many conflicts are retried without a pause. */
    private static final int AT_ONCE = 8;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final Checkpointer store;
    private final Waiting waiting;

    ThreadChanges(Checkpointer store, Waiting waiting) {
        this.store = store;
        this.waiting = waiting;
    }

    /** Decides on a thread as it was read, and writes what was decided under that row's epoch. */
    public interface Decision<T> {
        /** Returns what came of it; empty if the thread has to be read again, because it changed after it was read. */
        Optional<T> on(Optional<ThreadRecord> read);
    }

    /**
     * Decides on the thread until a decision holds.
     *
     * @param purpose what the thread is read for, as the error names it: "an update by hand"
     * @param first the thread as it was read a moment ago; null if it has to be read
     * @throws ThreadBusyException if the thread had changed after each of {@link #LIMIT} decisions
     */
    @SuppressWarnings("NullableOptional") // not read, and not there, are two things
    <T> T changeThread(String threadId, String purpose, @Nullable Optional<ThreadRecord> first, Decision<T> decision) {
        Optional<ThreadRecord> read = Optional.empty();
        for (int decided = 0; decided < LIMIT; decided++) {
            pauseBefore(decided);
            read = decided == 0 && first != null ? first : store.thread(threadId);
            Optional<T> made = decision.on(read);
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw busy(threadId, purpose, read.orElse(null));
    }

    private static ThreadBusyException busy(String threadId, String purpose, @Nullable ThreadRecord last) {
        return new ThreadBusyException(
                threadId,
                "it changed, or was just being changed, each of the " + LIMIT + " times that it was read for " + purpose
                        + "; its newest change was made",
                null,
                last == null ? Instant.EPOCH : last.updatedAt());
    }

    /** Pauses, unless the calling thread is to stop: then it only tries the remaining times. */
    private void pauseBefore(int decided) {
        if (decided <= AT_ONCE) {
            Thread.onSpinWait();
            return;
        }
        int doubled = Math.min(decided - AT_ONCE - 1, 6);
        Duration pause = SHORTEST_PAUSE.multipliedBy(1L << doubled);
        Duration atMost = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        try {
            boolean unused = waiting.join(new CompletableFuture<>(), atMost);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
