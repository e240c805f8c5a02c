package dev.clew.engine.log;

import dev.clew.effect.EffectNotes;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.LogEntry.AttemptFailed;
import dev.clew.engine.log.LogEntry.CalledAgain;
import dev.clew.engine.log.LogEntry.Cancelled;
import dev.clew.engine.log.LogEntry.CausedBy;
import dev.clew.engine.log.LogEntry.Claimed;
import dev.clew.engine.log.LogEntry.Failed;
import dev.clew.engine.log.LogEntry.Lapsed;
import dev.clew.engine.log.LogEntry.Noted;
import dev.clew.engine.log.LogEntry.Opened;
import dev.clew.engine.log.LogEntry.Patched;
import dev.clew.engine.log.LogEntry.Paused;
import dev.clew.engine.log.LogEntry.Remembered;
import dev.clew.engine.log.LogEntry.Reopened;
import dev.clew.engine.log.LogEntry.Restarted;
import dev.clew.engine.log.LogEntry.Succeeded;
import dev.clew.engine.log.LogEntry.TimerSet;
import dev.clew.engine.log.LogEntry.UndoCause;
import dev.clew.engine.log.LogEntry.Undoing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run's entries add up to: the tree of its scopes and steps. One entry costs O(depth), however long the log.
 *
 * <p>Not thread-safe: while a run lives, its journal guards it.
 */
public final class RunLog {
    private final StepLog root = new StepLog(StepPath.ROOT, LogEntry.Call.of(0));
    private final List<StepLog> questions = new ArrayList<>();
    private final Set<StepLog> remembering = new LinkedHashSet<>();
    private final Set<String> replaced = new HashSet<>();
    private long nextSeq;
    private long lastPause = -1;
    private int stalls;
    private @Nullable UndoCause undoCause;

    public RunLog() {
        root.openScope();
    }

    /** The whole run as a step: its failure, its attempts, and the root's scope. */
    public StepLog root() {
        return root;
    }

    /** The place that the next entry takes. */
    public long nextSeq() {
        return nextSeq;
    }

    /** Whether its body is over, and what it has done is being undone, or was. */
    public boolean isUndoing() {
        return undoCause != null;
    }

    /** Who decided that the run is undone; null if it is not. */
    public @Nullable UndoCause undoCause() {
        return undoCause;
    }

    /** How many claims in a row made no progress. */
    public int stalls() {
        return stalls;
    }

    /** Takes the next entry into account and gives the step that it is about. */
    public StepLog apply(LogEntry entry) {
        long seq = nextSeq++;
        stalls = entry instanceof Claimed claimed ? claimed.stalls() : 0;
        if (isBeside(entry)) {
            applyBeside(entry, seq);
            return root;
        }
        if (entry instanceof CausedBy e) {
            StepLog scope = find(e.path());
            scope.openScope().causedBy(e, seq);
            return scope;
        }
        StepLog step = stepOf(entry, seq);
        step.recorded(seq);
        step.started(LogEntry.startedAt(entry));
        if (!applyEnd(step, entry, seq)) {
            applyChange(step, entry, seq);
        }
        return step;
    }

    private static boolean isBeside(LogEntry entry) {
        return entry instanceof Claimed
                || entry instanceof Paused
                || entry instanceof Patched
                || entry instanceof Noted
                || entry instanceof Undoing;
    }

    /** An entry that is about no step. */
    private void applyBeside(LogEntry entry, long seq) {
        if (entry instanceof Paused) {
            lastPause = seq;
        } else if (entry instanceof Patched e) {
            scope(StepPath.parent(e.path())).patch(StepPath.name(e.path()));
        } else if (entry instanceof Noted e && e.key().equals(EffectNotes.INHERITED)) {
            root.openScope().disown();
        } else if (entry instanceof Noted e) {
            scope(e.path()).note(e.key(), e.value(), seq);
        } else if (entry instanceof Undoing e && undoCause == null) {
            undoCause = e.cause();
            root.openScope().leaveAll();
            root.undone();
        }
    }

    /** An entry that is a step's outcome; false if it is another one. */
    private static boolean applyEnd(StepLog step, LogEntry entry, long seq) {
        if (entry instanceof Succeeded e) {
            step.outcome(StepLog.Status.SUCCEEDED, seq, e.at());
            step.attempts(e.attempts());
            step.value(e.value(), e.cached());
        } else if (entry instanceof Failed e) {
            step.outcome(StepLog.Status.FAILED, seq, e.at());
            step.attempts(e.attempts());
            step.failure(e.failure());
        } else if (entry instanceof Cancelled e) {
            step.outcome(StepLog.Status.CANCELLED, seq, e.at());
        } else if (entry instanceof Answered e) {
            step.outcome(StepLog.Status.SUCCEEDED, seq, e.at());
            step.value(e.value(), false);
        } else if (entry instanceof Lapsed e) {
            step.outcome(StepLog.Status.SUCCEEDED, seq, e.at());
        } else {
            return false;
        }
        return true;
    }

