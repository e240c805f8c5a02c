package dev.clew.engine.setup;

import dev.clew.engine.world.BriefLock;
import java.util.PriorityQueue;

/**
 * How many attempts may execute at once. A freed permit goes to the deepest waiting step, then to the one that asked
 * first: what a waiting scope waits for is below it, so nobody can wait for ever.
 */
public final class Permits {
    private final BriefLock lock = new BriefLock();
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();
    private final int limit;
    private int free;
    private long arrivals;

    public Permits(int limit) {
        this.limit = limit;
        this.free = limit;
    }

    public int limit() {
        return limit;
    }

    private record Waiter(int depth, long arrival, Runnable granted) implements Comparable<Waiter> {
        @Override
        public int compareTo(Waiter other) {
            return depth != other.depth ? Integer.compare(other.depth, depth) : Long.compare(arrival, other.arrival);
        }
    }

    /** Calls back once there is a permit: at once on this thread, or later on a releasing one. */
    public void acquire(int depth, Runnable granted) {
        lock.lock();
        try {
            if (free == 0) {
                waiters.add(new Waiter(depth, arrivals++, granted));
                return;
            }
            free--;
        } finally {
            lock.unlock();
        }
        granted.run();
    }

    public boolean tryAcquire() {
        lock.lock();
        try {
            if (free == 0) {
                return false;
            }
            free--;
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void release() {
        Waiter next;
        lock.lock();
        try {
            next = waiters.poll();
            if (next == null) {
                free++;
                return;
            }
        } finally {
            lock.unlock();
        }
        next.granted().run();
    }
}
