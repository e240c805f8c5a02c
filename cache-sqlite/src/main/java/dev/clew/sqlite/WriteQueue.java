package dev.clew.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer, in two lanes. The ordinary lane keeps the order of the calls and is bounded by count and by
 * bytes; the urgent one overtakes it and is not bounded. Everything is guarded by {@link #lock}.
 */
final class WriteQueue {
    private static final int MOST_WAITING = 4_096;
    private static final long MOST_WAITING_BYTES = 16 << 20;
    private static final int MOST_IN_A_GROUP = 1_024;
    private static final long MOST_BYTES_IN_A_GROUP = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();

    private final ArrayDeque<Request<?>> urgent = new ArrayDeque<>();
    private final ArrayDeque<Request<?>> ordinary = new ArrayDeque<>();
    private long ordinaryBytes;
    private boolean takerWaits;
    private boolean closed;

    /**
     * Adds a request; while too much waits, it waits itself.
     *
     * @param mayWait false for the one thread that empties the queue
     * @return false once the queue is closed
     */
    boolean put(Request<?> request, boolean mayWait) {
        lock.lock();
        try {
            while (mayWait && !closed && !request.kind().urgent() && isFull()) {
                drained.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            if (request.kind().urgent()) {
                urgent.add(request);
            } else {
                ordinary.add(request);
                ordinaryBytes += request.kind().bytes();
            }
            if (takerWaits) {
                filled.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for requests and takes as many as one commit should have; none once the queue is closed and empty. */
    List<Request<?>> take() {
        lock.lock();
        try {
            while (urgent.isEmpty() && ordinary.isEmpty() && !closed) {
                takerWaits = true;
                filled.awaitUninterruptibly();
                takerWaits = false;
            }
            List<Request<?>> group = new ArrayList<>(Math.min(MOST_IN_A_GROUP, urgent.size() + ordinary.size()));
            group.addAll(urgent);
            urgent.clear();
            takeOrdinary(group);
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
        return ordinary.size() >= MOST_WAITING || ordinaryBytes >= MOST_WAITING_BYTES;
    }

    private void takeOrdinary(List<Request<?>> group) {
        long bytes = 0;
        while (!ordinary.isEmpty() && group.size() < MOST_IN_A_GROUP && bytes < MOST_BYTES_IN_A_GROUP) {
            Request<?> next = ordinary.remove();
            bytes += next.kind().bytes();
            group.add(next);
        }
        ordinaryBytes -= bytes;
    }
}
