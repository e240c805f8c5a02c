package dev.clew.testing;

import dev.clew.Graph;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.Workflow;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes recordings of the runs that are stored on a lab's disk. */
final class Recorder {
    private final Checkpointer disk;
    private final Clock clock;
    private final Calls calls;
    private final List<Code<?>> codes;

    Recorder(Checkpointer disk, Clock clock, Calls calls, List<Code<?>> codes) {
        this.disk = disk;
        this.clock = clock;
        this.calls = calls;
        this.codes = codes;
    }

    /** Every run that came to rest by itself. */
    List<Recording> all() {
        List<Recording> all = new ArrayList<>();
        for (ThreadRecord thread : disk.threads(ThreadQuery.all().limit(Integer.MAX_VALUE))) {
            runIds(thread.threadId()).forEach(runId -> record(thread, runId).ifPresent(all::add));
        }
        return all;
    }

    private List<String> runIds(String threadId) {
        return disk.checkpoints(CheckpointQuery.of(threadId)).stream()
                .map(CheckpointRecord::runId)
                .filter(Objects::nonNull)
                .<String>map(Objects::requireNonNull)
                .distinct()
                .toList();
    }

    /** The newest run of a thread. */
    Recording newest(String threadId) {
        ThreadRecord thread = disk.thread(threadId)
                .orElseThrow(() -> new IllegalStateException("thread '" + threadId + "' never ran"));
        String runId = thread.head().runId();
        return Optional.ofNullable(runId)
                .flatMap(id -> record(thread, id))
                .orElseThrow(() -> new IllegalStateException("the newest run of thread '" + threadId + "' is "
                        + thread.status() + ", so it has no end that could be replayed"));
    }

    private Optional<Recording> record(ThreadRecord thread, String runId) {
        Optional<RunRecord> run = disk.run(thread.threadId(), runId);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        boolean head = runId.equals(thread.head().runId());
        String end = end(thread, run.get(), head);
        if (end == null || !head && run.get().status() != ThreadStatus.IDLE) {
            return Optional.empty();
        }
        Recording recording =
                Recording.of(disk, thread.workflow(), thread.threadId(), run.get(), clock.instant(), calls, end);
        return recording.isReplayable() ? Optional.of(recording) : Optional.empty();
    }

    /** How the run ended; null where no graph of the lab has its workflow. */
    private @Nullable String end(ThreadRecord thread, RunRecord run, boolean head) {
        for (Code<?> code : codes) {
            String end = end(code, thread, run, head);
            if (end != null) {
                return end;
            }
        }
        return null;
    }

    private <G extends Graph> @Nullable String end(Code<G> code, ThreadRecord thread, RunRecord run, boolean head) {
        try (G reader = code.builder()
                .get()
                .checkpointer(new CrashStore(disk, new Crashes()))
                .world(new ReadingWorld(clock))
                .build()) {
            Workflow<?, ?> workflow = code.named(reader, thread.workflow());
            if (workflow == null) {
                return null;
            }
            return head ? End.of(workflow.state(thread.threadId())) : completed(workflow, thread, run);
        }
    }

    private static @Nullable String completed(Workflow<?, ?> workflow, ThreadRecord thread, RunRecord run) {
        return workflow.history(thread.threadId()).stream()
                .filter(entry -> entry.id().equals(run.outputCheckpoint()))
                .<@Nullable Object>map(HistoryEntry::value)
                .map(End::completed)
                .findFirst()
                .orElse(null);
    }
}