    /** An entry after which a step is open, or as it was. */
    private void applyChange(StepLog step, LogEntry entry, long seq) {
        if (entry instanceof Opened e) {
            step.opened(e.at());
        } else if (entry instanceof AttemptFailed e) {
            step.attemptFailed(e.attempts(), e.nextDue(), e.failure(), e.at());
        } else if (entry instanceof Restarted e) {
            restart(step, e);
        } else if (entry instanceof TimerSet e) {
            step.deadline(e.deadline(), e.at());
        } else if (entry instanceof Asked e) {
            asked(step, e, seq);
        } else if (entry instanceof Remembered e) {
            step.remembered(e.value());
            remembering.add(step);
        } else if (entry instanceof Reopened) {
            step.reopened();
        }
    }

    private void asked(StepLog step, Asked question, long seq) {
        Asked before = step.asked();
        if (before == null) {
            questions.add(step);
        } else if (!before.id().equals(question.id())) {
            replaced.add(before.id());
        }
        step.asked(question, seq);
    }

    private void restart(StepLog step, Restarted entry) {
        step.openScope().restart(entry.dropped(), entry.advisoryFrom());
        if (step == root && step.done()) {
            root.drop();
        }
        step.restarted(entry.attempt());
    }

    /** Entries of a call place their step in its scope; the others are about a step that has its place. */
    private StepLog stepOf(LogEntry entry, long seq) {
        LogEntry.Call call = LogEntry.callOf(entry);
        if (call == null || entry.path().isEmpty()) {
            return find(entry.path());
        }
        ScopeLog scope = scope(StepPath.parent(entry.path()));
        String segment = StepPath.lastSegment(entry.path());
        StepLog before = scope.step(segment);
        if (entry instanceof CalledAgain) {
            StepLog again = scope.callAgain(segment, call.digest());
            if (again != before && before != null) {
                forget(before);
                recall(again);
            }
        } else if (scope.replace(segment) != null && before != null) {
            forget(before);
        }
        return scope.called(segment, call, seq);
    }

    /** Another call has taken the place of an advisory step: what was asked in it cannot be answered. */
    private void forget(StepLog gone) {
        Asked asked = gone.asked();
        if (asked != null) {
            replaced.add(asked.id());
            questions.remove(gone);
        }
        remembering.remove(gone);
        ScopeLog below = gone.scope();
        if (below != null) {
            below.steps().forEach(this::forget);
        }
    }

    private void recall(StepLog again) {
        Asked asked = again.asked();
        if (asked != null) {
            replaced.remove(asked.id());
            questions.add(again);
        }
        if (again.remembers()) {
            remembering.add(again);
        }
        ScopeLog below = again.scope();
        if (below != null) {
            below.steps().forEach(this::recall);
        }
    }

    /** The scope at this path, made if nothing is known of it yet. */
    public ScopeLog scope(String path) {
        return find(path).openScope();
    }

    /** The step with this path. */
    public StepLog find(String path) {
        StepLog step = root;
        int from = 0;
        while (from < path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            step = step.openScope().known(path.substring(from, to));
            from = to + 1;
        }
        return step;
    }

    /** The children that have completed and remember something. */
    public List<StepLog> remembered() {
        if (remembering.isEmpty()) {
            return List.of();
        }
        return remembering.stream().filter(StepLog::remembers).toList();
    }

    /**
     * The questions that wait for an answer, in the order of their calls: those of one scope as its code calls them, and
     * those of a scope below where that scope was called. When each was asked does not matter.
     */
    public List<StepLog> pendingQuestions() {
        return pending(false);
    }

    /** The breakpoints at which the run waits, in the order of their calls. */
    public List<StepLog> pendingBreakpoints() {
        return pending(true);
    }

    private List<StepLog> pending(boolean breakpoints) {
        List<StepLog> waiting = List.of();
        for (StepLog question : questions) {
            if (StepPath.isBreakpoint(question.path()) == breakpoints && isPending(question)) {
                waiting = waiting.isEmpty() ? new ArrayList<>(1) : waiting;
                waiting.add(question);
            }
        }
        return waiting.size() < 2 ? Collections.unmodifiableList(waiting) : inOrder(waiting);
    }

    private List<StepLog> inOrder(List<StepLog> called) {
        return called.stream()
                .map(question -> new Called(ordinals(question.path()), question))
                .sorted((a, b) -> Arrays.compare(a.ordinals(), b.ordinals()))
                .map(Called::question)
                .toList();
    }

    private record Called(int[] ordinals, StepLog question) {}

