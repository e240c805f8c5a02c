package dev.clew.engine.request;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.ThreadBusyException;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A request that a worker took, from then on until its run needs no worker: it holds one of the worker's slots. */
@SuppressWarnings("NullableOptional") // not read, and not there, are two things
public final class TakenRequest {
    private final RequestRow row;
    private final OtherDeployments others;
    private final Slot slot;
    private final AtomicReference<@Nullable Optional<ThreadRecord>> seen;
    private volatile boolean begun;

    /**
     * @param row as it was taken
     * @param seen its thread as it was read for all that were taken at once; null if it was not
     * @param others get the run if it does not fit the code of this deployment
     * @param slot what the run holds of the worker
     */
    public TakenRequest(RequestRow row, @Nullable Optional<ThreadRecord> seen, OtherDeployments others, Slot slot) {
        this.row = row;
        this.seen = new AtomicReference<>(seen);
        this.others = others;
        this.slot = slot;
    }

    /** Its thread as it was read when it was taken, the first time that this is asked; null from then on. */
    @Nullable
    public Optional<ThreadRecord> seen() {
        return seen.getAndSet(null);
    }

    /** The request's id, which its claim names. */
    public String requestId() {
        return row.request().requestId();
    }

    /** What was enqueued. */
    public QueuedRun request() {
        return row.request();
    }

    /** The run that is rolled back when this one is opened, if it ended cancelled; null for none. */
    @Nullable
    public String rollsBack() {
        return row.rollsBack();
    }

    /** Lets another deployment have its run, whose claim this owner has; false if the mismatch is a verdict. */
    public boolean isForAnother(String where, Throwable mismatch) {
        return others.get(row, where, mismatch);
    }

    /**
     * Returns if the request is still reserved for this owner, so that its claim may be tried again.
     *
     * @throws ThreadBusyException if it is not: then another worker has it, or it is over
     */
    public void requireReserved(Checkpointer store, String threadId, String owner) {
        Optional<RequestRow> row = store.queue()
                .find(threadId, requestId())
                .filter(found -> found.state() == RequestState.TAKEN && owner.equals(found.owner()));
        if (row.isEmpty()) {
            throw new ThreadBusyException(
                    threadId, "the reservation of request '" + requestId() + "' is over", null, store.now());
        }
    }

    /** Its run was opened or continued: from now on the queue follows the run. */
    public void begin() {
        begun = true;
    }

    public boolean hasBegun() {
        return begun;
    }

    /** What the run holds of its worker. */
    public Slot slot() {
        return slot;
    }

    /** Frees the slot for good. */
    public void leave() {
        slot.leave();
    }
}
