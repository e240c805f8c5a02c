package dev.clew.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/** Real threads that one simulation after another may use. Touched only by whoever has the turn. */
final class Carriers implements AutoCloseable {
    private final Deque<Carrier> idle = new ArrayDeque<>();

    /** Begins a fiber on a thread that is idle, or on a new one. */
    void begin(Scheduler scheduler, Fiber fiber) {
        Carrier carrier = idle.poll();
        boolean born = carrier == null;
        if (born) {
            carrier = new Carrier(this);
        }
        carrier.assign(scheduler, fiber);
        carrier.wake();
        if (born) {
            carrier.start();
        }
    }

    void idle(Carrier carrier) {
        idle.push(carrier);
    }

    @Override
    public void close() {
        idle.forEach(Carrier::end);
        idle.clear();
    }
}
