package dev.clew.contracts.lab;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.state.CheckpointQuery;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** All that is stored of a thread, as comparable text: its row, and the rows, logs and checkpoints of its runs. */
public record Stored(String row, List<String> runs, List<String> log, List<String> checkpoints) {
    public static Stored of(Checkpointer store, String threadId) {
        List<CheckpointRecord> found = store.checkpoints(CheckpointQuery.of(threadId));
        List<String> runs = new ArrayList<>();
        List<String> log = new ArrayList<>();
        for (String runId : runIds(found)) {
            store.run(threadId, runId).map(Stored::text).ifPresent(runs::add);
            store.scan(threadId, runId, 0, entry -> log.add(runId + ':' + entry.seq() + ':' + hex(entry.bytes())));
        }
        return new Stored(
                store.thread(threadId).toString(),
                runs,
                log,
                found.stream().map(Stored::text).toList());
    }

    private static List<String> runIds(List<CheckpointRecord> checkpoints) {
        return checkpoints.stream()
                .map(CheckpointRecord::runId)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    private static String text(RunRecord run) {
        String detail = run.detail() == null ? "" : hex(run.detail());
        return run.with(run.status(), null) + detail;
    }

    private static String text(CheckpointRecord checkpoint) {
        TreeMap<String, String> values = new TreeMap<>();
        checkpoint.values().forEach((name, bytes) -> values.put(name, hex(bytes)));
        return String.join("|", checkpoint.id(), checkpoint.runId(), checkpoint.parentId(), values.toString());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
