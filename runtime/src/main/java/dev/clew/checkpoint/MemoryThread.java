package dev.clew.checkpoint;

import dev.clew.index.RequestEnd;
import dev.clew.index.RequestRecord;
import dev.clew.queue.LineThread;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Spans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thread with its runs and checkpoints. Every method holds this object's monitor, never for longer than it takes to
 * copy references, and none calls out.
 *
 * <p>A write is checked as a whole before anything is changed, and nothing that is checked can fail: that is its
 * atomicity.
 */
final class MemoryThread {
    private final String id;
    private final MemoryQueue queue;
    private final MemoryRequests requests;
    private final MemoryTape tape;
    private String workflow;
    private final Instant createdAt;
    private final ArrayList<MemoryRun> runs = new ArrayList<>(1);
    private final MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    private final MemoryAnswers answers = new MemoryAnswers();

    private Head head;
    private int runCount;
    private long epoch;
    private @Nullable String owner;
    private @Nullable Instant ownedSince;
    private @Nullable Instant ownedUntil;
    private boolean cancelRequested;
    private Instant updatedAt;
    /** Whether a write of the present epoch failed, so that its later ones must. */
    private boolean failed;
    /** Somebody may have found this object just before it left the map. */
    private boolean deleted;

    /** What a thread changes beside itself. */
    record Beside(MemoryQueue queue, MemoryRequests requests, MemoryTape tape) {}