    /** The places of a step and of the scopes around it among the calls of their scopes, outermost first. */
    private int[] ordinals(String path) {
        int[] ordinals = new int[StepPath.depth(path)];
        StepLog step = root;
        int from = 0;
        for (int i = 0; i < ordinals.length; i++) {
            int slash = path.indexOf('/', from);
            step = step.openScope().known(path.substring(from, slash < 0 ? path.length() : slash));
            ordinals[i] = step.call().ordinal();
            from = slash + 1;
        }
        return ordinals;
    }

    /** Whether a question waits: it has no outcome, and no scope around it has one or was dropped. */
    public boolean isPending(StepLog question) {
        if (!question.pendingQuestion()) {
            return false;
        }
        for (String scope = StepPath.parent(question.path()); !scope.isEmpty(); scope = StepPath.parent(scope)) {
            StepLog around = find(scope);
            if (around.done() || around.dropped() || around.advisory()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a question with this id waits for its answer. */
    public boolean awaits(String id) {
        return question(id).filter(this::isPending).isPresent();
    }

    /** Whether its outcome came after the last pause. */
    public boolean isFresh(StepLog step) {
        return step.outcomeSeq() > lastPause;
    }

    /**
     * The first moment after this one at which something open is due; the greatest number for none. Of timers only these
     * count: another one, as the loser of a race, is open with nobody to wait for it. One of these that passed while its
     * scope was being unwound counts, too: the scope has not seen it, so the run is due at once.
     *
     * <p>Nobody knows what the scopes of steps that were left parked wait for, because they did not run. There every open timer counts
     * that is due later: then the step is not left parked any more, and its scope says what it waits for.
     */
    public long nextDue(long after, Set<String> awaitedTimers, Set<String> leftParked) {
        long[] next = {Long.MAX_VALUE};
        due(root, after, awaitedTimers, leftParked, false, next);
        return next[0];
    }

    private static void due(
            StepLog step, long after, Set<String> awaitedTimers, Set<String> leftParked, boolean isLeft, long[] next) {
        if (isTimer(step)) {
            boolean counts = awaitedTimers.contains(step.path()) && step.status() != StepLog.Status.CANCELLED
                    || isLeft && !step.done() && step.deadline() > after;
            if (counts && !step.dropped() && !step.advisory()) {
                next[0] = Math.min(next[0], step.done() ? after : step.deadline());
            }
            return;
        }
        if (step.done() || step.dropped() || step.advisory()) {
            return;
        }
        if (step.deadline() > after) {
            next[0] = Math.min(next[0], step.deadline());
        }
        ScopeLog below = step.scope();
        if (below != null) {
            boolean restsAsBefore = isLeft || leftParked.contains(step.path());
            below.steps().forEach(inner -> due(inner, after, awaitedTimers, leftParked, restsAsBefore, next));
        }
    }

    private static boolean isTimer(StepLog step) {
        return StepPath.isTimer(step.path());
    }

    /** The step of the question with this id, answered or not; empty where no question had this id last. */
    public Optional<StepLog> question(String id) {
        return questions.stream()
                .filter(q -> q.asked() != null && q.asked().id().equals(id))
                .findFirst();
    }

    /** Whether the question with this id was asked, and then asked with another content in its place. */
    public boolean isReplaced(String id) {
        return replaced.contains(id);
    }

    /**
     * Whether a step without an outcome came to rest at the last pause, and nothing has come since: no entry of it or
     * below it, be it an answer or what it did before a crash, and nothing due by now. Such a step need not run again.
     */
    public boolean stillParked(StepLog step, long now) {
        if (lastPause < 0 || step.restartDue() && step.deadline() == 0) {
            return false;
        }
        Waits waits = new Waits(now);
        waits.visit(step);
        return waits.open && !waits.fresh;
    }

    /** What the steps below one wait for. */
    private final class Waits {
        private final long now;
        private boolean open;
        private boolean fresh;

        Waits(long now) {
            this.now = now;
        }

        void visit(StepLog step) {
            if (step.advisory()) {
                return;
            }
            if (step.newestSeq() > lastPause) {
                fresh = true;
            }
            if (!step.done() && !step.dropped() && (step.deadline() > 0 || step.pendingQuestion())) {
                if (step.deadline() > 0 && step.deadline() <= now) {
                    fresh = true;
                } else {
                    open = true;
                }
            }
            ScopeLog below = step.scope();
            if (below != null && !step.done()) {
                for (StepLog inner : below.steps()) {
                    if (!fresh) {
                        visit(inner);
                    }
                }
            }
        }
    }

    /** Hands every step of which anything is known to the consumer, scopes before what is in them. */
    public void forEachStep(Consumer<StepLog> consumer) {
        forEach(root, consumer);
    }

    private static void forEach(StepLog step, Consumer<StepLog> consumer) {
        ScopeLog below = step.scope();
        if (below != null) {
            for (StepLog inner : below.steps()) {
                if (!inner.dropped()) {
                    consumer.accept(inner);
                }
                forEach(inner, consumer);
            }
        }
    }
}
