package dev.clew.engine.active;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.engine.format.MembersCodec;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.UnreadablePrevious;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.Session;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Metadata;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.Subjects;
import dev.clew.engine.world.Time;
import dev.clew.flow.Final;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.value.Codec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the checkpoint that completes a run, of source {@link CheckpointSource#LOOP}: what callers see, what the next run gets as
 * {@code @Previous}, and what child workflows remember.
 */
final class CompletionCheckpoint<O extends @Nullable Object> {
    private final Session session;
    private final Activation activation;
    private final WorkflowSpec<?, O> spec;
    private final Codec codec;
    private final Checkpoints checkpoints;

    CompletionCheckpoint(Session session, WorkflowSpec<?, O> spec) {
        this.session = session;
        this.activation = session.activation();
        this.spec = spec;
        this.codec = session.values().codec();
        this.checkpoints =
                new Checkpoints(Objects.requireNonNull(session.settings().checkpointer()), codec);
    }

    /**
     * Makes the checkpoint.
     *
     * @param returned what the body returned, which may be a {@link Final}
     * @param output the encoded value that callers see
     */
    CheckpointRecord of(@Nullable Object returned, byte[] output) {
        CheckpointRecord opening = activation.opening();
        String id = Checkpoints.nextId(opening, session.time());
        Map<String, byte[]> values = new HashMap<>();
        if (spec.outputOfSaved().isEmpty()) {
            values.put(Checkpoints.OUTPUT, protect(Checkpoints.OUTPUT, id, output));
        }
        values.putAll(session.memories().at(id));
        new Subjects(checkpoints).put(activation.config(), activation.threadId(), opening, id, values);
        Map<String, String> metadata = new Metadata(codec).stored(activation.threadId(), id, metadata(opening), values);
        if (returned instanceof Final<?, ?> both && spec.savedType().isPresent()) {
            save(id, values, both.saved());
        }
        return new CheckpointRecord(
                id,
                activation.run().runId(),
                opening == null ? null : opening.id(),
                CheckpointSource.LOOP,
                opening == null ? 0 : opening.step() + 1,
                Time.toInstant(session.time().micros()),
                values,
                metadata);
    }

    private byte[] protect(String name, String id, byte[] clear) {
        return !MembersCodec.protects(codec)
                ? clear
                : codec.protect(clear, Places.checkpoint(name, activation.threadId(), id));
    }

    /** What the run was opened with, and what was added when it was continued. */
    private Map<String, String> metadata(@Nullable CheckpointRecord opening) {
        return Metadata.merged(
                opening == null ? null : new Metadata(codec).clear(activation.threadId(), opening),
                activation.config().metadata());
    }

    private void save(String id, Map<String, byte[]> values, @Nullable Object saved) {
        Object previous = activation.previous();
        new SavedValues<>(checkpoints, activation.threadId(), spec)
                .put(id, values, saved, activation.opening(), previous instanceof UnreadablePrevious ? null : previous);
    }
}
