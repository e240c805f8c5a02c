package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.value.TypeRef;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a thread is about. Every checkpoint of it says that, so that it is found by its newest one, whatever retention has removed.
 *
 * @param checkpoints of any thread
 */
public record Subjects(Checkpoints checkpoints) {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    /** The subject that a checkpoint names; empty if it names none. */
    public Optional<String> named(String threadId, @Nullable CheckpointRecord checkpoint) {
        return Optional.ofNullable(
                        checkpoint == null ? null : checkpoints.clear(threadId, checkpoint, Checkpoints.SUBJECT))
                .map(clear -> checkpoints.codec().decode(clear, TEXT));
    }

    /**
     * Puts into the values of a new checkpoint whom its thread is about.
     *
     * @param config may name the subject of a thread that has none
     * @param newest a checkpoint of the thread that was made before; null if there is none
     * @throws RequestRefusedException if the thread is about another subject
     */
    public void put(
            RunConfig config,
            String threadId,
            @Nullable CheckpointRecord newest,
            String id,
            Map<String, byte[]> values) {
        Optional<String> known = named(threadId, newest);
        Optional<String> wanted = config.subject();
        if (known.isPresent() && wanted.isPresent() && !known.equals(wanted)) {
            throw new RequestRefusedException(
                    Reason.OTHER_SUBJECT,
                    "thread '" + threadId
                            + "' is about another subject than the one that config.subject(id) names, and a"
                            + " thread is erased as a whole; use a thread of its own for each");
        }
        known.or(() -> wanted).ifPresent(subject -> {
            byte[] clear = checkpoints.codec().encode(subject, TEXT);
            values.put(Checkpoints.SUBJECT, checkpoints.protect(Checkpoints.SUBJECT, threadId, id, clear));
        });
    }
}
