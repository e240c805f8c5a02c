package dev.clew.testing;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One run as it is stored, with what it takes to run it again: as if its process had crashed just before its end was
 * written.
 *
 * @param workflow the workflow's stored name
 * @param threadId whose run it is
 * @param clock when it came to rest
 * @param run its row
 * @param checkpoints the one that opened it, and those before
 * @param log its entries
 * @param calls its durable calls with their arguments, as far as they are known
 * @param end how it ended
 */
record Recording(
        String workflow,
        String threadId,
        Instant clock,
        RunRecord run,
        List<CheckpointRecord> checkpoints,
        List<LogRecord> log,
        Collection<Calls.Call> calls,
        String end) {
    private static final Duration LEASE = Duration.ofSeconds(30);

    Recording {
        checkpoints = List.copyOf(checkpoints);
        log = List.copyOf(log);
        calls = List.copyOf(calls);
    }

    static Recording of(
            Checkpointer store,
            String workflow,
            String threadId,
            RunRecord run,
            Instant clock,
            Calls calls,
            String end) {
        List<LogRecord> log = new ArrayList<>();
        store.scan(threadId, run.runId(), 0, log::add);
        List<CheckpointRecord> before = store.checkpoints(CheckpointQuery.of(threadId)).stream()
                .filter(checkpoint -> checkpoint.id().compareTo(run.inputCheckpoint()) <= 0)
                .toList();
        return new Recording(workflow, threadId, clock, run, before, log, calls.of(threadId, run.runId()), end);
    }

    static Recording load(Path golden) {
        return GoldenFile.load(golden);
    }

    void save(Path golden) {
        GoldenFile.save(this, golden);
    }

    /** The entries of the log. */
    List<LogEntry> entries() {
        return log.stream().map(Crashes::read).toList();
    }

    /** Only what comes to rest by itself can be told from what was stopped. */
    boolean isReplayable() {
        return switch (run.status()) {
            case IDLE, INTERRUPTED, FAILED, SLEEPING -> true;
            default -> false;
        };
    }

    /** A memory that has this run only, crashed before its end. */
    Checkpointer restored() {
        Checkpointer memory = Checkpointer.inMemory(Clock.fixed(clock, java.time.ZoneOffset.UTC));
        RunRecord crashed = new RunRecord(
                run.runId(),
                run.number(),
                run.inputCheckpoint(),
                null,
                run.seed(),
                run.startedAt(),
                ThreadStatus.RUNNING,
                null);
        Head head = new Head(ThreadStatus.RUNNING, run.runId(), run.inputCheckpoint(), null, 0);
        Write all = new Write(run.runId(), unfinished(), crashed, checkpoints, head, false);
        Claim claim = memory.claim(new ClaimRequest(threadId, workflow, "recording", 0, LEASE, false), all)
                .orElseThrow(() -> new IllegalStateException("an empty memory has no thread to be in the way"));
        Write release = new Write(null, List.of(), null, List.of(), null, true);
        memory.write(claim, release, true).toCompletableFuture().join();
        return memory;
    }

    /** The log without its end, and without the claims of those who continued it. */
    private List<LogRecord> unfinished() {
        List<LogRecord> kept = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            LogEntry entry = Crashes.read(log.get(i));
            boolean last = i == log.size() - 1;
            boolean end = entry instanceof LogEntry.Paused
                    || entry instanceof LogEntry.Failed && entry.path().equals(StepPath.ROOT);
            if (!(entry instanceof LogEntry.Claimed) && !(last && end)) {
                kept.add(new LogRecord(kept.size(), log.get(i).bytes()));
            }
        }
        return kept;
    }
}
