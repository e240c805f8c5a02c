package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a thread is doing from its rows and its log; changes nothing. */
public final class StateReader {
    /** In any other status a question takes no answer: it is asked again when the run continues, or never. */
    private static final Set<ThreadStatus> TAKES_ANSWERS = EnumSet.of(
            ThreadStatus.RUNNING,
            ThreadStatus.UNDOING,
            ThreadStatus.INTERRUPTED,
            ThreadStatus.ANSWERED,
            ThreadStatus.CRASHED);

    private final Claims claims;
    private final Checkpointer store;
    private final Codec codec;
    private final Checkpoints checkpoints;

    public StateReader(Claims claims, Checkpointer store, Codec codec) {
        this.claims = claims;
        this.store = store;
        this.codec = codec;
        this.checkpoints = new Checkpoints(store, codec);
    }

    public static boolean takesAnswers(ThreadStatus status) {
        return TAKES_ANSWERS.contains(status);
    }

    /**
     * Returns the state now, or at this checkpoint. Rows are read one by one, so all are read again until the thread did not
     * change meanwhile. There is no limit: what changed is another owner's progress, and each change takes a write.
     */
    public <O extends @Nullable Object> ThreadState<O> read(
            WorkflowSpec<?, O> spec, String threadId, @Nullable String checkpointId) {
        while (true) {
            Optional<Claims.Seen> seen = claims.see(store, threadId);
            if (seen.isEmpty()) {
                return nothing(threadId);
            }
            ThreadRecord thread = seen.get().thread();
            try {
                ThreadState<O> state = read(spec, seen.get(), checkpointId);
                if (!hasChanged(thread)) {
                    return state;
                }
            } catch (CheckpointException missing) {
                // A row that the thread named, and that was deleted with it, is no damage.
                if (!hasChanged(thread)) {
                    throw missing;
                }
            }
        }
    }

    /** An owner changes the head under its claim: when the run pauses, sleeps or ends. */
    private boolean hasChanged(ThreadRecord read) {
        return store.thread(read.threadId())
                .filter(now -> now.epoch() == read.epoch() && now.head().equals(read.head()))
                .isEmpty();
    }

    private <O extends @Nullable Object> ThreadState<O> read(
            WorkflowSpec<?, O> spec, Claims.Seen seen, @Nullable String checkpointId) {
        ThreadRecord thread = requireOwn(seen.thread(), spec);
        String threadId = thread.threadId();
        String newest = thread.head().checkpointId();
        Optional<CheckpointRecord> at = checkpoints.find(threadId, checkpointId == null ? newest : checkpointId);
        if (at.isEmpty() && checkpointId != null) {
            return nothing(threadId);
        }
        boolean now = checkpointId == null || at.isEmpty();
        String runId = now ? thread.head().runId() : at.get().runId();
        String shown = at.map(CheckpointRecord::id).orElse(null);
        Optional<CheckpointRecord> base = checkpoints.base(threadId, at.orElse(null));
        Shown<O> value = Shown.of(new SavedValues<>(checkpoints, threadId, spec), base.orElse(null));
        if (runId == null) {
            ThreadStatus status = checkpointId == null ? seen.status() : ThreadStatus.IDLE;
            return new ThreadState<>(
                    threadId,
                    status,
                    null,
                    0,
                    shown,
                    value.value(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    value.unreadable());
        }
        if (runId.equals(thread.head().runId())) {
            return head(seen, StoredRun.head(store, codec, thread, runId), shown, value);
        }
        StoredRun run = StoredRun.load(store, codec, threadId, runId);
        return old(run.abandoned(), shown, value);
    }

    private static <O extends @Nullable Object> ThreadState<O> nothing(String threadId) {
        return new ThreadState<>(
                threadId, ThreadStatus.IDLE, null, 0, null, null, List.of(), List.of(), null, null, null, null);
    }

    public static ThreadRecord requireOwn(ThreadRecord thread, WorkflowSpec<?, ?> spec) {
        if (!spec.isNamed(thread.workflow())) {
            throw new RequestRefusedException(
                    Reason.OTHER_WORKFLOW,
                    "thread '" + thread.threadId() + "' belongs to workflow '" + thread.workflow() + "', not to '"
                            + spec.name() + "'");
        }
        return thread;
    }

    private <O extends @Nullable Object> ThreadState<O> head(
            Claims.Seen seen, StoredRun run, @Nullable String checkpointId, Shown<O> value) {
        return new ThreadState<>(
                seen.thread().threadId(),
                seen.status(),
                run.run().runId(),
                run.run().number(),
                checkpointId,
                value.value(),
                new StepView(run).all(),
                TAKES_ANSWERS.contains(seen.status()) ? run.pending() : List.of(),
                run.failure(),
                run.detail(),
                seen.thread().head().wakeAt(),
                value.unreadable());
    }

    /** An older run of the thread; nothing of it is pending any more. */
    private <O extends @Nullable Object> ThreadState<O> old(
            StoredRun run, @Nullable String checkpointId, Shown<O> value) {
        return new ThreadState<>(
                run.threadId(),
                run.run().status(),
                run.run().runId(),
                run.run().number(),
                checkpointId,
                value.value(),
                new StepView(run).all(),
                List.of(),
                run.failure(),
                run.detail(),
                null,
                value.unreadable());
    }
}
