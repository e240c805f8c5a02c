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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores threads, their runs, logs and checkpoints: the persistence port. Users take one from a database module; this page is for
 * those who write one. The abstract test class {@code CheckpointerContract} in the module {@code clew-contracts} proves of an
 * implementation what follows.
 *
 * <p><b>Words.</b> Each thread has one row, a {@link ThreadRecord}. Its <em>head</em> is the part that describes the newest run. A
 * process that executes a run <em>owns</em> the thread, by a {@link Claim}, for the time of its <em>lease</em>, which it renews. The
 * row's <em>epoch</em> is a number that rises with each claim, so that the store recognises the writes of a former owner.
 *
 * <p><b>The contract.</b>
 *
 * <ul>
 *   <li><b>Ownership.</b> A thread is written only under a claim. {@link #claim} is one compare-and-set. It succeeds only if the row
 *       still has the expected epoch, and the thread is not owned, its lease has expired by the store's own clock, or it may be taken
 *       over. It raises the epoch. Every write carries its epoch. It is refused with {@link LeaseLostException} if the row's is
 *       greater by then, or the claim was released.
 *   <li><b>Atomicity.</b> A {@link Write}, and a claim with its first write, happens as a whole or not at all. A write
 *       that breaks a constraint fails alone; writes of other threads in the same commit are not touched.
 *   <li><b>Order.</b> Writes of one claim take effect in the order of the calls. What survives a crash is a prefix of
 *       them.
 *   <li><b>Durability.</b> The stage of a durable write completes when it would survive power loss, of another write
 *       when it would survive the death of this process. A durable write makes all earlier writes of its claim durable.
 *   <li><b>Failure.</b> A broken store fails the stage, or the call, with {@link CheckpointException}; after a failed
 *       write of a claim, its later writes fail too.
 *   <li><b>Threads of Java.</b> All methods may be called from any thread at any time; a reader never blocks a writer. {@link
 *       #write} may block while too much is waiting to be written. Stages are completed on any thread, so dependents must be short.
 *   <li><b>Names</b> are any well-formed Unicode. A store keeps thread ids of up to 1,500 bytes in UTF-8, and other ids of up
 *       to 500; it may refuse longer ones.
 *   <li><b>Bytes</b> are stored as given and never looked into.
 * </ul>
 *
 * <pre>{@code
 * ThreadRecord thread = checkpointer.thread("essay-1").orElseThrow();
 * ClaimRequest request = new ClaimRequest(
 *     "essay-1", thread.workflow(), ownerId, thread.epoch(), Duration.ofSeconds(30), false);
 * checkpointer.claim(request, firstWrite).ifPresent(claim ->
 *     checkpointer.write(claim, Write.log(runId, records), true).toCompletableFuture().join());
 * }</pre>
 */
public interface Checkpointer {
    /** Returns a checkpointer that keeps everything in this process's memory: for tests, and for runs that need no disk. */
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

    /** Returns a thread's row; empty if the thread never ran. */
    Optional<ThreadRecord> thread(String threadId);

    /** Returns a run's row; empty if the thread has no such run. */
    Optional<RunRecord> run(String threadId, String runId);

    /**
     * Returns the rows of all runs of a thread, in the order of their numbers; empty if it never ran. Also of runs that were rolled
     * back, of which nothing else is there.
     */
    List<RunRecord> runs(String threadId);

    /** Gives the consumer a run's log from {@code fromSeq} on, in order, in one range scan. */
    void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer);

    /**
     * Gives the consumer the first records of a run's log from {@code fromSeq} on. This default reads all of them; a store should
     * read no more than it gives.
     *
     * @param atMost how many records; 1 at least
     */
    default void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        AtomicInteger left = new AtomicInteger(atMost);
        scan(threadId, runId, fromSeq, record -> {
            if (left.getAndDecrement() > 0) {
                consumer.accept(record);
            }
        });
    }

    /** Returns the checkpoints that match, newest first, in a bounded number of queries. */
    List<CheckpointRecord> checkpoints(CheckpointQuery query);

    /** Returns the threads that match, ordered by thread id. */
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
     * Writes durably for a caller that waits for the stage at once, and has nothing else to do meanwhile. A store may do the write on
     * the calling thread, which saves waking another one. By default it is {@link #write}.
     */
    default CompletionStage<Void> writeAwaited(Claim claim, Write write) {
        return write(claim, write, true);
    }

    /**
     * Prolongs claims: their leases end this long from now. It does not wait for writes that wait. A claim that is lost does not
     * change what becomes of the others.
     *
     * @return what was found of each claim. A claim is missing, neither renewed nor lost, if nothing could be learnt of it, because
     *     another session had its row locked for too long
     */
    Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease);

    /**
     * Asks the owner of the thread to cancel its run. Its next renewal says so: {@link LeaseState#CANCEL_REQUESTED}.
     *
     * <p>The request lasts until that run is over: a write that releases the thread clears it if the head is then {@link
     * dev.clew.state.ThreadStatus#IDLE} or {@link dev.clew.state.ThreadStatus#CANCELLED}. If the owner dies before it knows of the
     * request, or its run pauses or fails before, the next process that looks at the thread finds it.
     *
     * @return false, with nothing stored, if the thread is not owned, or not under this epoch: read it again
     */
    boolean requestCancel(String threadId, long epoch);

    /**
     * Stores answers for the run that the owner of a thread executes, durably, all or none. The owner learns of them by its renewals and
     * by the thread's row. They wait until a {@link Write} takes them, or until a write releases the thread with a head that is
     * {@link dev.clew.state.ThreadStatus#IDLE} or {@link dev.clew.state.ThreadStatus#CANCELLED}.
     *
     * <p>If a write releases the thread with a head that is {@link dev.clew.state.ThreadStatus#INTERRUPTED} or {@link
     * dev.clew.state.ThreadStatus#SLEEPING}, and answers wait for that run, the head is due at once: its {@code wakeAt} becomes now, by the
     * store's clock, unless it is earlier. Such a thread, and one whose owner died with answers waiting, reads as {@link
     * dev.clew.state.ThreadStatus#ANSWERED}: see {@link ThreadRecord#status}.
     *
     * @param request a request that is stored with the answers; or null
     * @return false, with nothing stored, if the thread is not owned, or not under this epoch, or if an answer waits for
     *     one of these questions already: read both again
     * @throws RequestTakenException if the thread is owned and has a request of this id; nothing was stored
     */
    boolean addAnswers(String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request);

    /** Stores answers without a request. */
    default boolean addAnswers(String threadId, long epoch, List<WaitingAnswer> answers) {
        return addAnswers(threadId, epoch, answers, null);
    }

    /** Returns the answers that wait for a run, in the order in which they were added; none for an unknown thread or run. */
    List<WaitingAnswer> answers(String threadId, String runId);

    /**
     * Deletes runs with their logs, checkpoints and waiting answers, or all of a thread. A checkpoint of a deleted run that the
     * deletion keeps does not change, but has no run any more. An unknown thread, run or checkpoint is no error.
     *
     * <p>With all of a thread, its requests in queues that are not opened are cancelled, even if the thread never ran. Its entry in
     * the {@linkplain #threadIndex index}, its {@link #requests} and its {@link #tape} are removed.
     *
     * @return false, with nothing deleted, if the thread is owned, its epoch is not the expected one, or it has a request that the
     *     deletion spares
     */
    boolean delete(Deletion deletion);

    /**
     * Does what {@link #delete} does, and need not wait for it: deletions of several threads can share a commit. By default it is done
     * at once.
     *
     * @return what {@code delete} returns; the stage fails with what it throws
     */
    default CompletionStage<Boolean> submit(Deletion deletion) {
        try {
            return CompletableFuture.completedFuture(delete(deletion));
        } catch (CheckpointException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    /**
     * Overwrites what deleted rows have left in the store's own files, as far as the store can do that itself; called after an
     * {@linkplain dev.clew.Graph#erase erasure}. By default it does nothing: what the server of a database keeps, its administrator
     * removes.
     */
    default void scrub() {}

    /** Returns what this object has committed so far, for metrics. Reads a number, and never the store. */
    default Commits commits() {
        return Commits.NONE;
    }

    /** Returns what an administrator of the store should look after; by default nothing. It reads the store. */
    default List<StoreWarning> warnings() {
        return List.of();
    }

    /** Returns the queues: runs that were enqueued and wait for a worker. */
    RunQueue queue();

    /** Returns the index: all threads, also those that never ran, with what servers attached to them. */
    ThreadIndex threadIndex();

    /** Returns the requests of clients, which servers store with the runs that they ask for. */
    Requests requests();

    /** Returns the tape: what runs emit and no log has, such as the tokens of a model, for readers in other processes. */
    Tape tape();

    /** Returns the schedules, which enqueue runs. */
    Schedules schedules();
}
