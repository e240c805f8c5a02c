package dev.clew.sqlite;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer, in two lanes. The ordinary lane keeps the order of the calls and is bounded by count and by
 * bytes; the urgent one overtakes it and is not bounded. Everything is guarded by {@link #lock}.
 *
 * <p>Requests that no caller waits for lie here for a moment, so that they share the commit of what comes next: a run that
 * waits for each step, and notes something between two, takes one commit for both.
 */
final class WriteQueue {
    private static final int MOST_WAITING = 4_096;
    private static final long MOST_WAITING_BYTES = 16 << 20;
    private static final int MOST_IN_A_GROUP = 1_024;
    private static final long MOST_BYTES_IN_A_GROUP = 4 << 20;

    /** How long requests lie here that no caller waits for. */
    private final Duration moment;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();

    private final ArrayDeque<Request<?>> urgent = new ArrayDeque<>();
    private final ArrayDeque<Request<?>> ordinary = new ArrayDeque<>();
    private long ordinaryBytes;

    /** How many in the ordinary lane have callers who wait for them. */
    private int awaited;

    private boolean takerWaits;

    /** Whether the taker has requests, and waits for one that a caller waits for. */
    private boolean takerLingers;

    private boolean closed;

    WriteQueue() {
        this(Duration.ofMillis(1));
    }

    WriteQueue(Duration moment) {
        this.moment = moment;
    }

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
                awaited += request.kind().isAwaited() ? 1 : 0;
            }
            if (takerWaits || takerLingers && isDue()) {
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
            linger();
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

    private void linger() {
        takerLingers = true;
        long left = moment.toNanos();
        boolean interrupted = false;
        while (!isDue() && !closed && left > 0) {
            try {
                left = filled.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
                left = 0;
            }
        }
        takerLingers = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether what waits should not wait longer. */
    private boolean isDue() {
        return awaited > 0
                || !urgent.isEmpty()
                || ordinary.size() >= MOST_IN_A_GROUP
                || ordinaryBytes >= MOST_BYTES_IN_A_GROUP;
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
            awaited -= next.kind().isAwaited() ? 1 : 0;
            group.add(next);
        }
        ordinaryBytes -= bytes;
    }
}
