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
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.StoredEffects;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
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
    private final Place source;
    private final Place target;
    private final CopiedForm form;

    /** A thread in a store, and the claims of an engine of that store. */
    public record Place(Claims claims, Checkpointer store, String threadId) {}

    public ThreadCopy(Place source, Place target, CopiedForm form) {
        this.source = source;
        this.target = target;
        this.form = form;
    }

    public void make() {
        ThreadRecord copied = copied();
        target.store().thread(target.threadId()).ifPresent(this::makeRoom);
        Write nothing = new Write(null, List.of(), null, List.of(), StoredRun.NEVER_RAN, false);
        Claim claim = target.claims()
                .forRun(target.store(), target.threadId(), copied.workflow(), null, nothing, Claims.Purpose.PLAIN)
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.TAKEN, "thread '" + target.threadId() + "' was made meanwhile"));
        boolean complete = false;
        try {
            fill(copied, claim);
            complete = true;
        } finally {
            target.claims().settle(target.threadId());
            if (!complete) {
                giveUp(claim);
            }
        }
    }

    private ThreadRecord copied() {
        Claims claims = source.claims();
        return claims.changeThread(source.store(), source.threadId(), "a copy", row -> {
            ThreadRecord thread = require(row);
            Optional<ThreadStatus> status = claims.judge(source.store(), thread);
            if (status.filter(now -> now == ThreadStatus.RUNNING).isPresent()) {
                throw claims.busy(thread);
            }
            StoredEffects.requireAllSettled(source.store(), thread, "a copy of thread '" + source.threadId() + "'");
            return status.map(now -> thread);
        });
    }

    private ThreadRecord require(Optional<ThreadRecord> row) {
        return row.orElseThrow(() -> new RequestRefusedException(
                Reason.NEVER_RAN, "thread '" + source.threadId() + "' never ran, so there is nothing to copy"));
    }

    /** What an interrupted copy left behind never ran, and makes room. */
    private void makeRoom(ThreadRecord there) {
        Claims claims = target.claims();
        boolean blank = there.head().equals(StoredRun.NEVER_RAN) && !claims.isOwned(there);
        ThreadRecord now = blank && claims.fence(target.store(), there)
                ? target.store().thread(target.threadId()).orElse(there)
                : there;
        if (!blank || !target.store().delete(Deletion.thread(target.threadId(), now.epoch()))) {
            throw new RequestRefusedException(
                    Reason.TAKEN,
                    "thread '" + target.threadId()
                            + "' exists; copy to another id, or delete it first with deleteThread");
        }
    }

    private void fill(ThreadRecord copied, Claim claim) {
        List<CheckpointRecord> byHand = new ArrayList<>();
        Map<String, List<CheckpointRecord>> byRun = new LinkedHashMap<>();
        for (CheckpointRecord checkpoint : source.store().checkpoints(CheckpointQuery.of(source.threadId()))) {
            String runId = checkpoint.runId();
            List<CheckpointRecord> same =
                    runId == null ? byHand : byRun.computeIfAbsent(runId, id -> new ArrayList<>());
            same.add(form.checkpoint(checkpoint));
        }
        byRun.forEach((runId, checkpoints) -> write(claim, run(runId, checkpoints)));
        form.rolledBack(byRun.keySet())
                .forEach(run -> write(claim, new Write(null, List.of(), run, List.of(), null, false)));
        ThreadRecord after = require(source.store().thread(source.threadId()));
        if (after.epoch() != copied.epoch() || source.claims().isOwned(after)) {
            throw source.claims().busy(after);
        }
        write(claim, new Write(null, List.of(), null, byHand, form.head(copied.head()), true));
    }

    private Write run(String runId, List<CheckpointRecord> checkpoints) {
        RunRecord run = source.store()
                .run(source.threadId(), runId)
                .orElseThrow(() -> new CheckpointException("thread '" + source.threadId() + "' names run '" + runId
                        + "', which is not there; the database is damaged"));
        return new Write(runId, form.log(runId), form.run(run), checkpoints, null, false);
    }

    private void write(Claim claim, Write write) {
        try {
            target.store()
                    .write(claim, write, write.release())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException broken) {
            Throwable why = broken.getCause();
            throw why instanceof CheckpointException known ? known : new CheckpointException("the copy failed", why);
        }
    }

    private void giveUp(Claim claim) {
        try {
            write(claim, new Write(null, List.of(), null, List.of(), null, true));
            target.store().thread(target.threadId()).ifPresent(this::makeRoom);
        } catch (RuntimeException leftBehind) {
            LOG.debug("what was copied to thread '{}' is left behind", target.threadId(), leftBehind);
        }
    }
}
