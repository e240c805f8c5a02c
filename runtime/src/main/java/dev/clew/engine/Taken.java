package dev.clew.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/** A request that a worker took, from then on until its run needs no worker: it holds one of the worker's slots. */
final class Taken {
    private final String requestId;
    private final Runnable slot;
    private final AtomicBoolean held = new AtomicBoolean(true);
    private volatile boolean begun;

    /** @param slot called once, if the slot is free again */
    Taken(String requestId, Runnable slot) {
        this.requestId = requestId;
        this.slot = slot;
    }

    /** The request's id, which its claim names. */
    String requestId() {
        return requestId;
    }

    /** Its run was opened or continued: from now on the queue follows the run. */
    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Frees the slot, once. */
    void leave() {
        if (held.compareAndSet(true, false)) {
            slot.run();
        }
    }
}
