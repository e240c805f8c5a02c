package dev.clew.flow;

import dev.clew.state.CheckpointSource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One checkpoint of a thread: where a run was opened or completed, or where somebody set the value. Immutable.
 *
 * <pre>{@code
 * for (HistoryEntry<Essay> entry : write.history("essay-1")) {
 *   System.out.println(entry.step() + " " + entry.source() + " " + entry.value());
 * }
 * RunConfig branch = write.fork(write.history("essay-1").get(1).config());
 * }</pre>
 *
 * @param id ordered by creation within the thread: a greater text is newer
 * @param parentId the checkpoint before it on its branch, or null for the first; it may have been removed since
 * @param runId the run that it opened or completed, or null where it was made by hand
 * @param source what made it
 * @param step −1 for a thread's first input, then rising by one along the branch
 * @param createdAt when it was made
 * @param value what callers saw as the thread's value at that moment; null where there was none
 * @param metadata what was attached to the run
 * @param unreadable why {@code value} is null although there was one: its type has changed, and the text says which member
 *     cannot be read; else null
 * @param config addresses it: for {@code state}, {@code fork}, or to branch off with a new input
 */
public record HistoryEntry<O extends @Nullable Object>(
        String id,
        @Nullable String parentId,
        @Nullable String runId,
        CheckpointSource source,
        int step,
        Instant createdAt,
        @Nullable O value,
        Map<String, String> metadata,
        @Nullable String unreadable,
        RunConfig config) {
    public HistoryEntry {
        metadata = Map.copyOf(metadata);
    }

    @Override
    public String toString() {
        return "HistoryEntry['" + id + "', step " + step + ", " + source + "]";
    }
}
