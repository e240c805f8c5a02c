package dev.clew.engine.run;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.core.RunCore;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.StepLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a run's entries their place in the log. The run's lock guards the log and the places of outcomes, as it guards the
 * states of steps; the {@link LogWriter} brings the entries to the store once that lock is free.
 */
public final class Journal {
    private final Locked locked;
    private final RunLog log;
    private final LogWriter writer;
    private final Set<String> explained = new HashSet<>();
    private final RunCore core;
    private boolean closed;

    Journal(RunLog log, LogWriter writer, RunCore core, Locked locked) {
        this.core = core;
        this.log = log;
        this.writer = writer;
        this.locked = locked;
    }

    /** The run's lock. What is put into the log under it is with the store when its outermost use returns. */
    interface Locked {
        <T extends @Nullable Object> T get(Supplier<T> change);
    }

    /** An entry's place, and when it is durable; the stage is null if nobody needs to wait. */
    public record Placed(long seq, StepLog step, @Nullable CompletionStage<Void> durable) {}

    /** Reads the log while nothing is appended. */
    public <T extends @Nullable Object> T read(Supplier<T> reading) {
        return locked.get(reading);
    }

    public RunLog log() {
        return log;
    }

    /** Places an entry. */
    public Placed append(LogEntry entry) {
        return written(locked.get(() -> place(entry)));
    }

    /** Places an entry of a call that is not its outcome. */
    Placed append(Step step, Function<LogEntry.Call, LogEntry> entry) {
        byte[] arguments = step.keptArguments();
        return written(locked.get(() -> placeCall(step, entry, arguments)));
    }

    private Placed placeCall(Step step, Function<LogEntry.Call, LogEntry> entry, byte @Nullable [] arguments) {
        Placed placed = place(entry.apply(step.call(explain(step), arguments)));
        step.argumentsKept = true;
        placed.step().reach(step.callerId);
        return placed;
    }

    /** Places a failed attempt of a step; null if the step has its outcome by now. */
    @Nullable
    Placed attemptFailed(Step step, Function<LogEntry.Call, LogEntry> entry) {
        byte[] arguments = step.keptArguments();
        Placed placed = locked.get(() -> step.isPlaced() ? null : placeCall(step, entry, arguments));
        return placed == null ? null : written(placed);
    }

    /** Places a step's one outcome; null if it has one already. */
    @Nullable
    Placed outcome(Step step, Function<LogEntry.Call, LogEntry> entry) {
        byte[] arguments = step.keptArguments();
        Placed placed = locked.get(() -> placeOutcome(step, entry, arguments));
        return placed == null ? null : written(placed);
    }

    /**
     * Places the outcome of a step that is ended before its time; null if it has its end already.
     *
     * @param may whether it may be ended
     * @param then done before anything else can see the outcome
     */
    @Nullable
    Placed ended(Step step, BooleanSupplier may, Function<LogEntry.Call, LogEntry> entry, Runnable then) {
        byte[] arguments = step.keptArguments();
        Placed placed = locked.get(() -> {
            Placed made = step.phase().isOver() || !may.getAsBoolean() ? null : placeOutcome(step, entry, arguments);
            if (made != null) {
                then.run();
            }
            return made;
        });
        return placed == null ? null : written(placed);
    }

    /** The same under the run's lock. */
    @Nullable
    Placed placeOutcome(Step step, Function<LogEntry.Call, LogEntry> entry, byte @Nullable [] arguments) {
        if (step.isPlaced()) {
            return null;
        }
        LogEntry made = entry.apply(step.call(explain(step), arguments));
        Placed placed = place(made, step.spec().isDurable());
        placed.step().reach(step.callerId);
        core.place(step, placed.seq(), made.at());
        return placed;
    }

    private String explain(Step step) {
        return writer.stores() && explained.add(step.spec().name())
                ? step.spec().signature()
                : "";
    }

