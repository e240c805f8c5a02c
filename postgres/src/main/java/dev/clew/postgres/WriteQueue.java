package dev.clew.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for a writer, in the order of the calls, bounded by count and by bytes. Everything is guarded by {@link #lock}. */
final class WriteQueue {
    private static final int MOST_WAITING = 4_096;
    private static final long MOST_WAITING_BYTES = 16 << 20;
    private static final int MOST_IN_A_GROUP = 512;
    private static final long MOST_BYTES_IN_A_GROUP = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();

    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /**
     * Adds a request; while too much waits, it waits itself.
     *
     * @param mayWait false for the one thread that empties the queue
     * @return false once the queue is closed
     */
    boolean put(Request request, boolean mayWait) {
        lock.lock();
        try {
            while (mayWait && !closed && isFull()) {
                drained.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            waiting.add(request);
            bytes += request.bytes();
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes as many requests as one commit should have.
     *
     * @param waits whether it waits until there are some; then there are none only once the queue is closed and empty
     */
    List<Request> take(boolean waits) {
        lock.lock();
        try {
            while (waits && waiting.isEmpty() && !closed) {
                filled.awaitUninterruptibly();
            }
            List<Request> group = new ArrayList<>(Math.min(MOST_IN_A_GROUP, waiting.size()));
            long taken = 0;
            while (!waiting.isEmpty() && group.size() < MOST_IN_A_GROUP && taken < MOST_BYTES_IN_A_GROUP) {
                Request next = waiting.remove();
                taken += next.bytes();
                group.add(next);
            }
            bytes -= taken;
            if (!isFull()) {
                drained.signalAll();
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing in any more; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return waiting.size() >= MOST_WAITING || bytes >= MOST_WAITING_BYTES;
    }
}
