package dev.clew.engine.events;

import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.stream.StreamStalledException;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings events from the run's threads to one reader: bounded, so a slow reader slows its run; a reader that takes
 * nothing for {@code stall} while a publisher waits is cut off, and the run goes on. Thread-safe.
 *
 * <p>The reader either waits in {@link #take}, or is told by {@link #onReadable} that there is something to
 * {@link #poll}, and holds no thread meanwhile.
 *
 * <pre>{@code
 * EventQueue queue = new EventQueue(EnumSet.of(StreamMode.UPDATES), Duration.ofSeconds(30));
 * }</pre>
 */
public final class EventQueue implements EventReader {
    private static final int CAPACITY = 256;

    private final ReentrantLock lock;
    private final Condition notEmpty;
    private final Condition notFull;
    private final int capacity;
    private final Queue<StreamEvent> events = new ArrayDeque<>();
    private final Set<StreamMode> modes;
    private final Duration stall;
    private volatile boolean detached;
    private boolean begun;
    private boolean ended;
    private long taken;
    private @Nullable RuntimeException broken;
    private @Nullable Runnable readable;
    private volatile Waits waits = Wait::here;

    /** A wait of the current thread for the other side. */
    @FunctionalInterface
    public interface Wait {
        void here() throws InterruptedException;
    }

    /** What is done around each wait, on the thread that waits. */
    @FunctionalInterface
    public interface Waits {
        /** Lets the wait happen, once. */
        void around(Wait wait) throws InterruptedException;
    }

    public EventQueue(Collection<StreamMode> modes, Duration stall) {
        this(modes, stall, CAPACITY, new ReentrantLock());
    }

    /**
     * A queue for a test that decides who waits.
     *
     * @param capacity how many events wait for the reader before the run waits for him
     * @param lock whose conditions the run and its reader wait for
     */
    public EventQueue(Collection<StreamMode> modes, Duration stall, int capacity, ReentrantLock lock) {
        this.modes = EnumSet.copyOf(modes);
        this.stall = stall;
        this.capacity = capacity;
        this.lock = lock;
        this.notEmpty = lock.newCondition();
        this.notFull = lock.newCondition();
    }

    /** Has this done around every wait from now on; by default there is nothing around it. */
    public void waits(Waits around) {
        this.waits = around;
    }

    @Override
    public boolean wants(StreamMode mode) {
        return modes.contains(mode) && !detached;
    }

    @Override
    public boolean isDetached() {
        return detached;
    }

    /** {@inheritDoc} So a run which slept tells nothing twice. */
    @Override
    public boolean begin() {
        lock.lock();
        try {
            boolean first = !begun;
            begun = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    // --- the run's side ---

    /** Hands an event to the reader, waiting while the queue is full. */
    public void publish(StreamEvent event) {
        publish(event, () -> true);
    }

    /**
     * Hands an event to the reader, if it still holds when there is room: what is asked while nothing else gets in
     * between, so an event that comes after the condition fell is never followed by this one. An interrupt ends the wait
     * only if the event does not hold any more; else it is kept for the caller, so no event gets lost.
     */
    @Override
    public void publish(StreamEvent event, BooleanSupplier stillHolds) {
        boolean interrupted = false;
        while (!offer(event, stillHolds)) {
            try {
                waits.around(this::awaitRoom);
            } catch (InterruptedException stop) {
                interrupted = true;
                if (!stillHolds.getAsBoolean()) {
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False where there is no room; where nobody reads any more, the event is dropped. */
    private boolean offer(StreamEvent event, BooleanSupplier stillHolds) {
        Runnable told = null;
        lock.lock();
        try {
            if (lacksRoom()) {
                return false;
            }
            if (!detached && !ended && stillHolds.getAsBoolean()) {
                told = events.isEmpty() ? readable : null;
                events.add(event);
                notEmpty.signal();
            }
        } finally {
            lock.unlock();
        }
        tell(told);
        return true;
    }

    private boolean lacksRoom() {
        return events.size() >= capacity && !detached && !ended;
    }

    /** A reader that does not even take one event in time is cut off. */
    private void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            long left = Spans.nanos(stall);
            long seen = taken;
            while (lacksRoom()) {
                if (left <= 0) {
                    broken = new StreamStalledException(stall);
                    leave();
                    tell(readable);
                    return;
                }
                left = notFull.awaitNanos(left);
                if (taken != seen) {
                    seen = taken;
                    left = Spans.nanos(stall);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** No more events come; what is queued can still be read. */
    public void end() {
        Runnable told;
        lock.lock();
        try {
            ended = true;
            told = readable;
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
        tell(told);
    }

    private static void tell(@Nullable Runnable told) {
        if (told != null) {
            told.run();
        }
    }

    // --- the reader's side ---

    /** The next event, waiting for it; null at the end. */
    public @Nullable StreamEvent take() throws InterruptedException {
        while (true) {
            lock.lock();
            try {
                if (!lacksEvents()) {
                    StreamEvent next = taken();
                    if (next == null && broken != null) {
                        throw broken;
                    }
                    return next;
                }
            } finally {
                lock.unlock();
            }
            waits.around(this::awaitEvents);
        }
    }

    private boolean lacksEvents() {
        return events.isEmpty() && !ended && !detached;
    }

    private void awaitEvents() throws InterruptedException {
        lock.lock();
        try {
            while (lacksEvents()) {
                notEmpty.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next event, if there is one now. */
    public @Nullable StreamEvent poll() {
        lock.lock();
        try {
            return taken();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable StreamEvent taken() {
        StreamEvent next = events.poll();
        if (next != null) {
            taken++;
            notFull.signalAll();
        }
        return next;
    }

    /** Whether nothing is queued and nothing more will be. */
    public boolean isOver() {
        lock.lock();
        try {
            return detached || ended && events.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Why the reader was cut off; null where it was not. */
    public @Nullable RuntimeException broken() {
        lock.lock();
        try {
            return broken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has this called when something can be read after there was nothing, and at the end. It is called on threads of the
     * run, so it must only hand the reading on.
     *
     * @return false where another reader has done so before; a queue has one
     */
    public boolean onReadable(Runnable reader) {
        lock.lock();
        try {
            if (readable != null) {
                return false;
            }
            readable = reader;
            return true;
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
        Runnable told;
        lock.lock();
        try {
            leave();
            told = readable;
        } finally {
            lock.unlock();
        }
        tell(told);
    }

    private void leave() {
        detached = true;
        events.clear();
        notFull.signalAll();
        notEmpty.signalAll();
    }
}
