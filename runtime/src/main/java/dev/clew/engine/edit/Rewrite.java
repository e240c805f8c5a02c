package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.ReadBack;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.StoredEffects;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.Time;
import dev.clew.flow.Final;
import dev.clew.spi.LoggedRun;
import dev.clew.spi.ThreadChange;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepKind;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens a run by hand whose log begins with a part of another one's, or with what is given; or sets a value. */
final class Rewrite {
    private final ThreadEdit edit;
    private final Branches branches;
    private final WorkflowSpec<?, ?> spec;
    private final Codec codec;
    private final Time time;

    Rewrite(ThreadEdit edit, WorkflowSpec<?, ?> spec) {
        this.edit = edit;
        this.branches = new Branches(edit);
        this.spec = spec;
        this.codec = edit.codec();
        this.time = edit.time();
    }

    /**
     * Returns the id of the checkpoint that was made.
     *
     * @param read the run that is edited, of a thread that is there
     */
    String make(
            Function<ThreadRecord, Optional<LoggedRunView>> read, Function<Optional<LoggedRun>, ThreadChange> decide) {
        String[] id = {""};
        edit.make(thread -> {
            Optional<LoggedRunView> edited = thread == null ? Optional.empty() : read.apply(thread);
            ThreadChange change = decide.apply(edited.map(run -> run));
            if (change instanceof ThreadChange.Value value) {
                Update.Made made =
                        new Update(edit, spec).on(thread, edited.orElse(null), Final.of(value.output(), value.saved()));
                id[0] = made.id();
                return made.write();
            }
            id[0] = Checkpoints.nextId(edit.newest(thread), time);
            return change instanceof ThreadChange.Branch branch
                    ? branch(thread, branch, id[0])
                    : continued(thread, (ThreadChange.Continuation) change, id[0]);
        });
        return id[0];
    }

    private Write branch(@Nullable ThreadRecord thread, ThreadChange.Branch change, String id) {
        CheckpointRecord chosen = edit.chosen(thread);
        if (thread == null || chosen == null) {
            throw new IllegalStateException("a thread that never ran has no run to branch off from");
        }
        RunRecord source = branches.source(chosen);
        CheckpointRecord opening = edit.checkpoints().require(thread.threadId(), source.inputCheckpoint());
        Map<String, byte[]> values = branches.opening(opening, id, edit.newest(thread));
        values.put(Checkpoints.SUPERSTEP, superstep(change.superstep()));
        String runId = branches.runId();
        RunRecord run = run(thread, runId, id, source.seed(), source);
        LogCopy copy = new LogCopy(
                codec, new LogCopy.Run(thread.threadId(), source.runId()), new LogCopy.Run(thread.threadId(), runId));
        List<LogEntry> all = LogPrefix.ofBody(StoredRun.entries(edit.store(), thread.threadId(), source.runId()));
        List<LogEntry> kept = KeptPart.of(change.body(), all);
        if (!edit.config().repeatsEffects()) {
            StoredEffects.requireNotRepeated(thread.threadId(), source.runId(), all, kept);
        }
        List<LogEntry> entries = new ArrayList<>(copy.entries(kept));
        entries.addAll(added(runId, StepPath.ROOT, change.body()));
        return write(run, entries, branches.checkpoint(id, runId, chosen, values));
    }

    private Write continued(@Nullable ThreadRecord thread, ThreadChange.Continuation change, String id) {
        CheckpointRecord chosen = edit.chosen(thread);
        byte[] noInput = spec.hasInput() ? codec.encode(null, spec.inputType()) : null;
        CheckpointRecord base = edit.checkpoints().base(edit.threadId(), chosen).orElse(null);
        Map<String, byte[]> values = edit.checkpoints().opening(edit.threadId(), id, noInput, base);
        edit.saved().follow(values, base, edit.newest(thread));
        branches.settle(branches.openingOf(chosen), id, values);
        values.put(Checkpoints.SUPERSTEP, superstep(change.superstep()));
        String runId = branches.runId();
        RunRecord run = run(thread, runId, id, time.freshSeed(edit.threadId(), runId), null);
        return write(
                run,
                added(runId, StepPath.ROOT, change.notes(), change.outcomes()),
                branches.checkpoint(id, runId, chosen, values));
    }

    private static byte[] superstep(int number) {
        return String.valueOf(number).getBytes(StandardCharsets.UTF_8);
    }

    private RunRecord run(
            @Nullable ThreadRecord thread, String runId, String id, long seed, @Nullable RunRecord source) {
        return new RunRecord(
                runId,
                ThreadRecord.nextRun(thread),
                id,
                null,
                seed,
                source == null ? Time.toInstant(time.micros()) : source.startedAt(),
                ThreadStatus.INTERRUPTED,
                null);
    }

    private Write write(RunRecord run, List<LogEntry> entries, CheckpointRecord opening) {
        entries.add(new LogEntry.Paused(StepPath.ROOT, time.micros()));
        List<LogRecord> log = new ArrayList<>();
        entries.forEach(entry -> log.add(new LogRecord(log.size(), EntryFormat.write(entry))));
        Head head = new Head(ThreadStatus.INTERRUPTED, run.runId(), opening.id(), null, 0);
        return new Write(run.runId(), log, run, List.of(opening), head, true);
    }

    private List<LogEntry> added(String runId, String scope, ThreadChange.Part part) {
        List<LogEntry> added = added(runId, scope, part.notes(), part.outcomes());
        part.open().forEach((path, open) -> added.addAll(added(runId, path, open)));
        return added;
    }

    private List<LogEntry> added(
            String runId, String scope, List<ThreadChange.Note> notes, List<ThreadChange.Outcome> outcomes) {
        List<LogEntry> added = new ArrayList<>();
        for (ThreadChange.Note note : notes) {
            byte[] value = codec.protect(
                    encode(note.value(), note.type()), Places.note(edit.threadId(), runId, scope, note.key()));
            added.add(new LogEntry.Noted(scope, time.micros(), note.key(), value));
        }
        for (ThreadChange.Outcome outcome : outcomes) {
            String path = StepPath.child(scope, StepPath.segment(StepKind.NODE, outcome.node(), outcome.n()));
            byte[] value = codec.protect(
                    encode(outcome.value(), outcome.type()), Places.step("step", edit.threadId(), runId, path));
            added.add(new LogEntry.Succeeded(
                    path, time.micros(), LogEntry.NOT_STARTED, LogEntry.Call.of(outcome.call()), 1, false, value));
        }
        return added;
    }

    /** What is given by hand must be readable later. */
    private byte[] encode(@Nullable Object value, TypeRef<?> type) {
        return ReadBack.encode(codec, value, type);
    }
}