    private MemoryThread(ClaimRequest request, Head head, long epochBefore, Beside beside, Instant now) {
        this.id = request.threadId();
        this.queue = beside.queue();
        this.requests = beside.requests();
        this.tape = beside.tape();
        this.workflow = request.workflow();
        this.head = head;
        this.epoch = epochBefore;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** A new thread that is claimed and has its first write; no other thread sees it yet. Empty if its request is not reserved. */
    static Optional<MemoryThread> claimed(
            ClaimRequest request, Write first, long epochBefore, Beside beside, Instant now) {
        Head head = first.head();
        if (head == null) {
            throw new CheckpointException("the first write of new thread '" + request.threadId() + "' has no head");
        }
        MemoryThread thread = new MemoryThread(request, head, epochBefore, beside, now);
        thread.check(first);
        if (!beside.queue().claim(request, first, head.runId())) {
            return Optional.empty();
        }
        thread.own(request, now);
        thread.apply(first, now);
        return Optional.of(thread);
    }

    synchronized Optional<Claim> claim(ClaimRequest request, Write first, Instant now) {
        boolean free = ownedUntil == null || expired(ownedUntil, now) || request.takeOver();
        if (deleted || epoch != request.expectedEpoch() || !free) {
            return Optional.empty();
        }
        check(first);
        Head claimed = first.head();
        if (!queue.claim(request, first, claimed == null ? head.runId() : claimed.runId())) {
            return Optional.empty();
        }
        workflow = request.workflow();
        own(request, now);
        Claim claim = new Claim(id, request.owner(), epoch);
        if (request.rolledBack() != null) {
            rollBack(request.rolledBack());
        }
        apply(first, now);
        return Optional.of(claim);
    }

    private void rollBack(RunRecord row) {
        MemoryRun run = find(row.runId());
        if (run != null) {
            run.replace(row);
            run.clear();
            tape.removeOf(id, row.number());
        }
        checkpoints.remove(Deletion.runs(id, epoch, Set.of(row.runId())));
        answers.removeOf(Set.of(row.runId()));
    }

    synchronized void write(Claim claim, Write write, Instant now) {
        if (!isHeldBy(claim)) {
            throw new LeaseLostException(claim);
        }
        if (failed) {
            throw new CheckpointException("an earlier write of this claim of thread '" + id
                    + "' failed, so this one is refused; claim the thread again");
        }
        try {
            check(write);
        } catch (CheckpointException e) {
            failed = true;
            throw e;
        }
        apply(write, now);
    }

    synchronized LeaseState renew(Claim claim, Instant until) {
        if (!isHeldBy(claim)) {
            return LeaseState.LOST;
        }
        ownedUntil = until;
        if (cancelRequested) {
            return LeaseState.CANCEL_REQUESTED;
        }
        return answers.waitFor(head.runId()) ? LeaseState.ANSWERS_WAIT : LeaseState.HELD;
    }

    synchronized boolean requestCancel(long expectedEpoch, Instant now) {
        if (deleted || owner == null || epoch != expectedEpoch) {
            return false;
        }
        cancelRequested = true;
        updatedAt = now;
        return true;
    }

    synchronized boolean addAnswers(
            long expectedEpoch, List<WaitingAnswer> added, @Nullable RequestRecord request, Instant now) {
        if (deleted || owner == null || epoch != expectedEpoch) {
            return false;
        }
        requireFree(request);
        boolean waits = answers.add(added);
        if (waits) {
            requests.add(request, now);
        }
        return waits;
    }

    private void requireFree(@Nullable RequestRecord request) {
        if (request != null && requests.has(id, request)) {
            throw new RequestTakenException(id, request.requestId());
        }
    }

    synchronized List<WaitingAnswer> answers(String runId) {
        return answers.of(runId);
    }

    /** Whether a deletion decided on this epoch may happen now. */
    private boolean deletable(long expectedEpoch, Instant now) {
        return epoch == expectedEpoch && (ownedUntil == null || expired(ownedUntil, now));
    }

    synchronized boolean deleteRuns(Deletion deletion, Instant now) {
        if (deleted) {
            return true;
        }
        if (!deletable(deletion.expectedEpoch(), now)) {
            return false;
        }
        runs.stream()
                .map(MemoryRun::row)
                .filter(run -> deletion.runIds().contains(run.runId()))
                .forEach(run -> tape.removeOf(id, run.number()));
        runs.removeIf(run -> deletion.runIds().contains(run.row().runId()));
        checkpoints.remove(deletion);
        answers.removeOf(deletion.runIds());
        requests.removeOf(id, deletion.runIds());
        return true;
    }

    /** Ends this object's life; true where it ended or had ended before. */
    synchronized boolean delete(Deletion deletion, Instant now) {
        if (!deleted
                && deletable(deletion.expectedEpoch(), now)
                && queue.deleted(id, now, deletion.onlyUnrequested())) {
            deleted = true;
            requests.removeOf(id);
            tape.removeOf(id);
        }
        return deleted;
    }

    synchronized long epoch() {
        return epoch;
    }

    synchronized ThreadRecord row(Instant now) {
        Lease lease = owner == null || ownedSince == null || ownedUntil == null
                ? null
                : new Lease(owner, ownedSince, expired(ownedUntil, now));
        return new ThreadRecord(
                id,
                workflow,
                head,
                runCount,
                epoch,
                lease,
                cancelRequested,
                answers.waitFor(head.runId()),
                queue.has(id, head.runId()),
                createdAt,
                updatedAt);
    }

    synchronized Optional<RunRecord> run(String runId) {
        return Optional.ofNullable(find(runId)).map(MemoryRun::row);
    }

    synchronized List<RunRecord> runs() {
        return runs.stream()
                .map(MemoryRun::row)
                .sorted(Comparator.comparingInt(RunRecord::number))
                .toList();
    }

    synchronized List<byte[]> log(String runId) {
        MemoryRun run = find(runId);
        return run == null ? List.of() : run.entries();
    }

    synchronized List<CheckpointRecord> checkpoints(CheckpointQuery query) {
        return checkpoints.find(query);
    }

    /** Holds the thread still while work is done for its line; empty if it was deleted. */
    synchronized <T> Optional<T> locked(Function<MemoryQueue.ThreadFacts, T> work, Instant now) {
        if (deleted) {
            return Optional.empty();
        }
        return Optional.of(work.apply(
                new MemoryQueue.ThreadFacts(lineThread(now), run -> find(run) != null, () -> cancelRequested = true)));
    }

    private LineThread lineThread(Instant now) {
        Instant until = ownedUntil;
        LineThread.Owned owned = until == null
                ? LineThread.Owned.NOT
                : expired(until, now) ? LineThread.Owned.EXPIRED : LineThread.Owned.HELD;
        return new LineThread(head.status(), head.runId(), head.wakeAt(), owned, cancelRequested);
    }

    private boolean isHeldBy(Claim claim) {
        return !deleted && epoch == claim.epoch() && claim.owner().equals(owner);
    }

    private static boolean expired(Instant until, Instant now) {
        return !now.isBefore(until);
    }

    /** Refuses what {@link #apply} could not do as a whole. */
    private void check(Write write) {
        checkLog(write);
        requireFree(write.request());
        if (write.checkpoints().isEmpty()) {
            return;
        }
        Set<String> ids = new HashSet<>();
        for (CheckpointRecord checkpoint : write.checkpoints()) {
            if (!ids.add(checkpoint.id()) || checkpoints.contains(checkpoint.id())) {
                throw new CheckpointException("thread '" + id + "' already has checkpoint '" + checkpoint.id() + "'");
            }
        }
    }

    private void checkLog(Write write) {
        if (write.log().isEmpty()) {
            return;
        }
        MemoryRun run = write.runId() == null ? null : find(write.runId());
        boolean opened = write.run() != null && write.run().runId().equals(write.runId());
        if (run == null && !opened) {
            throw new CheckpointException("thread '" + id + "' has no run '" + write.runId() + "' to append to");
        }
        long next = run == null ? 0 : run.size();
        for (LogRecord record : write.log()) {
            if (record.seq() != next) {
                throw new CheckpointException("the log of run '" + write.runId() + "' of thread '" + id
                        + "' goes on at " + next + ", but the write has " + record.seq());
            }
            next++;
        }
    }

    private void own(ClaimRequest request, Instant now) {
        epoch++;
        owner = request.owner();
        ownedSince = now;
        ownedUntil = Spans.after(now, request.lease());
        updatedAt = now;
        failed = false;
    }

    private void apply(Write write, Instant now) {
        if (write.run() != null) {
            put(write.run());
        }
        if (!write.log().isEmpty()) {
            append(write);
        }
        write.checkpoints().forEach(checkpoints::add);
        answers.take(write.runId(), write.takenAnswers());
        requests.add(write.request(), now);
        if (write.head() != null) {
            Head before = head;
            head = write.head();
            replaced(before, now);
            updatedAt = now;
        }
        if (write.release()) {
            release(now);
        }
    }

    /** The requests of a run end that is not the newest any more. */
    private void replaced(Head before, Instant now) {
        String runId = before.runId();
        if (runId != null && !runId.equals(head.runId())) {
            endRequests(runId, RunStatus.CANCELLED, now);
        }
    }

    private void endRequests(String runId, RunStatus status, Instant now) {
        MemoryRun run = find(runId);
        requests.end(id, runId, new RequestEnd(now, status, head.checkpointId(), run == null ? 0 : run.size()));
    }

    /** What rests with answers that wait is due at once; what is over takes none. */
    private void rest(Instant now) {
        if (head.status().isOver()) {
            answers.clear();
        }
        boolean parked = head.status() == ThreadStatus.INTERRUPTED || head.status() == ThreadStatus.SLEEPING;
        Instant due = head.wakeAt();
        if (parked && answers.waitFor(head.runId()) && (due == null || due.isAfter(now))) {
            head = new Head(head.status(), head.runId(), head.checkpointId(), now, head.stalls());
        }
        String runId = head.runId();
        if (runId != null && RequestEnd.isRest(head.status(), answers.waitFor(runId))) {
            endRequests(runId, RunStatus.of(head.status()), now);
        }
    }

    private void put(RunRecord row) {
        runCount = Math.max(runCount, row.number());
        MemoryRun known = find(row.runId());
        if (known == null) {
            runs.add(new MemoryRun(row));
        } else {
            known.replace(row);
        }
    }

    private void append(Write write) {
        MemoryRun run = write.runId() == null ? null : find(write.runId());
        if (run != null) {
            run.append(write.log());
        }
    }

    private void release(Instant now) {
        String by = String.valueOf(owner);
        owner = null;
        ownedSince = null;
        ownedUntil = null;
        cancelRequested &= !head.status().isOver();
        rest(now);
        queue.released(id, lineThread(now), by, run -> find(run) != null, now);
        updatedAt = now;
        // A released thread may lie here for long.
        runs.forEach(MemoryRun::trim);
        runs.trimToSize();
        checkpoints.trim();
    }

    /** The newest run is the one that is asked for, nearly always. */
    private @Nullable MemoryRun find(String runId) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (runs.get(i).row().runId().equals(runId)) {
                return runs.get(i);
            }
        }
        return null;
    }
}
