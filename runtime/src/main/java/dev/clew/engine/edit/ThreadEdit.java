package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.StateReader;
import dev.clew.engine.stored.StoredEffects;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes a thread by hand: in one write, under a claim, while nothing runs. */
public final class ThreadEdit {
    private final Claims claims;
    private final Checkpointer store;
    private final Codec codec;
    private final Time time;
    private final Checkpoints checkpoints;
    private final WorkflowSpec<?, ?> spec;
    private final RunConfig config;
    private final String threadId;

    public ThreadEdit(
            Claims claims,
            Checkpointer store,
            Codec codec,
            Time time,
            WorkflowSpec<?, ?> spec,
            RunConfig config,
            String threadId) {
        this.claims = claims;
        this.store = store;
        this.codec = codec;
        this.time = time;
        this.checkpoints = new Checkpoints(store, codec);
        this.spec = spec;
        this.config = config;
        this.threadId = threadId;
    }

    /** Decides what to write on a thread as it was read; null if it never ran. The write gives the thread back. */
    interface Change {
        Write on(@Nullable ThreadRecord thread);
    }

    String threadId() {
        return threadId;
    }

    RunConfig config() {
        return config;
    }

    Checkpointer store() {
        return store;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** What the workflow has saved on the thread. */
    SavedValues<?> saved() {
        return new SavedValues<>(checkpoints, threadId, spec);
    }

    Codec codec() {
        return codec;
    }

    Time time() {
        return time;
    }

    /** Makes the change; decides anew as often as the thread changes in between. */
    void make(Change change) {
        boolean unused = claims.changeThread(
                store,
                threadId,
                "an edit by hand",
                row -> Optional.of(true).filter(made -> made(row.orElse(null), change)));
    }

    /** False if the thread has to be read again. */
    private boolean made(@Nullable ThreadRecord thread, Change change) {
        boolean current = thread == null || isAtRest(thread);
        if (thread != null && current && !config.repeatsEffects()) {
            StoredEffects.requireSettled(store, thread, "an edit by hand");
        }
        String name = thread == null ? spec.name() : thread.workflow();
        return current && claims.forWrite(store, threadId, name, thread, change.on(thread));
    }

    /** Returns false if the thread has to be read again. */
    private boolean isAtRest(ThreadRecord thread) {
        StateReader.requireOwn(thread, spec);
        Optional<ThreadStatus> status = claims.judge(store, thread);
        if (status.filter(s -> s == ThreadStatus.RUNNING || s == ThreadStatus.SLEEPING)
                .isPresent()) {
            throw claims.busy(thread);
        }
        return status.isPresent();
    }

    /** Returns the checkpoint that the configuration names, else the newest; null if the thread has none. */
    @Nullable
    CheckpointRecord chosen(@Nullable ThreadRecord thread) {
        Optional<String> named = config.checkpoint();
        if (named.isEmpty()) {
            return newest(thread);
        }
        return (thread == null ? Optional.<CheckpointRecord>empty() : checkpoints.find(threadId, named.get()))
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.UNKNOWN,
                        "thread '" + threadId + "' has no checkpoint '" + named.get()
                                + "'; history(thread) lists them"));
    }

    @Nullable
    CheckpointRecord newest(@Nullable ThreadRecord thread) {
        return thread == null
                ? null
                : checkpoints.find(threadId, thread.head().checkpointId()).orElse(null);
    }
}
