package dev.clew.engine.run;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.format.ReadBack;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.flow.Final;
import dev.clew.spi.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What child workflows remember from one completed run of their thread to the next, each by its path.
 *
 * <p>A memory is part of the thread's value: it is read from the checkpoint that the run is based on, noted in the log
 * when its child completes, and stored with the checkpoint that completes the run. So a run that fails, is cancelled or
 * abandoned changes no memory, and a fork has those of the moment it forked.
 */
public final class Memories {
    private final Session session;
    private @Nullable CheckpointRecord base;
    private boolean read;

    Memories(Session session) {
        this.session = session;
    }

    /** The thread's newest completed checkpoint before the run; read once, when it is first needed. */
    synchronized Optional<CheckpointRecord> base() {
        Checkpointer store = session.settings().checkpointer();
        CheckpointRecord opening = session.activation().opening();
        if (!read && store != null && opening != null) {
            base = checkpoints(store).base(session.threadId(), opening).orElse(null);
        }
        read = true;
        return Optional.ofNullable(base);
    }

    private Checkpoints checkpoints(Checkpointer store) {
        return new Checkpoints(store, session.settings().codec());
    }

    /** What a child has as its {@code @Previous}: every attempt gets its own copy; null where it has no memory. */
    @Nullable
    Object previous(Step child) {
        TaskSpec.Memory memory = child.spec().memory().orElse(null);
        Checkpointer store = session.settings().checkpointer();
        if (memory == null || store == null || base().isEmpty()) {
            return null;
        }
        Checkpoints checkpoints = checkpoints(store);
        for (String path : paths(child)) {
            byte[] clear = checkpoints.clear(session.threadId(), base().get(), Checkpoints.memory(path));
            if (clear != null) {
                return session.values().codec().decode(clear, memory.previous());
            }
        }
        return null;
    }

    /** The paths at which the step may be recorded: under its name, and under former names of it and of its scopes. */
    private static List<String> paths(Step step) {
        ScopeAttempt caller = step.caller();
        if (caller == null) {
            return List.of(step.path());
        }
        List<String> paths = new ArrayList<>();
        String segment = StepPath.lastSegment(step.path());
        int n = Integer.parseInt(segment.substring(segment.lastIndexOf('#') + 1));
        for (String scope : paths(caller.step())) {
            paths.add(StepPath.child(scope, segment));
            paths.add(StepPath.child(
                    scope, StepPath.segment(step.kind(), step.spec().name(), n)));
            for (String former : step.spec().formerly()) {
                paths.add(StepPath.child(scope, StepPath.segment(step.kind(), former, n)));
            }
        }
        return paths;
    }

    /** The value of what a step returned; what its child is to remember beside it is noted, before the outcome is. */
    @Nullable
    Object noted(Step step, @Nullable Object returned) {
        TaskSpec.Memory memory = step.spec().memory().orElse(null);
        if (memory == null) {
            return returned;
        }
        @Nullable Object value = returned instanceof Final<?, ?> both ? both.value() : returned;
        if (!session.durable()) {
            return value;
        }
        byte[] saved = returned instanceof Final<?, ?> both
                ? session.protect(
                        "saved", step.path(), ReadBack.encode(session.values().codec(), both.saved(), memory.saved()))
                : null;
        session.journal()
                .append(new LogEntry.Remembered(step.path(), session.time().micros(), saved));
        return value;
    }

    /** The values of the checkpoint that completes the run: what was remembered before, and what is new. */
    public Map<String, byte[]> at(String checkpointId) {
        Map<String, byte[]> kept = new HashMap<>();
        Checkpointer store = session.settings().checkpointer();
        RunLog log = session.journal().log();
        if (store == null) {
            return kept;
        }
        Checkpoints checkpoints = checkpoints(store);
        base().ifPresent(before -> kept.putAll(checkpoints.memories(session.threadId(), before, checkpointId)));
        for (StepLog child : session.lockedGet(log::remembered)) {
            String name = Checkpoints.memory(child.path());
            kept.put(name, checkpoints.protect(name, session.threadId(), checkpointId, clear(child)));
        }
        return kept;
    }

    private byte[] clear(StepLog child) {
        byte[] saved = child.saved();
        byte[] value = child.value();
        if (saved != null) {
            return session.reveal("saved", child.path(), saved);
        }
        return session.reveal("step", child.path(), value == null ? new byte[0] : value);
    }
}
