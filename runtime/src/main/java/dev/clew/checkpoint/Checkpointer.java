package dev.clew.checkpoint;

import dev.clew.index.RequestRecord;
import dev.clew.index.Requests;
import dev.clew.index.Tape;
import dev.clew.index.ThreadIndex;
import dev.clew.queue.RunQueue;
import dev.clew.schedule.Schedules;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores threads, their runs, logs and checkpoints: the persistence port.
 *
 * <p>The contract, which the shipped contract suite proves of every implementation:
 *
 * <ul>
 *   <li><b>Ownership.</b> A thread is written only under a {@link Claim}. {@link #claim} is one compare-and-set: it
 *       succeeds iff the row still has the expected epoch and is unowned, expired by the store's own clock, or may be
 *       taken over; it raises the epoch. Every write carries its epoch and is refused with {@link LeaseLostException}
 *       once the row's is greater or the lease was released.
 *   <li><b>Atomicity.</b> A {@link Write}, and a claim with its first write, happens as a whole or not at all. A write
 *       that breaks a constraint fails alone; writes of other threads in the same commit are not touched.
 *   <li><b>Order.</b> Writes of one claim take effect in the order of the calls. What survives a crash is a prefix of
 *       them.
 *   <li><b>Durability.</b> The stage of a durable write completes when it would survive power loss, of another write
 *       when it would survive the death of this process. A durable write makes all earlier writes of its claim durable.
 *   <li><b>Failure.</b> A broken store fails the stage, or the call, with {@link CheckpointException}; after a failed
 *       write of a claim, its later writes fail too.
 *   <li><b>Threads.</b> All methods may be called from any thread at any time; a reader never blocks a writer. {@link
 *       #write} may block while too much is waiting to be written. Stages are completed on any thread, so dependents must be short.
 *   <li><b>Names</b> are any well-formed Unicode. A store keeps thread ids of up to 1,500 bytes in UTF-8, and other ids of up
 *       to 500; it may refuse longer ones.
 *   <li><b>Bytes</b> are stored as given and never looked into.
 * </ul>
 *
 * <pre>{@code
 * try (var db = Sqlite.open(Path.of("essays.db"))) {
 *   var graph = EssayFlowGraph.builder(flow).checkpointer(db.checkpointer()).build();
 * }
 * }</pre>
 */
public interface Checkpointer {
    /** A checkpointer that keeps everything in this process's memory: for tests, and for runs that need no disk. */
    static Checkpointer inMemory() {
        return inMemory(Clock.systemUTC());
    }

    /** {@link #inMemory()} with leases judged by this clock. */
    static Checkpointer inMemory(Clock clock) {
        return new MemoryCheckpointer(clock);
    }

    /**
     * Returns the store's clock: leases, {@code wakeAt} and all other moments that are stored are compared with it, and with no
     * clock of a process. A graph takes its wall clock from it.
     */
    Instant now();

    /** A thread's row, or empty where the thread never ran. */
    Optional<ThreadRecord> thread(String threadId);

    /** A run's row, or empty where the thread has no such run. */
    Optional<RunRecord> run(String threadId, String runId);

    /** Hands a run's log from {@code fromSeq} on to the consumer, in order, in one range scan. */
    void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer);

    /**
     * Hands on the first of them alone. A store that can reads no more than these; this one reads all.
     *
     * @param atMost how many; 1 at least
     */
    default void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        AtomicInteger left = new AtomicInteger(atMost);
        scan(threadId, runId, fromSeq, record -> {
            if (left.getAndDecrement() > 0) {
                consumer.accept(record);
            }
        });
    }

    /** The checkpoints that match, newest first, in a bounded number of queries. */
    List<CheckpointRecord> checkpoints(CheckpointQuery query);

    /** The threads that match, ordered by thread id. */
    List<ThreadRecord> threads(ThreadQuery query);

    /**
     * Claims a thread and makes a first, durable write, all in one.
     *
     * @return the claim, or empty where the row changed since it was read: read it again and decide anew
     */
    Optional<Claim> claim(ClaimRequest request, Write first);

    /** Writes under a claim; see the class for order, durability and failure. */
    CompletionStage<Void> write(Claim claim, Write write, boolean durable);

    /**
     * Prolongs claims by the lease from now. It overtakes writes that wait. A claim that is lost does not change what becomes
     * of the others.
     *
     * @return what was found of each claim; one is missing if nothing could be learnt of it, because another session had its
     *     row locked for too long: it is neither renewed nor lost
     */
    Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease);

    /**
     * Asks whoever owns the thread to cancel its run. The request lasts until that run is over: the write that releases the
     * thread clears it if the thread's head is {@link dev.clew.state.ThreadStatus#IDLE} or {@link dev.clew.state.ThreadStatus#CANCELLED} then. If the
     * owner dies, or its run pauses or fails, before it has heard of the request, the next one to look at it finds it.
     *
     * @return false, with nothing stored, where the thread is not owned under this epoch (any more): read it again
     */
    boolean requestCancel(String threadId, long epoch);

    /**
     * Leaves answers for the owner of a thread, durably, all or none. They wait until a {@link Write} takes them, or until a
     * write releases the thread with a head that is {@link dev.clew.state.ThreadStatus#IDLE} or {@link dev.clew.state.ThreadStatus#CANCELLED}. The owner
     * hears of them by its renewals and by the thread's row. If a write releases the thread while answers wait for its head
     * run, and the head is {@link dev.clew.state.ThreadStatus#INTERRUPTED} or {@link dev.clew.state.ThreadStatus#SLEEPING}, the head is due at once: its
     * {@code wakeAt} becomes now, by the store's clock, unless it is earlier. Such a thread, and one whose owner died with
     * answers waiting, reads as {@link dev.clew.state.ThreadStatus#ANSWERED}: see {@link ThreadRecord#status}.
     *
     * @param request a request that is stored with the answers; or null
     * @return false, with nothing stored, if the thread is not owned under this epoch (any more), or an answer waits for
     *     one of these questions already: read both again
     * @throws RequestTakenException if the thread is owned and has a request of this id; nothing was stored
     */
    boolean addAnswers(String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request);

    /** Leaves answers without a request. */
    default boolean addAnswers(String threadId, long epoch, List<WaitingAnswer> answers) {
        return addAnswers(threadId, epoch, answers, null);
    }

    /** The answers that wait for a run, in the order in which they were added; none for an unknown thread or run. */
    List<WaitingAnswer> answers(String threadId, String runId);

    /**
     * Deletes runs with their logs, checkpoints and waiting answers, or all of a thread. Checkpoints that the deletion keeps
     * stay as they are, but have no run. An unknown thread, run or checkpoint is no error. With all of a thread, its requests
     * are cancelled that are not opened, also those of a thread that never ran; its entry in the index, its {@link #requests}
     * and its {@link #tape} are removed.
     *
     * @return false where the thread is owned or its epoch is not the expected one; then nothing was deleted
     */
    boolean delete(Deletion deletion);

    /**
     * Overwrites what deleted rows have left in the store's own files, as far as the store can do that itself; called after an
     * {@linkplain dev.clew.Graph#erase erasure}. What a database's server keeps is for its own upkeep to remove.
     */
    default void scrub() {}

    /** Returns what this object has committed so far, for metrics. Reads a number, and never the store. */
    default Commits commits() {
        return Commits.NONE;
    }

    /** Returns the requests that wait for a worker. */
    RunQueue queue();

    /** Returns the threads with what was attached to them. */
    ThreadIndex threadIndex();

    /** Returns the requests that servers got. */
    Requests requests();

    /** Returns what runs tell beside their logs. */
    Tape tape();

    /** Returns the schedules, which add to these requests. */
    Schedules schedules();
}
