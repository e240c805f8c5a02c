package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists a thread's checkpoints: one query for the page, and one for the values that lie before it. */
public record History(Checkpointer store, Checkpoints checkpoints) {
    public <O extends @Nullable Object> List<HistoryEntry<O>> list(WorkflowSpec<?, O> spec, CheckpointQuery query) {
        Optional<ThreadRecord> thread = store.thread(query.threadId());
        if (thread.isEmpty()) {
            return List.of();
        }
        StateReader.requireOwn(thread.get(), spec);
        List<CheckpointRecord> page = checkpoints.list(query);
        Map<String, CheckpointRecord> bases = bases(query.threadId(), page);
        SavedValues<O> values = new SavedValues<>(checkpoints, query.threadId(), spec);
        bases.values().forEach(values::knowing);
        return page.stream()
                .map(checkpoint -> entry(values, query.threadId(), checkpoint, bases))
                .toList();
    }

    private Map<String, CheckpointRecord> bases(String threadId, List<CheckpointRecord> page) {
        Map<String, CheckpointRecord> known = new HashMap<>();
        page.forEach(checkpoint -> known.put(checkpoint.id(), checkpoint));
        Set<String> missing = new HashSet<>();
        for (CheckpointRecord checkpoint : page) {
            String base = Checkpoints.baseId(checkpoint);
            if (base != null && !known.containsKey(base)) {
                missing.add(base);
            }
        }
        if (!missing.isEmpty()) {
            checkpoints.list(CheckpointQuery.of(threadId).ids(missing)).forEach(found -> known.put(found.id(), found));
        }
        return known;
    }

    private <O extends @Nullable Object> HistoryEntry<O> entry(
            SavedValues<O> values, String threadId, CheckpointRecord checkpoint, Map<String, CheckpointRecord> bases) {
        String baseId = Checkpoints.baseId(checkpoint);
        CheckpointRecord base = baseId == null ? null : bases.get(baseId);
        Shown<O> value = Shown.of(values, base);
        return new HistoryEntry<>(
                checkpoint.id(),
                checkpoint.parentId(),
                checkpoint.runId(),
                checkpoint.source(),
                checkpoint.step(),
                checkpoint.createdAt(),
                value.value(),
                checkpoints.metadata().clear(threadId, checkpoint),
                value.unreadable(),
                RunConfig.thread(threadId).checkpoint(checkpoint.id()));
    }
}
