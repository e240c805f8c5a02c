package dev.clew.server.inspect;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of checkpoints, whose values are not decoded. */
final class Checkpoints {
    private Checkpoints() {}

    static Optional<CheckpointRecord> find(Checkpointer store, String threadId, @Nullable String id) {
        return id == null
                ? Optional.empty()
                : store.checkpoints(CheckpointQuery.of(threadId).id(id)).stream()
                        .findFirst();
    }

    /** A checkpoint, if it is a fork. */
    static Optional<CheckpointRecord> fork(Checkpointer store, String threadId, String id) {
        return find(store, threadId, id).filter(found -> found.source() == CheckpointSource.FORK);
    }

    /** The run that a checkpoint opened or completed; null if it was made by hand, or is gone. */
    static @Nullable String runOf(Checkpointer store, String threadId, @Nullable String id) {
        return find(store, threadId, id).map(CheckpointRecord::runId).orElse(null);
    }
}
