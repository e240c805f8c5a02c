package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.Write;
import dev.clew.index.RequestRecord;
import dev.clew.postgres.Holding.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The writes of one claim in one batch, merged: they are stored together or not at all. */
final class Unit {
    /** As the claim will be once the batch is stored. */
    final Holding holding;

    final List<Request> requests = new ArrayList<>();
    final List<Entry> log = new ArrayList<>();

    /** By their ids, the newest row of each. */
    final Map<String, RunRecord> runs = new LinkedHashMap<>();

    final List<CheckpointRecord> checkpoints = new ArrayList<>();
    final List<Taken> taken = new ArrayList<>();

    final List<RequestRecord> records = new ArrayList<>();

    @Nullable
    Head head;

    boolean release;

    /** The greatest number that the engine gave a run here. */
    int number;

    /** Whether the claim wrote all that the thread's row gets: it made the row. */
    boolean rowIsWritten;

    /** What of its thread's line is done by the statement of the batch: what that cannot do follows. */
    LineChange line = LineChange.FOLLOWS;

    /** With {@link LineChange#OPENS}, the claim, which names the line's only request. */
    @Nullable
    ClaimRequest opens;

    private boolean flushes;

    /** How the line of a thread changes. */
    enum LineChange {
        /** Its rows are read and changed by the rules of {@link dev.clew.queue.Line}, unless it has none. */
        FOLLOWS,
        /** Its only request is opened. */
        OPENS,
        /** The thread is released if the line is empty, or if its only request goes with the run; else it is done again. */
        LEAVES
    }

    /** An entry of the log of a run. */
    record Entry(int run, int seq, byte[] bytes) {}

    /** A waiting answer that the store forgets. */
    record Taken(String runId, String question) {}

    Unit(Holding holding) {
        this.holding = holding;
    }

    String threadId() {
        return holding.claim.threadId();
    }

    /** Whether the thread's row need not be written. */
    boolean isAppend() {
        return rowIsWritten || isLogOnly();
    }

    /** Whether nothing but the log changes. */
    boolean isLogOnly() {
        return !log.isEmpty()
                && runs.isEmpty()
                && checkpoints.isEmpty()
                && taken.isEmpty()
                && records.isEmpty()
                && head == null
                && !release
                && !flushes;
    }

    /** Adds a write behind those that are here; throws, and adds nothing, if the log does not continue where the write does. */
    void add(Request request) {
        Write write = request.write();
        checkLog(write);
        requests.add(request);
        RunRecord run = write.run();
        if (run != null) {
            holding.number(run.runId());
            runs.put(run.runId(), run);
            number = Math.max(number, run.number());
        }
        String runId = write.runId();
        if (runId != null) {
            append(runId, write.log());
            write.takenAnswers().forEach(question -> taken.add(new Taken(runId, question)));
        }
        checkpoints.addAll(write.checkpoints());
        if (write.head() != null) {
            head = write.head();
        }
        if (write.request() != null) {
            records.add(write.request());
        }
        release |= write.release();
        flushes |= isEmpty(write);
    }

    private void append(String runId, List<LogRecord> entries) {
        Place place = holding.place(runId);
        for (LogRecord entry : entries) {
            log.add(new Entry(place.no(), (int) entry.seq(), entry.bytes()));
        }
        if (!entries.isEmpty()) {
            holding.put(runId, new Place(place.no(), place.next() + entries.size()));
        }
    }

    private void checkLog(Write write) {
        if (write.log().isEmpty()) {
            return;
        }
        Place place = holding.place(write.runId());
        boolean opened = write.run() != null && write.run().runId().equals(write.runId());
        if (place.no() == 0 && !opened) {
            throw new CheckpointException(
                    "thread '" + threadId() + "' has no run '" + write.runId() + "' to append to");
        }
        long next = place.next();
        for (LogRecord entry : write.log()) {
            if (entry.seq() != next || next == Integer.MAX_VALUE) {
                throw new CheckpointException("the log of run '" + write.runId() + "' of thread '" + threadId()
                        + "' continues at " + next + ", but the write has " + entry.seq());
            }
            next++;
        }
    }

    private static boolean isEmpty(Write write) {
        return write.log().isEmpty()
                && write.run() == null
                && write.checkpoints().isEmpty()
                && write.head() == null
                && !write.release()
                && write.takenAnswers().isEmpty()
                && write.request() == null;
    }
}
