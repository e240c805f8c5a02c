package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.effect.EffectNotes;
import dev.clew.effect.EffectNotes.Begun;
import dev.clew.effect.UnsettledEffect;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The steps of a thread's runs that have begun a {@code ONCE} body whose outcome is unknown. */
public record UnsettledEffects(Checkpointer store) {
    private static final TypeRef<Begun> BEGUN = TypeRef.of(Begun.class);

    /** Whether a run of this thread has such a step. */
    public boolean any(ThreadRecord thread) {
        return !hasCompletedItsOnlyRun(thread) && runs(thread).anyMatch(run -> any(thread.threadId(), run));
    }

    /** What its row says by itself: a change by hand leaves no run in it. */
    private static boolean hasCompletedItsOnlyRun(ThreadRecord thread) {
        return thread.runs() == 1
                && thread.head().status() == ThreadStatus.IDLE
                && thread.head().runId() != null;
    }

    /** Whether this run has such a step. */
    public boolean any(String threadId, String runId) {
        return !completed(threadId, runId) && log(threadId, runId).root().hasUnsettledEffect();
    }

    /** These steps, of the newest run first. */
    public List<UnsettledEffect> list(ThreadRecord thread, Codec codec) {
        return runs(thread)
                .filter(run -> !completed(thread.threadId(), run))
                .flatMap(run -> list(thread.threadId(), run, codec))
                .toList();
    }

    private Stream<UnsettledEffect> list(String threadId, String runId, Codec codec) {
        RunLog log = log(threadId, runId);
        boolean asks =
                store.run(threadId, runId).filter(run -> !run.status().isOver()).isPresent();
        return log.root()
                .unsettledEffects()
                .map(step -> shown(threadId, runId, step, asks ? question(log, step) : Optional.empty(), codec));
    }

    private static UnsettledEffect shown(
            String threadId, String runId, StepLog step, Optional<String> question, Codec codec) {
        ScopeLog scope = Objects.requireNonNull(step.scope());
        int attempts = scope.effectAttempts();
        Begun newest = begun(threadId, runId, scope, attempts, codec);
        return new UnsettledEffect(
                threadId,
                runId,
                step.path(),
                begun(threadId, runId, scope, 1, codec).effectId(),
                newest.at(),
                attempts,
                question);
    }

    private static Begun begun(String threadId, String runId, ScopeLog scope, int attempt, Codec codec) {
        String key = EffectNotes.BEGUN + attempt;
        byte[] stored = Objects.requireNonNull(scope.note(key)).value();
        byte[] clear = codec.reveal(stored, Places.note(threadId, runId, scope.path(), key));
        return Objects.requireNonNull(codec.decode(clear, BEGUN));
    }

    /** The question that waits for the outcome of this step. */
    public static Optional<String> question(RunLog log, StepLog effect) {
        return log.pendingQuestions().stream()
                .filter(question -> question.path().startsWith(effect.path() + '/'))
                .map(StepLog::asked)
                .filter(Objects::nonNull)
                .map(LogEntry.Asked::id)
                .findFirst();
    }

    /** A run that completed has waited for all that it began; what undid one has settled it. */
    private boolean completed(String threadId, String runId) {
        return store.run(threadId, runId)
                .map(RunRecord::status)
                .filter(status -> status != ThreadStatus.IDLE && status != ThreadStatus.UNDONE)
                .isEmpty();
    }

    /** Of most threads only the newest run can have them: all others completed, which their rows say. */
    Stream<String> runs(ThreadRecord thread) {
        Set<String> runs = new LinkedHashSet<>();
        Optional.ofNullable(thread.head().runId()).ifPresent(runs::add);
        store.checkpoints(CheckpointQuery.of(thread.threadId())).stream()
                .map(CheckpointRecord::runId)
                .filter(Objects::nonNull)
                .forEach(runs::add);
        return runs.stream();
    }

    private RunLog log(String threadId, String runId) {
        RunLog log = new RunLog();
        StoredRun.entries(store, threadId, runId).forEach(log::apply);
        return log;
    }
}
