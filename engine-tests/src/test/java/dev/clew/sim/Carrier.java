package dev.clew.sim;

import java.util.concurrent.locks.LockSupport;

/** A real thread, which runs one fiber after another. */
final class Carrier extends Thread {
    private final Carriers pool;
    private volatile boolean turn;
    private volatile boolean stopped;
    private Scheduler scheduler;
    private Fiber fiber;

    Carrier(Carriers pool) {
        super("clew-sim-carrier");
        this.pool = pool;
        setDaemon(true);
    }

    Fiber fiber() {
        return fiber;
    }

    /** Gives it a fiber to begin with its next turn. */
    void assign(Scheduler to, Fiber next) {
        scheduler = to;
        fiber = next;
        next.carrier = this;
    }

    /** Gives it the turn. */
    void wake() {
        turn = true;
        LockSupport.unpark(this);
    }

    /** Waits for the turn, on this very thread. */
    void awaitTurn() {
        while (!turn) {
            LockSupport.park(this);
            // Code under test may have restored an interrupt, with which a thread does not park.
            boolean unused = Thread.interrupted();
        }
        turn = false;
    }

    void end() {
        stopped = true;
        wake();
    }

    @Override
    public void run() {
        awaitTurn();
        while (!stopped) {
            Scheduler of = scheduler;
            Fiber next = of.runToEnd(fiber);
            if (next != null && next.carrier == null) {
                assign(of, next);
                continue;
            }
            fiber = null;
            pool.idle(this);
            of.handTo(next);
            awaitTurn();
        }
    }
}
