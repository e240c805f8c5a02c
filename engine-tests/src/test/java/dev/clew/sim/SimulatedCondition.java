package dev.clew.sim;

import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Something that fibers wait for, in the time of the simulation. */
final class SimulatedCondition implements Condition {
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private final Scheduler scheduler;
    private final SimulatedLock lock;
    private final Deque<Thread> waiting = new ArrayDeque<>();

    SimulatedCondition(Scheduler scheduler, SimulatedLock lock) {
        this.scheduler = scheduler;
        this.lock = lock;
    }

    @Override
    public void await() throws InterruptedException {
        awaitNanos(LONGEST);
    }

    @Override
    public long awaitNanos(long atMost) throws InterruptedException {
        Thread me = Thread.currentThread();
        long until = scheduler.nanos() + atMost;
        Alarm late = scheduler.alarm(null, "late", atMost, () -> scheduler.unpark(me));
        waiting.add(me);
        scheduler.awaitsReader(atMost < LONGEST ? 1 : 0);
        lock.unlock();
        try {
            while (waiting.contains(me) && scheduler.nanos() < until) {
                if (scheduler.interrupted()) {
                    throw new InterruptedException("a wait was interrupted");
                }
                scheduler.park(this);
            }
        } finally {
            scheduler.awaitsReader(atMost < LONGEST ? -1 : 0);
            waiting.remove(me);
            late.cancel(false);
            lock.retake();
        }
        return until - scheduler.nanos();
    }

    @Override
    public void signal() {
        Thread first = waiting.poll();
        if (first != null) {
            scheduler.unpark(first);
        }
    }

    @Override
    public void signalAll() {
        while (!waiting.isEmpty()) {
            signal();
        }
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return awaitNanos(unit.toNanos(time)) > 0;
    }

    @Override
    public boolean awaitUntil(Date deadline) {
        throw new UnsupportedOperationException("nobody waits by the wall's clock");
    }

    @Override
    public void awaitUninterruptibly() {
        throw new UnsupportedOperationException("whoever waits can be interrupted");
    }
}
