package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.flow.ThreadBusyException;
import dev.clew.state.ThreadStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Claims threads for one graph, by what was read of them, and judges whether their owners are still there. */
public final class Claims {
    private static final Write NOTHING = new Write(null, List.of(), null, List.of(), null, true);

    /**
     * What a claim is made for.
     *
     * @param request the request of a queue that it opens or continues; null for none
     * @param opens the run that it opens, if a caller named it: a request of that id comes first; else null
     * @param rolledBack the row that a cancelled run has from now on, of which nothing else stays; null for none
     */
    public record Purpose(
            @Nullable String request,
            @Nullable String opens,
            @Nullable RunRecord rolledBack) {
        public static final Purpose PLAIN = new Purpose(null, null, null);

        /** Continues a run, for a request or without one. */
        public static Purpose of(@Nullable String request) {
            return new Purpose(request, null, null);
        }
    }

    private final Claimant graph;

    /** Claims made here whose runs the graph does not know yet, so that they do not count as abandoned. */
    private final Map<String, Integer> begun = new ConcurrentHashMap<>();

    /** The owners that were shut out here, by thread, until the thread is claimed anew. */
    private final Map<String, String> shutOut = new ConcurrentHashMap<>();

    public Claims(Claimant graph) {
        this.graph = graph;
    }

    /** Whether a claim of this thread was made here, and its run is about to be known to the graph. */
    boolean begun(String threadId) {
        return begun.containsKey(threadId);
    }

    /** The claim's run is known now, or the claim was given up. */
    public void settle(String threadId) {
        begun.computeIfPresent(threadId, (id, count) -> count == 1 ? null : count - 1);
    }

    public boolean isOwned(ThreadRecord thread) {
        Lease lease = thread.lease();
        return lease != null && !lease.expired() && !isGone(lease.owner(), thread.threadId());
    }

    /** Whether an owner cannot come back: a dead process, a closed graph, or this one without such a run. */
    private boolean isGone(String other, String threadId) {
        return other.equals(graph.owner()) ? !begun(threadId) && !graph.executes(threadId) : Owner.knownGone(other);
    }

    /** A thread's row, whose lease is expired if its owner is gone, and what the thread was doing when it was read. */
    public record Seen(ThreadRecord thread, ThreadStatus status) {}

    /**
     * What a thread is doing, with owners seen that are known to be gone. A run is forgotten only after its last write, so
     * the row of an owner that looks gone is read again: it may have been read before that write.
     */
    public Optional<Seen> see(Checkpointer store, String threadId) {
        return see(store, threadId, store.thread(threadId));
    }

    /** The same of a row that was read just now. */
    public Optional<Seen> see(Checkpointer store, String threadId, Optional<ThreadRecord> read) {
        Optional<ThreadRecord> row = read;
        while (row.isPresent() && row.get().lease() != null) {
            ThreadRecord owned = row.get();
            if (isOwned(owned)) {
                return Optional.of(new Seen(owned, executing(owned)));
            }
            row = store.thread(threadId);
            if (row.filter(now -> now.epoch() == owned.epoch()).isPresent()) {
                break;
            }
        }
        return row.map(thread -> new Seen(withExpiredLease(thread), withoutOwner(thread)));
    }

    /** In EXIT mode the head of a thread that is owned says how it was before. */
    private static ThreadStatus executing(ThreadRecord owned) {
        return owned.head().status() == ThreadStatus.UNDOING ? ThreadStatus.UNDOING : ThreadStatus.RUNNING;
    }

    private static ThreadRecord withExpiredLease(ThreadRecord thread) {
        Lease lease = thread.lease();
        return lease == null || lease.expired()
                ? thread
                : new ThreadRecord(
                        thread.threadId(),
                        thread.workflow(),
                        thread.head(),
                        thread.runs(),
                        thread.epoch(),
                        new Lease(lease.owner(), lease.since(), true),
                        thread.cancelRequested(),
                        thread.answersWait(),
                        thread.isQueued(),
                        thread.createdAt(),
                        thread.updatedAt());
    }

    /** Decides on a thread until the decision holds; see {@link ThreadChanges#changeThread}. */
    public <T> T changeThread(Checkpointer store, String threadId, String purpose, ThreadChanges.Decision<T> decision) {
        return changeThread(store, threadId, purpose, null, decision);
    }

    /**
     * The same, beginning with the thread as it was read a moment ago.
     *
     * @param first empty if there was none of this id; null if it was not read
     */
    @SuppressWarnings("NullableOptional") // not read, and not there, are two things
    public <T> T changeThread(
            Checkpointer store,
            String threadId,
            String purpose,
            @Nullable Optional<ThreadRecord> first,
            ThreadChanges.Decision<T> decision) {
        return new ThreadChanges(store, graph.waiting()).changeThread(threadId, purpose, first, decision);
    }

    /** Returns whether the thread was claimed after it was read; then its run may have continued. */
    public boolean wasClaimed(Checkpointer store, ThreadRecord read) {
        return store.thread(read.threadId())
                .filter(now -> now.epoch() == read.epoch())
                .isEmpty();
    }

