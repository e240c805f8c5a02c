package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.ThreadBusyException;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import java.util.Optional;
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

    /**
     * Returns if the request is still reserved for this owner, so that its claim may be tried again.
     *
     * @throws ThreadBusyException if it is not: then another worker has it, or it is over
     */
    void requireReserved(Checkpointer store, String threadId, String owner) {
        Optional<RequestRow> row = store.queue()
                .find(threadId, requestId)
                .filter(found -> found.state() == RequestState.TAKEN && owner.equals(found.owner()));
        if (row.isEmpty()) {
            throw new ThreadBusyException(
                    threadId, "the reservation of request '" + requestId + "' is over", null, store.now());
        }
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
