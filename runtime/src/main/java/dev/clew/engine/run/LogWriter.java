package dev.clew.engine.run;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.world.Unwrapped;
import dev.clew.engine.world.Waiting;
import dev.clew.flow.Durability;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings a run's entries to the store, in the order of the log. Entries are put here under the run's lock. They are written
 * after that lock is free, under a lock of this class's own, so the store is never called while the run is locked.
 */
final class LogWriter {
    private final Waiting waiting;
    private final String runId;
    private final Durability durability;
    private final @Nullable Checkpointer store;
    private final @Nullable Claim claim;
    private final Consumer<Throwable> onBroken;

    /** Held while entries are given to the store, so that two threads do not change their order. */
    private final ReentrantLock order;

    private final Queue<Sent> outbox = new ConcurrentLinkedQueue<>();

    /** In EXIT mode, the entries that wait for the last write. Guarded by the run's lock. */
    private final List<Numbered> held = new ArrayList<>();

    /** In EXIT mode, the questions whose waiting answers the store forgets with the last write: before it, a crash undoes. */
    private Set<String> taken = Set.of();

    /** Whether entries were put here since the run's lock was taken. Guarded by it. */
    private boolean put;

    /** What was put here last in this activation. Guarded by the run's lock. */
    private @Nullable Sent newest;

    /** Why the store does not have what the log has, if so. */
    private volatile @Nullable CheckpointException failure;

    private volatile boolean finished;

    /** @param onBroken called when the store refuses a write, on any thread */
    LogWriter(
            String runId,
            Durability durability,
            @Nullable Checkpointer store,
            @Nullable Claim claim,
            Waiting waiting,
            Consumer<Throwable> onBroken) {
        this.runId = runId;
        this.durability = durability;
        this.store = store;
        this.claim = claim;
        this.waiting = waiting;
        this.order = waiting.lock();
        this.onBroken = onBroken;
    }

    /** An entry with its place in the log. */
    record Numbered(long seq, LogEntry entry) {
        LogRecord record() {
            return new LogRecord(seq, EntryFormat.write(entry));
        }
    }

    /** Entries on their way to the store. Completes when they are durable. */
    static final class Sent extends CompletableFuture<Void> {
        private final List<Numbered> entries;
        private final List<String> answered;
        private final boolean durably;

        /** Makes the write of an exit point; null for one that has nothing but these. */
        private @Nullable Function<List<LogRecord>, Write> exit;

        /** The thread that waits for this and does nothing else meanwhile; null if that is not known. Guarded by the run's lock. */
        private @Nullable Thread awaitedBy;

        Sent(List<Numbered> entries, List<String> answered, boolean durably) {
            this.entries = entries;
            this.answered = answered;
            this.durably = durably;
        }

        /** The calling thread is going to wait for this at once. Under the run's lock. */
        void awaitedHere() {
            awaitedBy = Thread.currentThread();
        }

        private Write write(String runId) {
            List<LogRecord> records = records(entries);
            if (exit != null) {
                return taking(exit.apply(records), answered);
            }
            return answered.isEmpty()
                    ? Write.log(runId, records)
                    : new Write(runId, records, null, List.of(), null, false, answered);
        }
    }

    boolean stores() {
        return store != null && claim != null;
    }

    /** Why the store refused a write; null if it has not. */
    @Nullable
    CheckpointException failure() {
        return failure;
    }

    // --- under the run's lock ---

    /**
     * Takes an entry; gives what a caller waits for, or null if no caller needs to wait.
     *
     * @param durably whether one waits for it in ASYNC, too; what stands before it in the log is then durable as well
     */
    @Nullable
    Sent put(Numbered entry, boolean durably) {
        if (!stores()) {
            return null;
        }
        if (durability == Durability.EXIT) {
            held.add(entry);
            return null;
        }
        boolean sync = durably || durability == Durability.SYNC && isAwaited(entry.entry());
        Sent sent = send(new Sent(List.of(entry), List.of(), sync));
        return sync ? sent : null;
    }

    /** What depends on a note, or is recorded in a scope, is written after it, and then it is as durable as that. */
    private static boolean isAwaited(LogEntry entry) {
        return !(entry instanceof LogEntry.Noted) && !(entry instanceof LogEntry.Opened);
    }

    /**
     * Takes answers, which are written durably whatever else the run promises. In EXIT mode they are held back like all
     * entries, and the waiting ones stay in the store until the last write.
     *
     * @param answered the questions whose waiting answers the store forgets with the write
     */
    @Nullable
    Sent putAnswers(List<Numbered> entries, List<String> answered) {
        if (durability == Durability.EXIT) {
            held.addAll(entries);
            taken = taken.isEmpty() ? new LinkedHashSet<>() : taken;
            taken.addAll(answered);
            return null;
        }
        return send(new Sent(entries, answered, true));
    }