    /**
     * Returns what a thread is doing, for a caller that is about to write. Empty if the row has to be read again: its owner
     * was gone and was shut out, or had left a request to cancel, which was fulfilled.
     *
     * <p>Call it once for a row. While a thread is owned, its head changes without its epoch. Only for a row without an owner
     * does a claim fail after every change.
     */
    public Optional<ThreadStatus> judge(Checkpointer store, ThreadRecord read) {
        if (fence(store, read)) {
            return Optional.empty();
        }
        if (read.lease() != null) {
            return Optional.of(ThreadStatus.RUNNING);
        }
        Optional<Write> cancellation = isCancelled(read) ? cancellation(store, read) : Optional.empty();
        if (cancellation.isPresent()) {
            if (forWrite(store, read.threadId(), read.workflow(), read, cancellation.get())) {
                graph.ended(read.threadId());
            }
            return Optional.empty();
        }
        return Optional.of(withoutOwner(read));
    }

    private static ThreadStatus withoutOwner(ThreadRecord thread) {
        if (isCancelled(thread)) {
            return ThreadStatus.CANCELLED;
        }
        return withExpiredLease(thread).status();
    }

    /** Returns whether the last owner was asked to cancel the run, and left it before it noticed the request. */
    private static boolean isCancelled(ThreadRecord thread) {
        return thread.lease() == null
                && thread.cancelRequested()
                && !thread.head().status().isOver();
    }

    /** Returns the write that cancels the newest run of a thread without an owner; empty if it has no run. */
    Optional<Write> cancellation(Checkpointer store, ThreadRecord thread) {
        Head head = thread.head();
        return Optional.ofNullable(head.runId())
                .flatMap(id -> store.run(thread.threadId(), id))
                .map(run -> new Write(
                        null,
                        List.of(),
                        run.with(ThreadStatus.CANCELLED, null),
                        List.of(),
                        new Head(
                                ThreadStatus.CANCELLED,
                                run.runId(),
                                head.checkpointId(),
                                graph.deleteAt(store, thread.threadId(), run),
                                0),
                        true));
    }

    public ThreadBusyException busy(ThreadRecord thread) {
        Lease lease = thread.lease();
        return lease == null
                ? new ThreadBusyException(
                        thread.threadId(),
                        "its run sleeps until " + thread.head().wakeAt() + ", parked",
                        null,
                        thread.updatedAt())
                : new ThreadBusyException(thread.threadId(), "a run is executing", lease.owner(), lease.since());
    }

    /**
     * Shuts out an owner that is gone, if there is one: its claim is taken and given back, so that it can change nothing
     * any more. True where that was tried; what was read is stale then.
     */
    public boolean fence(Checkpointer store, ThreadRecord read) {
        if (read.lease() == null || isOwned(read)) {
            return false;
        }
        if (store.claim(request(read.threadId(), read.workflow(), read, true), NOTHING)
                .isPresent()) {
            shutOut.put(read.threadId(), read.lease().owner());
        }
        return true;
    }

    /**
     * Shuts out whoever owns a thread, alive or not: its claim is taken and given back, so that it can change nothing any more.
     *
     * @return the claim that was made; empty if the thread changed after it was read
     */
    public Optional<Claim> takeOver(Checkpointer store, ThreadRecord read) {
        return store.claim(request(read.threadId(), read.workflow(), read, true), NOTHING);
    }

    /** The owner that was shut out of this thread here, once. */
    @Nullable
    public String shutOut(String threadId) {
        return shutOut.remove(threadId);
    }

    /**
     * Claims a thread for a run; {@link #settle} follows. Empty if the thread changed after it was read, or the request is
     * not reserved for this graph.
     *
     * @param what what the claim is for
     */
    public Optional<Claim> forRun(
            Checkpointer store,
            String threadId,
            String workflow,
            @Nullable ThreadRecord read,
            Write first,
            Purpose what) {
        shutOut.remove(threadId);
        begun.merge(threadId, 1, Integer::sum);
        Optional<Claim> claim;
        try {
            claim = store.claim(request(threadId, workflow, read, false, what), first);
        } catch (RuntimeException | Error unheard) {
            settle(threadId);
            graph.release(store, threadId);
            throw unheard;
        }
        if (claim.isEmpty()) {
            settle(threadId);
        }
        return claim;
    }

    /** Claims a thread for one write that gives it back at once; false if the thread changed after it was read. */
    public boolean forWrite(
            Checkpointer store, String threadId, String workflow, @Nullable ThreadRecord read, Write only) {
        shutOut.remove(threadId);
        return store.claim(request(threadId, workflow, read, false), only).isPresent();
    }

    private ClaimRequest request(String threadId, String workflow, @Nullable ThreadRecord read, boolean takeOver) {
        return request(threadId, workflow, read, takeOver, Purpose.PLAIN);
    }

    private ClaimRequest request(
            String threadId, String workflow, @Nullable ThreadRecord read, boolean takeOver, Purpose what) {
        return new ClaimRequest(
                threadId,
                workflow,
                graph.owner(),
                read == null ? 0 : read.epoch(),
                graph.lease(),
                takeOver,
                what.request(),
                what.opens(),
                graph.deployment(),
                what.rolledBack());
    }
}
