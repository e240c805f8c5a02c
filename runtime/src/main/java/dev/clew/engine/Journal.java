package dev.clew.engine;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.world.Waiting;
import dev.clew.flow.Durability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a run's entries their place in the log and brings them to the store, as early as the run's durability says.
 * Its lock guards the {@link RunLog} while the run lives.
 */
final class Journal {
    private final ReentrantLock lock;
    private final Waiting waiting;
    private final RunLog log;
    private final String runId;
    private final Durability durability;
    private final @Nullable Checkpointer store;
    private final @Nullable Claim claim;
    private final Consumer<Throwable> onBroken;
    private final List<LogRecord> held = new ArrayList<>();
    /** In EXIT mode, the questions whose waiting answers the store forgets with the last write: before it, a crash undoes. */
    private final Set<String> taken = new LinkedHashSet<>();

    private final Set<String> explained = new HashSet<>();
    private boolean closed;
    /** Why the store has not what the log has, if so. */
    private volatile @Nullable CheckpointException failure;

    private volatile boolean finished;

    /** @param onBroken called when the store refuses a write, on any thread */
    Journal(
            RunLog log,
            String runId,
            Durability durability,
            @Nullable Checkpointer store,
            @Nullable Claim claim,
            Waiting waiting,
            Consumer<Throwable> onBroken) {
        this.log = log;
        this.runId = runId;
        this.durability = durability;
        this.store = store;
        this.claim = claim;
        this.waiting = waiting;
        this.lock = waiting.lock();
        this.onBroken = onBroken;
    }

    /** An entry's place, and when it is durable; the stage is null where nobody needs to wait. */
    record Placed(long seq, StepLog step, @Nullable CompletionStage<Void> durable) {}

