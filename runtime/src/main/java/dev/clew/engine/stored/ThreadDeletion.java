package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestState;
import dev.clew.state.ThreadStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Removes all that is stored of a thread, unless a process executes it. */
public record ThreadDeletion(Checkpointer store, Claims claims) {
    private static final RequestState[] OPEN =
            Stream.of(RequestState.values()).filter(state -> !state.isOver()).toArray(RequestState[]::new);

    public void delete(String threadId) {
        boolean unused = claims.changeThread(
                store,
                threadId,
                "its deletion",
                row -> Optional.of(true)
                        .filter(gone -> row.map(thread -> deleted(thread, UnaryOperator.identity()))
                                .orElseGet(() -> deletedLine(threadId))));
    }

    /**
     * Does so if the thread is to be deleted at this moment or before, no request waits for it, and it has no effect whose outcome is
     * unknown, of which it is the only trace; whether it did.
     */
    public boolean deleteIfDue(String threadId, Instant now) {
        return claims.changeThread(
                store,
                threadId,
                "its deletion",
                row -> row.isPresent() && isDue(row.get(), now) ? deletedIfUnrequested(row.get()) : Optional.of(false));
    }

    /**
     * The same of a row that was read just now, without waiting, so that deletions of many threads share commits. False, too, if the
     * thread changed meanwhile: then it is left for the next time.
     */
    public CompletionStage<Boolean> submitIfDue(ThreadRecord thread, Instant now) {
        if (thread.lease() != null || claims.begun(thread.threadId())) {
            return CompletableFuture.completedFuture(deleteIfDue(thread.threadId(), now));
        }
        return isDue(thread, now)
                ? store.submit(
                        Deletion.thread(thread.threadId(), thread.epoch()).unlessRequested())
                : CompletableFuture.completedFuture(false);
    }

    private boolean isDue(ThreadRecord thread, Instant now) {
        Instant at = thread.head().deleteAt();
        return at != null && !at.isAfter(now) && !new UnsettledEffects(store).any(thread);
    }

    /** Empty if the thread has to be read again. */
    private Optional<Boolean> deletedIfUnrequested(ThreadRecord thread) {
        boolean isRequested = !store.queue()
                .list(QueueQuery.all().thread(thread.threadId()).state(OPEN).limit(1))
                .isEmpty();
        return isRequested
                ? Optional.of(false)
                : Optional.of(true).filter(gone -> deleted(thread, Deletion::unlessRequested));
    }

    /** A thread that never ran may have requests in a queue. False if it ran meanwhile. */
    private boolean deletedLine(String threadId) {
        return store.delete(Deletion.thread(threadId, 0));
    }

    /** False if the thread has to be read again. */
    private boolean deleted(ThreadRecord thread, UnaryOperator<Deletion> how) {
        Optional<ThreadStatus> status = claims.judge(store, thread);
        if (status.filter(s -> s == ThreadStatus.RUNNING).isPresent()) {
            throw claims.busy(thread);
        }
        return status.isPresent() && store.delete(how.apply(Deletion.thread(thread.threadId(), thread.epoch())));
    }
}
