package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.StoredEffects;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Branches a thread off at one of its checkpoints: a new run with the same input, whose log is empty or begins like the
 * old one, as if its process had crashed there. At a completed checkpoint there is nothing to run: its value is the
 * branch's.
 */
public final class Fork {
    private final ThreadEdit edit;
    private final Branches branches;
    private final Codec codec;
    private final Time time;

    public Fork(ThreadEdit edit) {
        this.edit = edit;
        this.branches = new Branches(edit);
        this.codec = edit.codec();
        this.time = edit.time();
    }

    public RunConfig at(@Nullable ForkPoint point) {
        String[] id = {""};
        edit.make(thread -> {
            CheckpointRecord chosen = edit.chosen(thread);
            if (thread == null || chosen == null) {
                throw new RequestRefusedException(
                        Reason.NEVER_RAN, "thread '" + edit.threadId() + "' never ran, so there is nothing to fork");
            }
            CheckpointRecord newest = edit.newest(thread);
            id[0] = Checkpoints.nextId(newest, time);
            return point == null && Checkpoints.isCompleted(chosen)
                    ? value(chosen, id[0], newest)
                    : run(thread, chosen, id[0], point);
        });
        return edit.config().checkpoint(id[0]);
    }

    private Write value(CheckpointRecord chosen, String id, @Nullable CheckpointRecord newest) {
        Map<String, byte[]> values = new HashMap<>();
        CheckpointRecord base = edit.checkpoints().base(edit.threadId(), chosen).orElse(null);
        if (base != null) {
            values.put(Checkpoints.BASE, base.id().getBytes(StandardCharsets.UTF_8));
            edit.saved().follow(values, base, newest);
        }
        CheckpointRecord fork = branches.checkpoint(id, null, chosen, values);
        Head head = new Head(ThreadStatus.IDLE, null, id, null, 0);
        return new Write(null, List.of(), null, List.of(fork), head, true);
    }

    private Write run(ThreadRecord thread, CheckpointRecord chosen, String id, @Nullable ForkPoint point) {
        RunRecord source = branches.source(chosen);
        CheckpointRecord opening = edit.checkpoints().require(thread.threadId(), source.inputCheckpoint());
        String runId = branches.runId();
        boolean memo = point != null;
        RunRecord run = new RunRecord(
                runId,
                ThreadRecord.nextRun(thread),
                id,
                null,
                memo ? source.seed() : time.freshSeed(thread.threadId(), runId),
                memo ? source.startedAt() : Time.toInstant(time.micros()),
                ThreadStatus.RUNNING,
                null);
        CheckpointRecord fork =
                branches.checkpoint(id, runId, chosen, branches.opening(opening, id, edit.newest(thread)));
        LogCopy copy = new LogCopy(
                codec, new LogCopy.Run(thread.threadId(), source.runId()), new LogCopy.Run(thread.threadId(), runId));
        List<LogEntry> entries = StoredRun.entries(edit.store(), thread.threadId(), source.runId());
        List<LogEntry> prefix = point == null ? List.of() : LogPrefix.of(entries, point);
        if (prefix.stream().anyMatch(LogEntry.Undoing.class::isInstance)) {
            throw new RequestRefusedException(
                    Reason.UNDONE,
                    "what run '" + source.runId() + "' of thread '" + thread.threadId()
                            + "' had done was undone before that point; branch off before, at a step of its body");
        }
        if (!edit.config().repeatsEffects()) {
            StoredEffects.requireNotRepeated(thread.threadId(), source.runId(), entries, prefix);
        }
        Head head = new Head(ThreadStatus.RUNNING, runId, id, null, 0);
        return new Write(runId, copy.records(prefix), run, List.of(fork), head, true);
    }
}
