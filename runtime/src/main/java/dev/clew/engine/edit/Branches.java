package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Metadata;
import dev.clew.engine.stored.StoredSettings;
import dev.clew.engine.stored.Subjects;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.state.CheckpointSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs that an edit by hand opens have in common. */
final class Branches {
    private final ThreadEdit edit;
    private final Time time;

    Branches(ThreadEdit edit) {
        this.edit = edit;
        this.time = edit.time();
    }

    /** What the opening of a run says, for another run; its attributes pass to it, breakpoints and limits do not. */
    Map<String, byte[]> opening(CheckpointRecord opening, String id, @Nullable CheckpointRecord newest) {
        Map<String, byte[]> values = edit.checkpoints().copy(opening, edit.threadId(), edit.threadId(), id);
        settle(opening, id, values);
        edit.saved().move(id, values, opening, newest);
        return values;
    }

    /**
     * Puts what a run that is opened by hand says of itself.
     *
     * @param source the opening of the run that it comes from, if any
     */
    void settle(@Nullable CheckpointRecord source, String id, Map<String, byte[]> values) {
        byte[] settings = StoredSettings.ofEdit(edit.config(), edit.codec(), edit.threadId(), source, id);
        if (settings == null) {
            values.remove(Checkpoints.SETTINGS);
        } else {
            values.put(Checkpoints.SETTINGS, settings);
        }
    }

    /** The opening of the run that a checkpoint opened or ended; null for one that was made by hand, or if it is gone. */
    @Nullable
    CheckpointRecord openingOf(@Nullable CheckpointRecord chosen) {
        return chosen == null || chosen.runId() == null
                ? null
                : edit.store()
                        .run(edit.threadId(), chosen.runId())
                        .flatMap(run -> edit.checkpoints().find(edit.threadId(), run.inputCheckpoint()))
                        .orElse(null);
    }

    /** The run that a checkpoint opened or ended. */
    RunRecord source(CheckpointRecord chosen) {
        String runId = chosen.runId();
        if (runId == null) {
            throw new RequestRefusedException("checkpoint '" + chosen.id() + "' of thread '" + edit.threadId()
                    + "' was made by hand, so there is no step to fork at; fork it without a point");
        }
        return edit.store()
                .run(edit.threadId(), runId)
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.UNKNOWN,
                        "run '" + runId + "' of thread '" + edit.threadId() + "' is not stored any more"));
    }

    /** The run id that the configuration wishes for, if no run has it. */
    String runId() {
        String wanted = edit.config().runId().orElseGet(time::freshId);
        if (edit.store().run(edit.threadId(), wanted).isPresent()) {
            throw new RequestRefusedException(
                    Reason.TAKEN,
                    "thread '" + edit.threadId() + "' has a run '" + wanted
                            + "' already; a fork is a new run, so leave runId out or choose another one");
        }
        return wanted;
    }

    private @Nullable CheckpointRecord newest() {
        return edit.store().thread(edit.threadId()).map(edit::newest).orElse(null);
    }

    /** The checkpoint of an edit; its parent is the chosen one. */
    CheckpointRecord checkpoint(
            String id, @Nullable String runId, @Nullable CheckpointRecord chosen, Map<String, byte[]> values) {
        new Subjects(edit.checkpoints()).put(edit.config(), edit.threadId(), newest(), id, values);
        Metadata metadata = edit.checkpoints().metadata();
        Map<String, String> attached = Metadata.merged(
                chosen == null ? null : metadata.clear(edit.threadId(), chosen),
                edit.config().metadata());
        Map<String, String> stored = metadata.stored(edit.threadId(), id, attached, values);
        return new CheckpointRecord(
                id,
                runId,
                chosen == null ? null : chosen.id(),
                CheckpointSource.FORK,
                chosen == null ? 0 : chosen.step() + 1,
                Time.toInstant(time.micros()),
                values,
                stored);
    }
}
