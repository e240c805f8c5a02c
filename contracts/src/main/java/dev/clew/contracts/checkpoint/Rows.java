package dev.clew.contracts.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.Write;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows and writes as an engine would make them. */
public final class Rows {
    private Rows() {}

    /** A run that is executing, opened by checkpoint {@code input-<run>}. */
    public static RunRecord run(String runId) {
        return new RunRecord(
                runId,
                1,
                "input-" + runId,
                null,
                0x5eed_0000_0000_0001L,
                Instant.parse("2031-05-17T08:30:00.123456789Z"),
                ThreadStatus.RUNNING,
                null);
    }

    /** The same run with another number. */
    public static RunRecord numbered(RunRecord run, int number) {
        return new RunRecord(
                run.runId(),
                number,
                run.inputCheckpoint(),
                run.outputCheckpoint(),
                run.seed(),
                run.startedAt(),
                run.status(),
                run.detail());
    }

    public static Head head(ThreadStatus status, String runId) {
        return new Head(status, runId, "input-" + runId, null, 0);
    }

    /** The first checkpoint of a run, with an input and no metadata. */
    public static CheckpointRecord input(String runId) {
        return checkpoint("input-" + runId, runId, Map.of());
    }

    public static CheckpointRecord checkpoint(String id, String runId, Map<String, String> metadata) {
        return new CheckpointRecord(
                id,
                runId,
                null,
                CheckpointSource.INPUT,
                -1,
                Instant.parse("2031-05-17T08:30:00.000000001Z"),
                Map.of("input", bytes("\"rain\"")),
                metadata);
    }

    /** What opens a run: its row, its input checkpoint and a RUNNING head. */
    public static Write open(String runId) {
        return new Write(null, List.of(), run(runId), List.of(input(runId)), head(ThreadStatus.RUNNING, runId), false);
    }

    /** Appends these entries, the first of them at {@code fromSeq}. */
    public static Write log(String runId, long fromSeq, String... entries) {
        List<LogRecord> records = new ArrayList<>();
        for (String entry : entries) {
            records.add(new LogRecord(fromSeq + records.size(), bytes(entry)));
        }
        return Write.log(runId, records);
    }

    /** Sets the head's status and changes nothing else. */
    public static Write status(ThreadStatus status, String runId) {
        return head(head(status, runId));
    }

    public static Write head(Head head) {
        return new Write(null, List.of(), null, List.of(), head, false);
    }

    /** Sets the head's status and gives the claim back. */
    public static Write release(ThreadStatus status, String runId) {
        return new Write(null, List.of(), null, List.of(), head(status, runId), true);
    }

    public static Write checkpoints(CheckpointRecord... checkpoints) {
        return new Write(null, List.of(), null, List.of(checkpoints), null, false);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