    /**
     * Everything that was put here is to be durable, whatever the run promises; gives what a caller waits for, or null if it is.
     *
     * @param exit in EXIT mode, makes the write of what was held back
     */
    @Nullable
    Sent putFlush(Function<List<LogRecord>, Write> exit) {
        if (durability == Durability.EXIT) {
            Sent sent = new Sent(List.copyOf(held), List.copyOf(taken), true);
            sent.exit = exit;
            held.clear();
            taken = Set.of();
            return send(sent);
        }
        boolean isDurable = newest == null || newest.durably && newest.isDone();
        return isDurable ? null : send(new Sent(List.of(), List.of(), true));
    }

    /** Takes an entry for the last write. */
    void hold(Numbered entry) {
        held.add(entry);
    }

    private Sent send(Sent sent) {
        outbox.add(sent);
        newest = sent;
        put = true;
        return sent;
    }

    /** Whether the holder of the run's lock has put entries here, so that it has to {@link #drain()} once it is free. */
    boolean hasNew() {
        boolean had = put;
        put = false;
        return had;
    }

    // --- without the run's lock ---

    /** Gives the store what was put here. On return, what this thread has put is with the store. */
    void drain() {
        waiting.point();
        order.lock();
        try {
            writeAll();
        } finally {
            order.unlock();
        }
    }

    private void writeAll() {
        for (Sent next = outbox.poll(); next != null; next = outbox.poll()) {
            write(next);
        }
    }

    private void write(Sent sent) {
        CheckpointException before = failure;
        if (before != null) {
            // Nothing may follow an entry that the store does not have.
            sent.completeExceptionally(before);
            return;
        }
        CompletionStage<Void> written;
        try {
            written = give(sent, sent.write(runId));
        } catch (RuntimeException | Error refused) {
            broken(sent, "writing to the log failed", refused);
            return;
        }
        if (written instanceof CompletableFuture<Void> made && made.isDone() && !made.isCompletedExceptionally()) {
            sent.complete(null);
            return;
        }
        written.whenComplete((done, thrown) -> {
            if (thrown == null) {
                sent.complete(null);
            } else {
                broken(sent, "a write failed", thrown);
            }
        });
    }

    private CompletionStage<Void> give(Sent sent, Write write) {
        return sent.durably && sent.awaitedBy == Thread.currentThread()
                ? requireStore().writeAwaited(requireClaim(), write)
                : requireStore().write(requireClaim(), write, sent.durably);
    }

    private static List<LogRecord> records(List<Numbered> entries) {
        return entries.size() == 1
                ? List.of(entries.get(0).record())
                : entries.stream().map(Numbered::record).toList();
    }

    private void broken(Sent sent, String what, Throwable thrown) {
        CheckpointException why = storageFailure(what, thrown);
        failure = why;
        sent.completeExceptionally(why);
        onBroken.accept(why);
    }

    private Checkpointer requireStore() {
        if (store == null) {
            throw new IllegalStateException("run '" + runId + "' is not stored");
        }
        return store;
    }

    private Claim requireClaim() {
        if (claim == null) {
            throw new IllegalStateException("run '" + runId + "' has no claim");
        }
        return claim;
    }

    /** Waits until this is written; with null, for nothing. */
    void await(@Nullable CompletionStage<Void> written) {
        if (written == null) {
            return;
        }
        try {
            waiting.join(written.toCompletableFuture());
        } catch (CompletionException | CancellationException broken) {
            throw new Suspension(Suspension.Reason.STORAGE, storageFailure("a write failed", broken));
        }
    }

    /**
     * Makes the last write, with everything that was held back, and waits until it is durable. Nothing is put here any more.
     *
     * @throws CheckpointException if the store refuses it
     */
    void finish(Function<List<LogRecord>, Write> write) {
        CompletionStage<Void> written;
        order.lock();
        try {
            writeAll();
            CheckpointException before = failure;
            if (before != null) {
                throw before;
            }
            Write last = write.apply(records(held));
            written = requireStore().writeAwaited(requireClaim(), taking(last, List.copyOf(taken)));
        } catch (RuntimeException | Error broken) {
            throw storageFailure("the last write failed", broken);
        } finally {
            order.unlock();
        }
        try {
            waiting.join(written.toCompletableFuture());
            finished = true;
        } catch (CompletionException | CancellationException broken) {
            throw storageFailure("the last write failed", broken);
        }
    }

    private static Write taking(Write write, List<String> answered) {
        return new Write(
                write.runId(), write.log(), write.run(), write.checkpoints(), write.head(), write.release(), answered);
    }

    /** Whether the last write was made, and the claim given back with it. */
    boolean isFinished() {
        return finished;
    }

    /** The failure of a write as callers get it; any other exception of a store becomes its cause. */
    private static CheckpointException storageFailure(String what, Throwable thrown) {
        Throwable why = Unwrapped.of(thrown);
        return why instanceof CheckpointException known
                ? known
                : new CheckpointException(
                        what + " for another reason than the store knows: "
                                + why.getClass().getName(),
                        why);
    }
}
