package dev.clew.engine.events;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run tells, whether it is heard as it happens or read from its log. */
public final class EventShapes {
    private EventShapes() {}

    public static StreamEvent checkpoint(
            CheckpointRecord checkpoint, @Nullable Object value, Map<String, String> metadata, boolean replayed) {
        return new StreamEvent.Checkpointed(
                checkpoint.id(),
                checkpoint.parentId(),
                checkpoint.source(),
                checkpoint.step(),
                checkpoint.createdAt(),
                value,
                metadata,
                replayed);
    }

    /** What a run tells when it pauses on questions. */
    public static List<StreamEvent> interrupted(String workflow, String rootId, List<PendingInterrupt<?, ?>> pending) {
        List<StreamEvent.Question> questions =
                pending.stream().map(EventShapes::question).toList();
        return List.of(
                new StreamEvent.Interrupted(StreamMode.UPDATES, questions),
                new StreamEvent.TaskEnded(rootId, workflow, "", null, null, questions, false),
                new StreamEvent.Interrupted(StreamMode.VALUES, questions));
    }

    private static StreamEvent.Question question(PendingInterrupt<?, ?> pending) {
        return new StreamEvent.Question(pending.id(), pending.name(), pending.path(), pending.value());
    }
}