    /** Reads the log while nothing is appended. */
    <T extends @Nullable Object> T read(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    RunLog log() {
        return log;
    }

    /** Places an entry. */
    Placed append(LogEntry entry) {
        lock.lock();
        try {
            return place(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Places an entry of a call that is not its outcome. */
    Placed append(Step step, Function<LogEntry.Call, LogEntry> entry) {
        byte[] arguments = step.keptArguments();
        lock.lock();
        try {
            Placed placed = place(entry.apply(step.call(explain(step), arguments)));
            step.argumentsKept = true;
            placed.step().reach(step.frameId);
            return placed;
        } finally {
            lock.unlock();
        }
    }

    /** Places a step's one outcome; null where it has one already. */
    @Nullable
    Placed outcome(Step step, Function<LogEntry.Call, LogEntry> entry) {
        byte[] arguments = step.keptArguments();
        lock.lock();
        try {
            if (step.placed()) {
                return null;
            }
            LogEntry made = entry.apply(step.call(explain(step), arguments));
            Placed placed = place(made);
            placed.step().reach(step.frameId);
            step.at = made.at();
            step.place(placed.seq());
            return placed;
        } finally {
            lock.unlock();
        }
    }

    private String explain(Step step) {
        return store != null && explained.add(step.spec().name()) ? step.spec().signature() : "";
    }

    private Placed place(LogEntry entry) {
        if (closed) {
            throw new Suspension(Suspension.Reason.STORAGE, failure);
        }
        long seq = log.nextSeq();
        StepLog step = log.apply(entry);
        try {
            return new Placed(seq, step, store(entry, seq));
        } catch (RuntimeException | Error broken) {
            // The log in memory has an entry now that the store has not: nothing may follow it.
            closed = true;
            throw broken("writing to the log failed", broken);
        }
    }

    /** Brings a placed entry to the store; gives when it is durable, or null if nobody needs to wait for that. */
    private @Nullable CompletionStage<Void> store(LogEntry entry, long seq) {
        if (store == null || claim == null) {
            return null;
        }
        LogRecord logged = new LogRecord(seq, EntryFormat.write(entry));
        if (durability == Durability.EXIT) {
            held.add(logged);
            return null;
        }
        boolean sync = durability == Durability.SYNC;
        CompletionStage<Void> written = store.write(claim, Write.log(runId, List.of(logged)), sync);
        if (!sync) {
            written.whenComplete((done, broken) -> {
                if (broken != null) {
                    Suspension unused = broken("a write failed", broken);
                }
            });
            if (written.toCompletableFuture().isCompletedExceptionally()) {
                // A write that is refused at once stops the run here, so it calls nothing on the strength of it.
                written.toCompletableFuture().join();
            }
        }
        return sync ? written : null;
    }

    /**
     * What became of answers that were to be placed.
     *
     * @param placed those that have their place
     * @param durable when they are durable; null if nobody needs to wait
     */
    record Taken(List<Answered> placed, @Nullable CompletionStage<Void> durable) {
        static final Taken NONE = new Taken(List.of(), null);
    }

    /**
     * Places the answers whose questions wait for one. They are written durably, whatever else the run promises; in EXIT mode
     * they are held back like all entries, and the waiting ones stay in the store until the last write.
     *
     * @param whole whether to place none if one of them has no such question
     * @param waiting the questions whose waiting answers the store forgets with the write
     * @param noted called with the placed answers, before anything else can see them; must be short
     */
    Taken answered(
            List<Answered> answers,
            boolean whole,
            List<String> waiting,
            BiConsumer<List<Answered>, CompletionStage<Void>> noted) {
        lock.lock();
        try {
            List<Answered> fit =
                    answers.stream().filter(answer -> log.awaits(answer.id())).toList();
            if (whole && fit.size() < answers.size() || fit.isEmpty() && waiting.isEmpty()) {
                return Taken.NONE;
            }
            if (closed || store == null || claim == null) {
                throw new Suspension(Suspension.Reason.STORAGE, failure);
            }
            List<LogRecord> records = new ArrayList<>();
            for (Answered answer : fit) {
                records.add(new LogRecord(log.nextSeq(), EntryFormat.write(answer)));
                log.apply(answer);
            }
            if (durability == Durability.EXIT) {
                held.addAll(records);
                taken.addAll(waiting);
                noted.accept(fit, CompletableFuture.completedFuture(null));
                return new Taken(fit, null);
            }
            CompletionStage<Void> written =
                    written(store, claim, new Write(runId, records, null, List.of(), null, false, waiting));
            noted.accept(fit, written);
            return new Taken(fit, written);
        } finally {
            lock.unlock();
        }
    }

    private CompletionStage<Void> written(Checkpointer to, Claim by, Write answers) {
        try {
            return to.write(by, answers, true);
        } catch (RuntimeException | Error broken) {
            closed = true;
            throw broken("writing to the log failed", broken);
        }
    }

    /** Lets a question lapse; null if it has an outcome by now. */
    @Nullable
    Placed lapsed(StepLog question, LogEntry entry) {
        lock.lock();
        try {
            return question.done() ? null : place(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a placed entry is as durable as the run promises. */
    void await(Placed placed) {
        await(placed.durable());
    }

    /** Waits until this is written; with null, for nothing. */
    void await(@Nullable CompletionStage<Void> written) {
        if (written == null) {
            return;
        }
        try {
            waiting.join(written.toCompletableFuture());
        } catch (CompletionException | CancellationException broken) {
            throw broken("a write failed", broken);
        }
    }

    /** Notes that the store has failed, and has the run stopped. */
    private Suspension broken(String what, Throwable thrown) {
        CheckpointException why = storageFailure(what, thrown);
        failure = why;
        onBroken.accept(why);
        return new Suspension(Suspension.Reason.STORAGE, why);
    }

    /** The failure of a write as callers get it; any other exception of a store becomes its cause. */
    private static CheckpointException storageFailure(String what, Throwable thrown) {
        Throwable why = unwrap(thrown);
        return why instanceof CheckpointException known
                ? known
                : new CheckpointException(
                        what + " for another reason than the store knows: "
                                + why.getClass().getName(),
                        why);
    }

    /**
     * Makes the run's last write in this activation, with everything that was held back, and waits until it is durable.
     * Nothing can be appended afterwards.
     *
     * @throws CheckpointException if the store refuses it
     */
    void finish(List<LogEntry> last, Function<List<LogRecord>, Write> write) {
        CompletionStage<Void> written;
        waiting.point();
        lock.lock();
        try {
            CheckpointException before = failure;
            if (before != null) {
                throw before;
            }
            if (closed || store == null || claim == null) {
                closed = true;
                return;
            }
            for (LogEntry entry : last) {
                long seq = log.nextSeq();
                log.apply(entry);
                held.add(new LogRecord(seq, EntryFormat.write(entry)));
            }
            closed = true;
            written = lastWrite(store, claim, taking(write.apply(List.copyOf(held))));
        } finally {
            lock.unlock();
        }
        try {
            waiting.join(written.toCompletableFuture());
            finished = true;
        } catch (CompletionException | CancellationException broken) {
            throw storageFailure("the last write failed", broken);
        }
    }

    private Write taking(Write last) {
        return new Write(
                last.runId(),
                last.log(),
                last.run(),
                last.checkpoints(),
                last.head(),
                last.release(),
                List.copyOf(taken));
    }

    private static CompletionStage<Void> lastWrite(Checkpointer store, Claim claim, Write last) {
        try {
            return store.write(claim, last, true);
        } catch (RuntimeException | Error broken) {
            throw storageFailure("the last write failed", broken);
        }
    }

    /** Whether the last write was made, and the claim given back with it. */
    boolean isFinished() {
        return finished;
    }

    /** Refuses every further entry. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
        return thrown == null ? null : unwrap(thrown);
    }

    static Throwable unwrap(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
