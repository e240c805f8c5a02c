package dev.clew.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings events from the run's threads to one reader: bounded, so a slow reader slows its run; a reader that takes
 * nothing for {@code stall} while a publisher waits is cut off, and the run goes on. Thread-safe.
 *
 * <pre>{@code
 * EventQueue queue = new EventQueue(EnumSet.of(StreamMode.UPDATES), Duration.ofSeconds(30));
 * }</pre>
 */
public final class EventQueue {
    private static final int CAPACITY = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final Queue<StreamEvent> events = new ArrayDeque<>();
    private final Set<StreamMode> modes;
    private final Duration stall;
    private boolean detached;
    private boolean ended;
    private long taken;
    private @Nullable RuntimeException broken;

    public EventQueue(Collection<StreamMode> modes, Duration stall) {
        this.modes = EnumSet.copyOf(modes);
        this.stall = stall;
    }

    /** Whether somebody reads events of this mode; if not, they need not be built. */
    public boolean wants(StreamMode mode) {
        return modes.contains(mode) && !detached;
    }

    /** Hands an event to the reader, waiting while the queue is full. An interrupt ends the wait and loses the event. */
    public void publish(StreamEvent event) {
        lock.lock();
        try {
            if (detached || ended) {
                return;
            }
            long left = stall.toNanos();
            long seen = taken;
            while (events.size() >= CAPACITY && !detached) {
                if (left <= 0) {
                    broken = new StreamStalledException(stall);
                    detach();
                    return;
                }
                left = notFull.awaitNanos(left);
                if (taken != seen) {
                    seen = taken;
                    left = stall.toNanos();
                }
            }
            if (!detached) {
                events.add(event);
                notEmpty.signal();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** The next event, waiting for it; null at the end. */
    public @Nullable StreamEvent take() throws InterruptedException {
        lock.lock();
        try {
            while (events.isEmpty() && !ended && !detached) {
                notEmpty.await();
            }
            StreamEvent next = events.poll();
            if (next == null && broken != null) {
                throw broken;
            }
            taken++;
            notFull.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** No more events come; what is queued can still be read. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there may be more for the reader. */
    public boolean isOpen() {
        lock.lock();
        try {
            return !detached && !(ended && events.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** The reader leaves: what is queued is dropped, publishers no longer wait. */
    public void detach() {
        lock.lock();
        try {
            detached = true;
            events.clear();
            notFull.signalAll();
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
