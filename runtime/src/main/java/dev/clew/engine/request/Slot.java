package dev.clew.engine.request;

import java.util.function.Supplier;

/** A slot that a run holds until it needs no thread any more. It is free while code of the run waits for a queued run. Thread-safe. */
public final class Slot {
    private final Runnable freed;
    private final Runnable occupied;

    // Guarded by this object.
    private int waits;
    private boolean left;

    /**
     * @param freed called if the slot is free again
     * @param occupied called if a task of the run continues after a wait, so that the run has a slot again
     */
    public Slot(Runnable freed, Runnable occupied) {
        this.freed = freed;
        this.occupied = occupied;
    }

    /** Frees the slot for good. */
    public void leave() {
        boolean frees;
        synchronized (this) {
            frees = !left && waits == 0;
            left = true;
        }
        if (frees) {
            freed.run();
        }
    }

    /**
     * Waits for another queued run, in a task of this one. The slot is free meanwhile, since the other run may need it.
     * Afterwards this run continues at once, though all slots may be occupied then.
     */
    public <T> T waiting(Supplier<T> wait) {
        boolean frees;
        synchronized (this) {
            frees = !left && waits == 0;
            waits++;
        }
        if (frees) {
            freed.run();
        }
        try {
            return wait.get();
        } finally {
            boolean occupies;
            synchronized (this) {
                waits--;
                occupies = !left && waits == 0;
            }
            if (occupies) {
                occupied.run();
            }
        }
    }
}
