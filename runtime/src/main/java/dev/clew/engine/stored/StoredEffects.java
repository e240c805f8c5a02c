package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.Registration;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.StepLog;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps effects that must not happen twice from being forgotten, and from being repeated by a branch. */
public final class StoredEffects {
    private StoredEffects() {}

    /**
     * Refuses what would leave a thread's run behind while the outcome of one of its effects is unknown.
     *
     * @param what is asked for
     */
    public static void requireSettled(Checkpointer store, ThreadRecord thread, String what) {
        String runId = thread.head().runId();
        boolean mayBeUnsettled = switch (thread.head().status()) {
            case IDLE, CANCELLED, UNDONE -> false;
            case FAILED, RUNNING, UNDOING, SLEEPING, INTERRUPTED, ANSWERED, BLOCKED, STUCK, CRASHED -> true;
        };
        if (runId == null
                || !mayBeUnsettled
                || store.run(thread.threadId(), runId).isEmpty()) {
            return;
        }
        RunLog log = log(StoredRun.entries(store, thread.threadId(), runId));
        if (log.isUndoing()) {
            throw new RequestRefusedException(
                    Reason.UNDONE,
                    what + " would leave run '" + runId + "' of thread '" + thread.threadId()
                            + "' behind, which is being undone. Let that come to its end: Command.undo() continues it, and what"
                            + " cannot be undone is asked");
        }
        log.root().unsettledEffects().findFirst().ifPresent(effect -> {
            throw refused(
                    what + " would forget",
                    thread.threadId(),
                    runId,
                    effect,
                    "Let the run go on (recover() or Command.proceed(), or answer its question) until that is"
                            + " known, or cancel it");
        });
    }

    /** Refuses what would have two threads with the same unsettled effect, in any of their runs. */
    public static void requireAllSettled(Checkpointer store, ThreadRecord thread, String what) {
        requireSettled(store, thread, what);
        UnsettledEffects effects = new UnsettledEffects(store);
        effects.runs(thread)
                .filter(run -> effects.any(thread.threadId(), run))
                .findFirst()
                .ifPresent(run -> {
                    StepLog effect = log(StoredRun.entries(store, thread.threadId(), run))
                            .root()
                            .unsettledEffects()
                            .findFirst()
                            .orElseThrow();
                    throw refused(
                            what + " would double",
                            thread.threadId(),
                            run,
                            effect,
                            "Say what became of it: operator.settle(step, resolution)");
                });
    }

    private static RequestRefusedException refused(
            String what, String threadId, String runId, StepLog effect, String cure) {
        return new RequestRefusedException(
                Reason.UNSETTLED_EFFECT,
                what + " step '" + effect.path() + "' of run '" + runId + "' of thread '" + threadId
                        + "': it has begun a ONCE task whose outcome is unknown. " + cure);
    }

    /** Refuses a branch that would execute again what its origin has executed. */
    public static void requireNotRepeated(String threadId, String runId, List<LogEntry> all, List<LogEntry> kept) {
        Set<String> known = log(kept)
                .root()
                .effects()
                .filter(StepLog::done)
                .map(StepLog::path)
                .collect(Collectors.toUnmodifiableSet());
        log(all).root()
                .effects()
                .filter(effect -> !known.contains(effect.path()))
                .findFirst()
                .ifPresent(effect -> {
                    throw new RequestRefusedException(
                            Reason.REPEATED_EFFECT,
                            "a branch from there would execute step '" + effect.path() + "' again, which run '" + runId
                                    + "' of thread '" + threadId
                                    + "' has begun and which must not happen twice; branch off after"
                                    + " it, or say config.repeatEffects()");
                });
    }

    /** Whether a run has begun an effect that must not happen twice, and nobody said that it did not happen; or one that is to be undone. */
    public static boolean hasActed(Checkpointer store, String threadId, String runId) {
        RunLog log = log(StoredRun.entries(store, threadId, runId));
        return log.root().effects().findAny().isPresent()
                || !Registration.all(log).isEmpty();
    }

    /** Whether a run is being undone, or was. */
    public static boolean isUndoing(Checkpointer store, String threadId, String runId) {
        return store.run(threadId, runId).isPresent()
                && log(StoredRun.entries(store, threadId, runId)).isUndoing();
    }

    private static RunLog log(List<LogEntry> entries) {
        RunLog log = new RunLog();
        entries.forEach(log::apply);
        return log;
    }
}
