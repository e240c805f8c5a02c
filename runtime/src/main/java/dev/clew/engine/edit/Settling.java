package dev.clew.engine.edit;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.effect.EffectNotes;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnsettledEffect;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.stored.UnsettledEffects;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Notes in a stored log what a person says of an effect that must not happen twice. For runs that cannot ask: they are over, or do not
 * go on before their code or their data is changed.
 */
public record Settling(Claims claims, Checkpointer store, Codec codec, Time time, Answering answer) {
    /** Makes entries of an answer to the question with this id. */
    public interface Answering {
        List<? extends LogEntry> entries(StoredRun stored, String question);
    }

    /** Notes it; the thread stays as it is. */
    public void settle(UnsettledEffect effect, Resolution<?> resolution, byte[] encoded) {
        boolean unused = claims.changeThread(
                store,
                effect.threadId(),
                "settling step '" + effect.step() + "'",
                row -> Optional.of(true).filter(made -> tried(require(row, effect), effect, resolution, encoded)));
    }

    private static ThreadRecord require(Optional<ThreadRecord> row, UnsettledEffect effect) {
        return row.orElseThrow(() -> new RequestRefusedException(
                Reason.UNKNOWN, "thread '" + effect.threadId() + "' is not there; it may have been deleted"));
    }

    /** False if the thread has to be read again. */
    private boolean tried(ThreadRecord thread, UnsettledEffect effect, Resolution<?> resolution, byte[] encoded) {
        Optional<ThreadStatus> judged = claims.judge(store, thread);
        if (judged.isEmpty()) {
            return false;
        }
        boolean isNewest = effect.runId().equals(thread.head().runId());
        if (judged.get() == ThreadStatus.RUNNING) {
            throw claims.busy(thread);
        }
        StoredRun stored = StoredRun.load(store, codec, effect.threadId(), effect.runId());
        if (stored.log().isUndoing()) {
            throw new RequestRefusedException(
                    Reason.UNDONE,
                    "run '" + effect.runId() + "' of thread '" + effect.threadId()
                            + "' is being undone, which settles step '" + effect.step()
                            + "' itself, or asks: answer its question");
        }
        StepLog step = step(stored, effect);
        Optional<String> question = UnsettledEffects.question(stored.log(), step);
        if (isNewest && question.isEmpty()) {
            requireStopped(judged.get(), step, effect);
        }
        boolean asks = isNewest && question.isPresent() && !judged.get().isOver();
        List<LogEntry> entries = new ArrayList<>(
                asks
                        ? answer.entries(stored, question.get())
                        : List.of(note(step, effect, EffectNotes.SETTLED, encoded)));
        if (!(resolution instanceof Resolution.Succeeded<?>)) {
            entries.add(note(step, effect, EffectNotes.DENIED, codec.encode(true, TypeRef.of(Boolean.class))));
        }
        Write write = new Write(effect.runId(), stored.records(entries), null, List.of(), null, true);
        return claims.forWrite(store, effect.threadId(), thread.workflow(), thread, write);
    }

    private static StepLog step(StoredRun stored, UnsettledEffect effect) {
        return stored.log()
                .root()
                .unsettledEffects()
                .filter(step -> step.path().equals(effect.step()))
                .findFirst()
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.UNKNOWN,
                        "step '" + effect.step() + "' of run '" + effect.runId() + "' of thread '" + effect.threadId()
                                + "' is not unsettled (any more); list them again with operator.unsettled(threadId)"));
    }

    /** What goes on by itself finds out by itself, or asks. */
    private static void requireStopped(ThreadStatus status, StepLog step, UnsettledEffect effect) {
        boolean isStopped = switch (status) {
            case IDLE, CANCELLED, UNDONE -> true;
            case FAILED, BLOCKED, STUCK -> isOnlyLost(step);
            case RUNNING, UNDOING, CRASHED, SLEEPING, INTERRUPTED, ANSWERED -> false;
        };
        if (!isStopped) {
            throw new RequestRefusedException(
                    Reason.UNSETTLED_EFFECT,
                    "step '" + effect.step() + "' of run '" + effect.runId() + "' of thread '" + effect.threadId()
                            + "' asks nothing now: the run is " + status
                            + ", and settles it itself or asks when it goes on."
                            + " Let it (recover() or Command.proceed()), or cancel it");
        }
    }

    /** Whether nothing of it is open but attempts: neither its reconcile, nor a timer. */
    private static boolean isOnlyLost(StepLog step) {
        return Objects.requireNonNull(step.scope()).steps().stream()
                .filter(inner -> !inner.done())
                .allMatch(inner -> StepPath.name(inner.path()).equals(EffectNotes.ATTEMPT));
    }

    private LogEntry note(StepLog step, UnsettledEffect effect, String what, byte[] clear) {
        ScopeLog scope = Objects.requireNonNull(step.scope());
        String key = what + scope.effectAttempts();
        byte[] value = codec.protect(clear, Places.note(effect.threadId(), effect.runId(), scope.path(), key));
        return new LogEntry.Noted(scope.path(), time.micros(), key, value);
    }
}
