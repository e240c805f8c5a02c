package dev.clew.checkpoint;

import dev.clew.state.CheckpointQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A thread's checkpoints, oldest first. Guarded by the thread's lock. */
final class MemoryCheckpoints {

    private final ArrayList<CheckpointRecord> sorted = new ArrayList<>(2);

    boolean contains(String id) {
        return indexOf(id) >= 0;
    }

    void add(CheckpointRecord checkpoint) {
        int index = indexOf(checkpoint.id());
        sorted.add(index < 0 ? -index - 1 : index, checkpoint);
    }

    /** Those of a deleted run that are kept lose it. */
    void remove(Deletion deletion) {
        sorted.removeIf(checkpoint -> isOf(checkpoint, deletion.runIds())
                ? !deletion.keptCheckpoints().contains(checkpoint.id())
                : checkpoint.runId() == null && deletion.looseCheckpoints().contains(checkpoint.id()));
        sorted.replaceAll(checkpoint -> isOf(checkpoint, deletion.runIds()) ? checkpoint.withoutRun() : checkpoint);
    }

    private static boolean isOf(CheckpointRecord checkpoint, Set<String> runIds) {
        return checkpoint.runId() != null && runIds.contains(checkpoint.runId());
    }

    void trim() {
        sorted.trimToSize();
    }

    List<CheckpointRecord> find(CheckpointQuery query) {
        List<CheckpointRecord> found = new ArrayList<>();
        for (int i = sorted.size() - 1; i >= 0 && found.size() < query.limit(); i--) {
            if (matches(sorted.get(i), query)) {
                found.add(sorted.get(i));
            }
        }
        return Collections.unmodifiableList(found);
    }

    private static boolean matches(CheckpointRecord checkpoint, CheckpointQuery query) {
        return (query.ids().isEmpty() || query.ids().contains(checkpoint.id()))
                && (query.from() == null || checkpoint.id().compareTo(query.from()) >= 0)
                && (query.before() == null || checkpoint.id().compareTo(query.before()) < 0)
                && hasAll(checkpoint.metadata(), query.metadata());
    }

    private static boolean hasAll(Map<String, String> metadata, Map<String, String> required) {
        return required.isEmpty()
                || required.entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(metadata.get(entry.getKey())));
    }

    private int indexOf(String id) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
