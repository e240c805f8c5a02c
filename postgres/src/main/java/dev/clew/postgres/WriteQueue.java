package dev.clew.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for a writer, in the order of the calls, bounded by count and by bytes; and whose turn it is to write. The writer's own
 * thread has its turn from one {@link #take} to the next. A caller has it between {@link #begin} and {@link #end}: only if nothing
 * waits, so that it overtakes nothing. What has its turn sees all that was done before. Everything is guarded by {@link #lock}.
 */
final class WriteQueue {
    private static final int MOST_WAITING = 4_096;
    private static final long MOST_WAITING_BYTES = 16 << 20;
    private static final int MOST_IN_A_GROUP = 512;
    private static final long MOST_BYTES_IN_A_GROUP = 4 << 20;

    /** So many groups of one request in a row, and callers write themselves. */
    private static final int ALONE = 8;

    /**
     * How long the callers of a group are waited for, who were just told that it is stored: if half of them have come again, they
     * share the next commit.
     */
    private static final long GATHERING_NANOS = 200_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();

    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private boolean busy;

    /** Whether the writer's thread took something, so that its turn lasts until it takes again. */
    private boolean isWritersTurn;

    /** Whether the writer's thread has something to do that does not wait here. */
    private boolean left;

    /** How many requests the newest group had. */
    private int newest;

    /** How many groups in a row were of one request: if they are many, gathering others is not worth a hand-over. */
    private int alone = ALONE;

    /** How many requests the writer's thread waits for. */
    private int wanted = 1;

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
            if (!busy && waiting.size() >= wanted) {
                filled.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the calling thread may write a request of its own now; then {@link #end} follows. */
    boolean begin() {
        lock.lock();
        try {
            boolean may = alone >= ALONE && !busy && !closed && !left && waiting.isEmpty();
            if (may) {
                busy = true;
                isWritersTurn = false;
            }
            return may;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The caller has written its request.
     *
     * @param leaves whether the writer's thread has something to do
     */
    void end(boolean leaves) {
        lock.lock();
        try {
            busy = false;
            left |= leaves;
            if (left || closed || !waiting.isEmpty()) {
                filled.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes as many requests as one commit should have.
     *
     * @param waits whether it waits until there are some; then there are none only once the queue is closed and empty, or if a caller
     *     has left something to do
     */
    List<Request> take(boolean waits) {
        lock.lock();
        try {
            busy &= !isWritersTurn;
            gather(waits);
            while (busy || waits && waiting.isEmpty() && !closed && !left) {
                filled.awaitUninterruptibly();
            }
            busy = true;
            isWritersTurn = true;
            left = false;
            List<Request> group = new ArrayList<>(Math.min(MOST_IN_A_GROUP, waiting.size()));
            long taken = 0;
            while (!waiting.isEmpty() && group.size() < MOST_IN_A_GROUP && taken < MOST_BYTES_IN_A_GROUP) {
                Request next = waiting.remove();
                taken += next.bytes();
                group.add(next);
            }
            bytes -= taken;
            newest = group.size();
            alone = newest > 1 ? 0 : Math.min(alone + newest, ALONE);
            if (!isFull()) {
                drained.signalAll();
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment for those whose requests were in the newest group. */
    private void gather(boolean waits) {
        wanted = Math.max(1, newest / 2);
        long left = GATHERING_NANOS;
        try {
            while (waits && !busy && !closed && waiting.size() < wanted && wanted > 1 && left > 0) {
                left = filled.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        wanted = 1;
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
