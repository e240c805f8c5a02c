package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.StateReader;
import dev.clew.engine.stored.StepView;
import dev.clew.engine.stored.StoredRun;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.LoggedNode;
import dev.clew.spi.LoggedRun;
import dev.clew.spi.LoggedScope;
import dev.clew.state.StepKind;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored run for what shows or edits it.
 *
 * @param values what the workflow has saved on the thread
 * @param opening the checkpoint that opened it, or has the value that was set by hand
 * @param stored null for such a value
 */
public record LoggedRunView(
        String threadId,
        Checkpoints checkpoints,
        SavedValues<?> values,
        CheckpointRecord opening,
        @Nullable StoredRun stored,
        ThreadStatus status)
        implements LoggedRun {

    @Override
    public Optional<String> runId() {
        return Optional.ofNullable(opening.runId());
    }

    @Override
    public String checkpointId() {
        return opening.id();
    }

    @Override
    public Optional<String> parentId() {
        return Optional.ofNullable(opening.parentId());
    }

    @Override
    public int openedAt() {
        byte[] superstep = opening.values().get(Checkpoints.SUPERSTEP);
        return superstep == null ? 0 : Integer.parseInt(new String(superstep, StandardCharsets.UTF_8));
    }

    @Override
    public Instant createdAt() {
        return opening.createdAt();
    }

    @Override
    public Map<String, String> metadata() {
        return checkpoints.metadata().clear(threadId, opening);
    }

    @Override
    public @Nullable Object input() {
        return values.input(opening);
    }

    @Override
    public @Nullable Object previous() {
        return stored == null ? null : values.previous(opening);
    }

    @Override
    public @Nullable Object saved() {
        String end = stored == null ? null : stored.run().outputCheckpoint();
        Optional<CheckpointRecord> completed = stored == null
                ? checkpoints.base(threadId, opening)
                : Optional.ofNullable(end).map(id -> checkpoints.require(threadId, id));
        return completed.map(values::previous).orElse(null);
    }

    @Override
    public LoggedScope root() {
        return stored == null
                ? new Scope(this, "", null)
                : new Scope(this, "", stored.log().root().scope());
    }

    private StoredRun run() {
        if (stored == null) {
            throw new IllegalStateException("a value that was set by hand has no log");
        }
        return stored;
    }

    private byte[] reveal(byte[] value, Codec.Place place) {
        return run().codec().reveal(value, place);
    }

    private record Scope(
            LoggedRunView run, String path, @Nullable ScopeLog log) implements LoggedScope {
        @Override
        public <T> Optional<T> note(String key, TypeRef<T> type) {
            ScopeLog.Note note = log == null ? null : log.note(key);
            return note == null
                    ? Optional.empty()
                    : Optional.ofNullable(run.run().codec().decode(run.reveal(note.value(), place(key)), type));
        }

        private Codec.Place place(String key) {
            return Places.note(run.threadId, run.run().run().runId(), path, key);
        }

        @Override
        public Optional<LoggedNode> node(String name, int n) {
            StepLog step = log == null ? null : log.step(StepPath.segment(StepKind.NODE, name, n));
            return step == null || step.dropped() || step.advisory() && !step.isLeft()
                    ? Optional.empty()
                    : Optional.of(new Node(run, step));
        }
    }

    private record Node(LoggedRunView run, StepLog log) implements LoggedNode {
        @Override
        public StepState step() {
            return new StepView(run.run()).state(log);
        }

        @Override
        public int call() {
            return log.call().ordinal();
        }

        @Override
        public <T> @Nullable T result(TypeRef<T> type) {
            byte[] value = log.value();
            return value == null
                    ? null
                    : run.run()
                            .codec()
                            .decode(
                                    run.reveal(
                                            value,
                                            Places.step(
                                                    "step",
                                                    run.threadId,
                                                    run.run().run().runId(),
                                                    log.path())),
                                    type);
        }

        @Override
        public List<PendingInterrupt<?, ?>> pending() {
            return StateReader.takesAnswers(run.status)
                    ? run.run().pending(below(all().pendingQuestions()))
                    : List.of();
        }

        @Override
        public boolean isPaused() {
            return run.status == ThreadStatus.INTERRUPTED
                    && !below(all().pendingBreakpoints()).isEmpty();
        }

        private RunLog all() {
            return run.run().log();
        }

        private List<StepLog> below(List<StepLog> questions) {
            return questions.stream()
                    .filter(question -> question.path().startsWith(log.path() + "/"))
                    .toList();
        }

        @Override
        public LoggedScope scope() {
            return new Scope(run, log.path(), log.scope());
        }
    }
}
