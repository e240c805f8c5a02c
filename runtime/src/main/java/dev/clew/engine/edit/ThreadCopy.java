package dev.clew.engine.edit;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.format.Places;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.Metadata;
import dev.clew.engine.stored.StoredEffects;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.state.CheckpointQuery;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Copies a whole thread: every run with its log, its seed and its start time, and every checkpoint under its id. The copy
 * shows only when it is complete; until then it is a thread that never ran.
 */
public final class ThreadCopy {
    private final Claims claims;
    private final Checkpointer store;
    private final Codec codec;
    private final String from;
    private final String to;

    public ThreadCopy(Claims claims, Codec codec, Checkpointer store, String from, String to) {
        this.claims = claims;
        this.store = store;
        this.codec = codec;
        this.from = from;
        this.to = to;
    }

    public void make() {
        ThreadRecord source = source();
        store.thread(to).ifPresent(this::makeRoom);
        Write nothing = new Write(null, List.of(), null, List.of(), StoredRun.NEVER_RAN, false);
        Claim claim = claims.forRun(store, to, source.workflow(), null, nothing, Claims.Purpose.PLAIN)
                .orElseThrow(() -> new RequestRefusedException(Reason.TAKEN, "thread '" + to + "' was made meanwhile"));
        boolean complete = false;
        try {
            fill(source, claim);
            complete = true;
        } finally {
            claims.settle(to);
            if (!complete) {
                giveUp(claim);
            }
        }
    }

    private ThreadRecord source() {
        return claims.changeThread(store, from, "a copy", row -> {
            ThreadRecord thread = require(row);
            if (claims.isOwned(thread)) {
                throw claims.busy(thread);
            }
            StoredEffects.requireAllSettled(store, thread, "a copy of thread '" + from + "'");
            return Optional.of(thread).filter(read -> !claims.fence(store, read));
        });
    }

    private ThreadRecord require(Optional<ThreadRecord> row) {
        return row.orElseThrow(() -> new RequestRefusedException(
                Reason.NEVER_RAN, "thread '" + from + "' never ran, so there is nothing to copy"));
    }

    /** What an interrupted copy left behind never ran, and makes room. */
    private void makeRoom(ThreadRecord there) {
        boolean blank = there.head().equals(StoredRun.NEVER_RAN) && !claims.isOwned(there);
        ThreadRecord now =
                blank && claims.fence(store, there) ? store.thread(to).orElse(there) : there;
        if (!blank || !store.delete(Deletion.thread(to, now.epoch()))) {
            throw new RequestRefusedException(
                    Reason.TAKEN,
                    "thread '" + to + "' exists; copy to another id, or delete it first with deleteThread");
        }
    }

    private void fill(ThreadRecord source, Claim claim) {
        List<CheckpointRecord> byHand = new ArrayList<>();
        Map<String, List<CheckpointRecord>> byRun = new LinkedHashMap<>();
        for (CheckpointRecord checkpoint : store.checkpoints(CheckpointQuery.of(from))) {
            String runId = checkpoint.runId();
            List<CheckpointRecord> same =
                    runId == null ? byHand : byRun.computeIfAbsent(runId, id -> new ArrayList<>());
            same.add(copy(checkpoint));
        }
        byRun.forEach((runId, checkpoints) -> write(claim, run(runId, checkpoints)));
        ThreadRecord after = require(store.thread(from));
        if (after.epoch() != source.epoch() || claims.isOwned(after)) {
            throw claims.busy(after);
        }
        write(claim, new Write(null, List.of(), null, byHand, source.head(), true));
    }

    private CheckpointRecord copy(CheckpointRecord checkpoint) {
        Checkpoints checkpoints = new Checkpoints(store, codec);
        Map<String, byte[]> values = checkpoints.copy(checkpoint, from, to, checkpoint.id());
        Metadata metadata = checkpoints.metadata();
        Map<String, String> stored = metadata.stored(to, checkpoint.id(), metadata.clear(from, checkpoint), values);
        return new CheckpointRecord(
                checkpoint.id(),
                checkpoint.runId(),
                checkpoint.parentId(),
                checkpoint.source(),
                checkpoint.step(),
                checkpoint.createdAt(),
                values,
                stored);
    }

    private Write run(String runId, List<CheckpointRecord> checkpoints) {
        RunRecord run = store.run(from, runId)
                .orElseThrow(() -> new CheckpointException("thread '" + from + "' names run '" + runId
                        + "', which is not there; the database is damaged"));
        byte[] detail = run.detail();
        RunRecord copy = detail == null
                ? run
                : run.with(
                        run.status(),
                        codec.protect(codec.reveal(detail, Places.run(from, runId)), Places.run(to, runId)));
        LogCopy log = new LogCopy(codec, new LogCopy.Run(from, runId), new LogCopy.Run(to, runId));
        return new Write(runId, log.records(StoredRun.entries(store, from, runId)), copy, checkpoints, null, false);
    }

    private void write(Claim claim, Write write) {
        try {
            store.write(claim, write, write.release()).toCompletableFuture().join();
        } catch (CompletionException broken) {
            Throwable why = broken.getCause();
            throw why instanceof CheckpointException known ? known : new CheckpointException("the copy failed", why);
        }
    }

    private void giveUp(Claim claim) {
        try {
            write(claim, new Write(null, List.of(), null, List.of(), null, true));
            store.thread(to).ifPresent(this::makeRoom);
        } catch (RuntimeException leftBehind) {
            LOG.debug("what was copied to thread '{}' is left behind", to, leftBehind);
        }
    }
}
