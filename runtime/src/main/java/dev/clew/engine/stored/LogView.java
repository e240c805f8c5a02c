package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.world.Time;
import dev.clew.state.LoggedStep;
import dev.clew.state.StepState;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run's log as people read it: a tree in the order of the calls, with values as plain data. */
public final class LogView {
    private final StoredRun run;
    private final StepView view;
    private final Codec codec;
    private final Map<StepLog, Long> since;

    private LogView(StoredRun run, Codec codec, Map<StepLog, Long> since) {
        this.run = run;
        this.view = new StepView(run);
        this.codec = codec;
        this.since = since;
    }

    /**
     * Returns the steps of a run.
     *
     * @param head whether the run is its thread's newest; nothing of another one goes on
     */
    public static List<LoggedStep> of(
            Checkpointer store, Codec codec, String threadId, RunRecord record, boolean head) {
        RunLog log = new RunLog();
        Map<StepLog, Long> since = new HashMap<>();
        for (LogEntry entry : StoredRun.entries(store, threadId, record.runId())) {
            since.putIfAbsent(log.apply(entry), entry.at());
        }
        StoredRun stored = new StoredRun(threadId, record, log, codec);
        LogView view = new LogView(head ? stored : stored.abandoned(), codec, since);
        List<LoggedStep> steps = new ArrayList<>();
        view.collect(log.root(), steps);
        return steps;
    }

    private void collect(StepLog scope, List<LoggedStep> steps) {
        ScopeLog below = scope.scope();
        if (below == null) {
            return;
        }
        below.steps().stream()
                .sorted(Comparator.comparingInt(step -> step.call().ordinal()))
                .forEach(step -> {
                    if (!step.dropped()) {
                        steps.add(logged(step));
                    }
                    collect(step, steps);
                });
    }

    private LoggedStep logged(StepLog step) {
        LogEntry.Asked asked = step.asked();
        StepState state = view.state(step);
        return new LoggedStep(
                state,
                Time.toInstant(began(step)),
                asked == null ? null : plain("question", step, asked.question()),
                plain(asked == null ? "step" : "answer", step, step.value()));
    }

    private long began(StepLog step) {
        long first = since.getOrDefault(step, step.at());
        return step.startedAt() == LogEntry.NOT_STARTED ? first : Math.min(first, step.startedAt());
    }

    private @Nullable Object plain(String kind, StepLog step, byte @Nullable [] stored) {
        return stored == null
                ? null
                : codec.decodePlain(codec.reveal(
                        stored, Places.step(kind, run.threadId(), run.run().runId(), step.path())));
    }
}