    /** Under the run's lock. */
    public Placed place(LogEntry entry) {
        return place(entry, false);
    }

    /** @param durably whether a caller waits for it even where the run promises less */
    private Placed place(LogEntry entry, boolean durably) {
        requireOpen();
        long seq = log.nextSeq();
        StepLog step = log.apply(entry);
        return new Placed(seq, step, writer.put(new LogWriter.Numbered(seq, entry), durably));
    }

    private void requireOpen() {
        if (closed || writer.failure() != null) {
            throw new Suspension(Suspension.Reason.STORAGE, writer.failure());
        }
    }

    /** A write that was refused at once stops the caller here, so it builds nothing on it. */
    private Placed written(Placed placed) {
        requireWritten();
        return placed;
    }

    /** Unwinds the calling thread if the store has refused a write. */
    public void requireWritten() {
        CheckpointException broken = writer.failure();
        if (broken != null) {
            throw new Suspension(Suspension.Reason.STORAGE, broken);
        }
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
     * Places the answers whose questions wait for one.
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
        return locked.get(() -> {
            List<Answered> fit =
                    answers.stream().filter(answer -> log.awaits(answer.id())).toList();
            if (whole && fit.size() < answers.size() || fit.isEmpty() && waiting.isEmpty()) {
                return Taken.NONE;
            }
            requireOpen();
            if (!writer.stores()) {
                throw new Suspension(Suspension.Reason.STORAGE, null);
            }
            List<LogWriter.Numbered> entries = new ArrayList<>();
            for (Answered answer : fit) {
                entries.add(new LogWriter.Numbered(log.nextSeq(), answer));
                log.apply(answer);
            }
            CompletionStage<Void> written = writer.putAnswers(entries, waiting);
            noted.accept(fit, written == null ? CompletableFuture.completedFuture(null) : written);
            return new Taken(fit, written);
        });
    }

    /** Lets a question lapse; null if it has an outcome by now. */
    @Nullable
    public Placed lapsed(StepLog question, LogEntry entry) {
        return locked.get(() -> question.done() ? null : place(entry));
    }

    /**
     * Waits until everything that was placed is durable, whatever the run promises.
     *
     * @param exit in EXIT mode, makes the write of what was held back
     */
    void flush(Function<List<LogRecord>, Write> exit) {
        await(locked.get(() -> {
            requireOpen();
            return writer.putFlush(exit);
        }));
    }

    /** Waits until a placed entry is as durable as the run promises. */
    public void await(Placed placed) {
        await(placed.durable());
    }

    /** The calling thread is going to wait until this is written, and does nothing else meanwhile. Under the run's lock. */
    static void awaitedHere(@Nullable CompletionStage<Void> written) {
        if (written instanceof LogWriter.Sent sent) {
            sent.awaitedHere();
        }
    }

    /** Waits until this is written; with null, for nothing. */
    public void await(@Nullable CompletionStage<Void> written) {
        writer.await(written);
    }

    /**
     * Makes the run's last write in this activation, with everything that was held back, and waits until it is durable.
     * Nothing can be appended afterwards.
     *
     * @throws CheckpointException if the store refuses it
     */
    public void finish(List<LogEntry> last, Function<List<LogRecord>, Write> write) {
        boolean writes = locked.get(() -> {
            CheckpointException before = writer.failure();
            if (before != null) {
                throw before;
            }
            boolean open = !closed && writer.stores();
            closed = true;
            if (open) {
                for (LogEntry entry : last) {
                    long seq = log.nextSeq();
                    log.apply(entry);
                    writer.hold(new LogWriter.Numbered(seq, entry));
                }
            }
            return open;
        });
        if (writes) {
            writer.finish(write);
        }
    }

    /** Whether the last write was made, and the claim given back with it. */
    public boolean isFinished() {
        return writer.isFinished();
    }

    /** Refuses every further entry. */
    public void close() {
        Void unused = locked.get(() -> {
            closed = true;
            return null;
        });
    }
}
