package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.Pages;
import dev.clew.engine.stored.Pruning;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.StateReader;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.spi.LoggedRun;
import dev.clew.spi.LoggedThreads;
import dev.clew.spi.ThreadChange;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stored threads of a workflow, read and edited without running them. */
public final class StoredThreads implements LoggedThreads {
    private final Claims claims;
    private final Checkpointer store;
    private final Codec codec;
    private final Checkpoints checkpoints;
    private final WorkflowSpec<?, ?> spec;
    private final Function<RunConfig, ThreadEdit> edits;

    /** @param edits begins an edit of the thread that a configuration names */
    public StoredThreads(
            Claims claims,
            Checkpointer store,
            Codec codec,
            WorkflowSpec<?, ?> spec,
            Function<RunConfig, ThreadEdit> edits) {
        this.claims = claims;
        this.store = store;
        this.codec = codec;
        this.checkpoints = new Checkpoints(store, codec);
        this.spec = spec;
        this.edits = edits;
    }

    @Override
    public Optional<LoggedRun> read(RunConfig config) {
        return view(config).map(run -> run);
    }

    /** {@link #read}, for the engine. */
    public Optional<LoggedRunView> view(RunConfig config) {
        String threadId = config.threadId()
                .orElseThrow(() -> new RequestRefusedException("name the thread: use RunConfig.thread(id)"));
        return claims.see(store, threadId)
                .flatMap(seen ->
                        run(seen.thread(), seen.status(), config.checkpoint().orElse(null)));
    }

    /** The run that a checkpoint belongs to; of the newest one if none is named. Empty where a thread has none yet. */
    private Optional<LoggedRunView> run(ThreadRecord thread, ThreadStatus status, @Nullable String checkpointId) {
        StateReader.requireOwn(thread, spec);
        String threadId = thread.threadId();
        Optional<CheckpointRecord> found =
                checkpoints.find(threadId, checkpointId == null ? thread.head().checkpointId() : checkpointId);
        if (found.isEmpty() && checkpointId != null) {
            throw new RequestRefusedException(
                    Reason.UNKNOWN,
                    "thread '" + threadId + "' has no checkpoint '" + checkpointId + "'; snapshots(thread) lists them");
        }
        return found.map(checkpoint -> run(thread, status, checkpoint));
    }

    private LoggedRunView run(ThreadRecord thread, ThreadStatus status, CheckpointRecord checkpoint) {
        String runId = checkpoint.runId();
        if (runId == null) {
            return new LoggedRunView(
                    thread.threadId(), checkpoints, saved(thread, checkpoint), checkpoint, null, ThreadStatus.IDLE);
        }
        boolean head = runId.equals(thread.head().runId());
        StoredRun stored = head
                ? StoredRun.head(store, codec, thread, runId)
                : StoredRun.load(store, codec, thread.threadId(), runId).abandoned();
        RunRecord run = stored.run();
        CheckpointRecord opening = run.inputCheckpoint().equals(checkpoint.id())
                ? checkpoint
                : checkpoints.require(thread.threadId(), run.inputCheckpoint());
        return new LoggedRunView(
                thread.threadId(),
                checkpoints,
                saved(thread, checkpoint),
                opening,
                stored,
                head ? status : run.status());
    }

    private SavedValues<?> saved(ThreadRecord thread, CheckpointRecord read) {
        return new SavedValues<>(checkpoints, thread.threadId(), spec).knowing(read);
    }

    @Override
    public Stream<LoggedRun> newestFirst(String threadId) {
        CheckpointQuery all = CheckpointQuery.of(threadId);
        return Pages.stream(checkpoints::list, CheckpointRecord::id, all)
                .filter(checkpoint -> checkpoint.source() != CheckpointSource.LOOP && !Pruning.isLeft(checkpoint))
                .map(CheckpointRecord::id)
                .flatMap(id -> read(RunConfig.thread(threadId).checkpoint(id)).stream());
    }

    @Override
    public String edit(RunConfig config, Function<Optional<LoggedRun>, ThreadChange> decide) {
        ThreadEdit edit = edits.apply(config);
        return new Rewrite(edit, spec)
                .make(
                        thread -> run(
                                thread,
                                thread.head().status(),
                                config.checkpoint().orElse(null)),
                        decide);
    }
}
