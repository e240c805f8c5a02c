package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.format.Places;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Metadata;
import dev.clew.engine.stored.StoredRun;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What becomes of a thread's rows in a copy of it. */
public sealed interface CopiedForm {
    CheckpointRecord checkpoint(CheckpointRecord checkpoint);

    RunRecord run(RunRecord run);

    Head head(Head head);

    List<LogRecord> log(String runId);

    /** The rows of runs that have no checkpoint, because they were rolled back: their ids stay used. */
    List<RunRecord> rolledBack(Set<String> runsWithCheckpoints);

    /** A copy with the same ids, in another store: the same bytes, since what protects them knows ids and no stores. */
    record SameIds(Checkpointer source, String threadId) implements CopiedForm {
        @Override
        public CheckpointRecord checkpoint(CheckpointRecord checkpoint) {
            return checkpoint;
        }

        @Override
        public RunRecord run(RunRecord run) {
            return run;
        }

        @Override
        public Head head(Head head) {
            return head;
        }

        @Override
        public List<LogRecord> log(String runId) {
            List<LogRecord> records = new ArrayList<>();
            source.scan(threadId, runId, 0, records::add);
            return records;
        }

        @Override
        public List<RunRecord> rolledBack(Set<String> runsWithCheckpoints) {
            return source.runs(threadId).stream()
                    .filter(run -> !runsWithCheckpoints.contains(run.runId()))
                    .toList();
        }
    }

    /** A copy under another thread id: each value is protected anew, and questions have ids of their own. */
    record OtherId(Checkpointer store, Codec codec, String from, String to) implements CopiedForm {
        @Override
        public CheckpointRecord checkpoint(CheckpointRecord checkpoint) {
            Checkpoints checkpoints = new Checkpoints(store, codec);
            Map<String, byte[]> values = checkpoints.copy(checkpoint, from, to, checkpoint.id());
            Metadata metadata = checkpoints.metadata();
            Map<String, String> stored = metadata.stored(to, checkpoint.id(), metadata.clear(from, checkpoint), values);
            return new CheckpointRecord(
                    checkpoint.id(),
                    checkpoint.runId(),
                    checkpoint.parentId(),
                    checkpoint.source(),
                    checkpoint.step(),
                    checkpoint.createdAt(),
                    values,
                    stored);
        }

        @Override
        public RunRecord run(RunRecord run) {
            byte[] detail = run.detail();
            return detail == null
                    ? run
                    : run.with(
                            run.status(),
                            codec.protect(
                                    codec.reveal(detail, Places.run(from, run.runId())), Places.run(to, run.runId())));
        }

        /** A copy is made to be kept, even if the thread is going to be deleted. */
        @Override
        public Head head(Head head) {
            return head.deleteAt() == null
                    ? head
                    : new Head(head.status(), head.runId(), head.checkpointId(), null, head.stalls());
        }

        @Override
        public List<LogRecord> log(String runId) {
            LogCopy log = new LogCopy(codec, new LogCopy.Run(from, runId), new LogCopy.Run(to, runId));
            return log.records(StoredRun.entries(store, from, runId));
        }

        /** They were requests of the other thread. */
        @Override
        public List<RunRecord> rolledBack(Set<String> runsWithCheckpoints) {
            return List.of();
        }
    }
}
