package dev.clew.queue;

import dev.clew.index.RequestRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for a worker: a part of the persistence port, which {@link
 * dev.clew.checkpoint.Checkpointer#queue()} gives.
 *
 * <p>The contract, which the shipped contract suite proves of every implementation:
 *
 * <ul>
 *   <li><b>Lines.</b> The requests of a thread form a line, in the order in which they joined it by the store's clock. Only
 *       the first of a line that is not opened can be READY, and only while nothing occupies the thread: it is not owned,
 *       and its newest run is over, or may be abandoned by the request. The others are WAITING.
 *   <li><b>Taking.</b> {@link #take} gives each READY request to one owner, for the time of the reservation. It never waits
 *       for a thread. A claim that names the request succeeds only while it is reserved by the claim's owner, and opens
 *       it.
 *   <li><b>A request follows its run.</b> A write that releases the thread moves the request of its newest run in the same
 *       transaction: to PARKED if the run sleeps or waits, to HELD if it is blocked or stuck, to READY if it was left in the
 *       middle or answered, and it is removed if the run is over. A claim that continues such a run takes the request.
 *   <li><b>Nothing is lost.</b> What was taken and not opened is READY again when its reservation ends, or HELD after the
 *       fifth time. What was opened stays with the thread's owner; its lease says whether that is alive. If an owner vanishes,
 *       the request is not taken for 2, 4, 8, up to 64 seconds; one of whose run nothing is stored is HELD after the fifth
 *       time. A release by the owner itself does not count.
 *   <li><b>Limits</b> count TAKEN requests.
 *   <li><b>Durability.</b> What these methods changed survives power loss when they return; but what was taken may be READY
 *       again then, as if it had not been taken, until a claim has opened it.
 * </ul>
 *
 * <p>All methods may be called from any thread. A broken store throws {@link dev.clew.checkpoint.CheckpointException}.
 *
 * <pre>{@code
 * for (RequestRow taken : checkpointer.queue().take(request)) {
 *   open(taken);
 * }
 * }</pre>
 */
public interface RunQueue {
    /** How often a request may be taken without being opened, or its run be lost with nothing stored, before it is held. */
    int MAX_ATTEMPTS = 5;

    /** How long workers of a deployment do not take again what they gave back because their code does not fit it. */
    Duration EXCLUDED = Duration.ofMinutes(1);

    /** How long a request that met a busy thread is not taken again. */
    Duration BUSY_PAUSE = Duration.ofSeconds(1);

    /** How long a worker that was not seen stays registered. */
    Duration WORKER_KEPT = Duration.ofMinutes(10);

    /** How many READY requests {@link #tend} counts at most. */
    int MOST_COUNTED = 1_000;

    /** How long a request that is over stays readable. */
    Duration KEPT = Duration.ofDays(7);

    /**
     * Adds a request to its thread's line, durably. The same thread and request id twice is the same request.
     *
     * @param occupied what becomes of it if it is not the next to be opened
     * @param record the record that is stored with it, of the same id; or null. If the thread has a record of this id, the
     *     request is {@link Enqueued#KNOWN}, also if its line has forgotten it
     */
    Enqueued enqueue(QueuedRun request, WhenOccupied occupied, @Nullable RequestRecord record);

    /**
     * Adds a request, durably, if that takes one look: its line is empty, and its thread never ran, or is its workflow's and free.
     *
     * @return false, with nothing stored, if something is not so, or not known without more looks, which {@link #enqueue} takes; a store
     *     for which a look costs little always returns it
     */
    default boolean addToFreeThread(QueuedRun request) {
        return false;
    }

    /** Adds a request of which no record is kept. */
    default Enqueued enqueue(QueuedRun request, WhenOccupied occupied) {
        return enqueue(request, occupied, null);
    }

    /** Adds a request that waits, or is not added. */
    default Enqueued enqueue(QueuedRun request, boolean mayWait, @Nullable RequestRecord record) {
        return enqueue(request, mayWait ? WhenOccupied.WAIT : WhenOccupied.REFUSE, record);
    }

    /** Adds a request that waits, or is not added, and of which no record is kept. */
    default Enqueued enqueue(QueuedRun request, boolean mayWait) {
        return enqueue(request, mayWait, null);
    }

    /** Takes requests that are READY, in the order of priority and age, as far as the queue's limits allow. */
    List<RequestRow> take(TakeRequest request);

    /** Gives back what was taken and not opened. */
    void giveBack(GiveBack taken);

    /**
     * Lets a held request be taken again, as if it had never been tried.
     *
     * @param record the record of the request that asks for it, stored in the same transaction; or null
     * @return false, with nothing changed, if there is no such request, or it is not HELD, or its run is what holds it
     * @throws dev.clew.checkpoint.RequestTakenException if the thread has a record of this id; nothing was changed
     */
    boolean retry(String threadId, String requestId, @Nullable RequestRecord record);

    /** Lets a held request be taken again, and keeps no record of that. */
    default boolean retry(String threadId, String requestId) {
        return retry(threadId, requestId, null);
    }

    /** The owners of the TAKEN requests of a queue. It reads no inputs. */
    Set<String> owners(String queue);

    /**
     * Ends a request that is not opened; the line moves on.
     *
     * @param state {@link RequestState#REFUSED} or {@link RequestState#CANCELLED}
     * @param detail why, protected bytes of the engine's; or null
     * @return false, with nothing changed, if there is no such request, or it was opened or is over
     */
    boolean end(String threadId, String requestId, RequestState state, byte @Nullable [] detail);

    /**
     * Removes a request that is over, before {@link #KEPT} has passed.
     *
     * @return false, with nothing changed, if there is no such request, or it is not over
     */
    boolean remove(String threadId, String requestId);

    /** A request; empty if it never was, or its run is over, or it ended longer than {@link #KEPT} ago. */
    Optional<RequestRow> find(String threadId, String requestId);

    /** The requests that match, ordered by thread and place in line. */
    List<RequestRow> list(QueueQuery query);

    /** What a queue holds; the empty state for one that was never used. */
    QueueState state(String queue);

    /** Stores what holds for a queue. */
    void configure(String queue, QueueSettings settings);

    /**
     * Registers a worker, and moves what is due: delayed and parked requests whose time has come, and expired reservations.
     *
     * @return how many requests of the worker's queue are READY now; {@link #MOST_COUNTED} if there are that many or more, for
     *     a store need not count a long backlog each second
     */
    int tend(WorkerRecord worker);

    /** Removes a worker from the register. */
    void leave(String owner, String queue);

    /**
     * Calls a worker when requests of a queue become READY by what this process does. Hints may be missing or too many; they
     * come from any thread, and must return at once.
     *
     * @return what ends the hints
     */
    AutoCloseable onReady(String queue, Runnable hint);
}
