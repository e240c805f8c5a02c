package dev.clew.checkpoint;

import dev.clew.state.CheckpointSource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thread's state at a moment: its input or its result, and where it came from.
 *
 * <pre>{@code
 * List<CheckpointRecord> newestFirst = checkpointer.checkpoints(CheckpointQuery.of("essay-1"));
 * }</pre>
 *
 * @param id ordered by creation within the thread: a greater text is newer
 * @param runId the run it opened or completed; null for what was made by hand, and where that run was deleted
 * @param parentId the checkpoint before it, or null for the first
 * @param source what made it
 * @param step −1 for the first input, then rising by one along the branch
 * @param createdAt when it was made
 * @param values protected bytes by name, such as {@code input}, {@code output}, {@code saved}
 * @param metadata what the caller attached, matched by equality
 */
public record CheckpointRecord(
        String id,
        @Nullable String runId,
        @Nullable String parentId,
        CheckpointSource source,
        int step,
        Instant createdAt,
        Map<String, byte[]> values,
        Map<String, String> metadata) {
    public CheckpointRecord {
        values = Map.copyOf(values);
        metadata = Map.copyOf(metadata);
    }

    /** What stays if its run is deleted. */
    CheckpointRecord withoutRun() {
        return new CheckpointRecord(id, null, parentId, source, step, createdAt, values, metadata);
    }
}
