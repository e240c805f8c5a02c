package dev.clew.sim;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that may give its taker's turn away; with one that is held no turn is given. */
final class SimulatedLock extends ReentrantLock {
    private static final long serialVersionUID = 1;

    private final transient Scheduler scheduler;

    SimulatedLock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void lock() {
        if (scheduler.isOver()) {
            super.lock();
            return;
        }
        scheduler.beforeLock();
        retake();
    }

    /** Takes it although the fiber may be dead: what it was taken in will let it go. */
    void retake() {
        super.lock();
        scheduler.current().locks++;
    }

    @Override
    public void unlock() {
        super.unlock();
        if (!scheduler.isOver()) {
            scheduler.current().locks--;
        }
    }

    @Override
    public Condition newCondition() {
        return new SimulatedCondition(scheduler, this);
    }
}
