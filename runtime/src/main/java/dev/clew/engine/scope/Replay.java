package dev.clew.engine.scope;

import dev.clew.engine.core.Match;
import dev.clew.engine.format.ArgumentDifference;
import dev.clew.engine.log.ArgumentFormat.Kept;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.run.CalledWith;
import dev.clew.engine.run.Journal;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Step;
import dev.clew.flow.NonDeterminismException;
import dev.clew.state.StepKind;
import dev.clew.value.ClewException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Matches one scope attempt's calls with what the log has of its scope. */
final class Replay {
    private final Session session;
    private final Frame frame;
    private final String path;
    private final ScopeLog log;
    private final int frameId;
    private Map<String, Boolean> patches = Map.of();

    Replay(Session session, Frame frame, String path) {
        this.session = session;
        this.frame = frame;
        this.path = path;
        this.log = session.lockedGet(() -> session.journal().log().scope(path));
        this.frameId = frame.id();
    }

    ScopeLog log() {
        return log;
    }

    /**
     * What is recorded of a call, or null. A dropped failure counts as not recorded, but what is below it stays.
     *
     * @throws NonDeterminismException if something else is recorded
     */
    @Nullable
    StepLog recorded(Match match, String segment, Step.Call call, @Nullable Object[] values, int mark) {
        Predicate<StepLog> same =
                step -> session.values().matches(step.call().digest(), call.arguments(), call.spec(), values);
        if (match instanceof Match.Advisory advisory) {
            StepLog taken = again(advisory.steps(), step -> fits(step) && same.test(step), call.ordinal(), mark);
            if (taken == null) {
                requireWithoutEffect(advisory.steps());
            }
            return taken;
        }
        StepLog found = placed(match, segment, call.ordinal());
        if (found == null || found.dropped()) {
            if (call.spec().isOnce()) {
                requireNoEffectIsLeft();
            }
            return found;
        }
        session.locked(() -> found.reach(frameId));
        if (found.call().digest().length > 0 && !same.test(found)) {
            differs(
                    "step '" + StepPath.child(path, segment) + "' was recorded with other arguments"
                            + comparison(found.call().signature(), call.spec().signature())
                            + difference(found, call),
                    found);
        }
        return found;
    }

    /** The recorded step of a call that is none of a failed attempt. */
    private @Nullable StepLog placed(Match match, String segment, int ordinal) {
        if (match instanceof Match.Recorded recorded) {
            return recorded.step();
        } else if (match instanceof Match.Compare compare) {
            return compare.step();
        } else if (match instanceof Match.Moved moved) {
            differs(
                    "step '" + StepPath.child(path, segment) + "' was recorded as call "
                            + (moved.step().call().ordinal() + 1) + " of its scope, and is now call " + (ordinal + 1),
                    moved.step());
            return moved.step();
        } else if (match instanceof Match.Instead instead) {
            differs(
                    "call " + (ordinal + 1) + " of the scope was recorded as '"
                            + instead.other().path() + "'" + explained(instead.other()) + ", and the code now calls '"
                            + StepPath.child(path, segment) + "'",
                    instead.other());
            return instead.forgotten();
        } else if (match instanceof Match.Fresh fresh) {
            return fresh.forgotten();
        }
        throw new IllegalStateException("step '" + path + "' cannot be " + match);
    }

    /** Takes the first advisory step that a call fits, or none. Only this scope's thread changes which steps are advisory. */
    private @Nullable StepLog again(List<StepLog> advisory, Predicate<StepLog> fits, int ordinal, int mark) {
        StepLog taken = advisory.stream().filter(fits).findFirst().orElse(null);
        return taken == null ? null : takeAgain(taken, ordinal, mark);
    }

    /** Says of two calls with other arguments whether their parameters differ, or only the values. */
    private static String comparison(String recorded, String called) {
        if (recorded.equals(called)) {
            return " than the code now calls it with; its parameters are the same, (" + called
                    + "), so only their values differ";
        }
        return (recorded.isEmpty() ? "" : " (" + recorded + ")") + " than the code now calls it with (" + called + ")";
    }

    private String difference(StepLog recorded, Step.Call call) {
        try {
            List<Kept> kept = recordedArguments(recorded);
            return kept.isEmpty()
                    ? ""
                    : ": " + differences().between(kept, CalledWith.of(call.spec(), call.arguments()));
        } catch (ClewException unreadable) {
            return "; what it was recorded with cannot be read: " + unreadable.getMessage();
        }
    }

    private ArgumentDifference differences() {
        return new ArgumentDifference(session.values().codec());
    }

    private List<Kept> recordedArguments(StepLog step) {
        return CalledWith.recorded(step, session.values().codec(), session.threadId(), session.runId());
    }

    /**
     * Makes a step that an abandoned attempt left running this attempt's; false where it has its outcome by now, so that
     * the log tells.
     */
    boolean adopts(Step running, Step.Call call) {
        if (session.lockedGet(running::isPlaced)) {
            return false;
        }
        StepLog known = session.lockedGet(() -> log.step(StepPath.lastSegment(call.path())));
        if (!running.arguments().sameAs(call.arguments())) {
            differs(
                    "step '" + call.path()
                            + "' still runs for an attempt that was abandoned, which had called it with other arguments: "
                            + differences()
                                    .between(
                                            CalledWith.of(running.spec(), running.arguments()),
                                            CalledWith.of(call.spec(), call.arguments())),
                    known);
        } else if (running.ordinal() != call.ordinal()) {
            differs(
                    "step '" + call.path()
                            + "' still runs for an attempt that was abandoned, which had called it as call "
                            + (running.ordinal() + 1) + " of its scope; it is now call " + (call.ordinal() + 1),
                    known);
        }
        return session.lockedGet(() -> {
            if (running.isPlaced()) {
                return false;
            }
            running.callerId = frameId;
            if (known != null) {
                known.reach(frameId);
            }
            return true;
        });
    }

    /** Whether a call may take what is recorded of an advisory step: an end that its scope brought about does not count. */
    private static boolean fits(StepLog advisory) {
        return advisory.call().digest().length > 0
                && advisory.status() != StepLog.Status.CANCELLED
                && !StepPath.isJoinLimit(advisory.path());
    }

    /** The call has its place in the log before anything is built on it, so a crash does not change what it took. */
    private StepLog takeAgain(StepLog advisory, int ordinal, int mark) {
        StepLog taken = session.lockedGet(() -> {
            LogEntry.Call call = frame.call(ordinal, advisory.call().digest(), mark);
            StepLog step = session.journal()
                    .place(new LogEntry.CalledAgain(
                            advisory.path(), session.time().micros(), call))
                    .step();
            step.reach(frameId);
            return step;
        });
        session.journal().requireWritten();
        return taken;
    }

    /** What is recorded of a question, whose content the asker compares; of an advisory one only if it is the same. */
    @Nullable
    StepLog question(String segment, int ordinal, byte[] digest, int mark, Predicate<StepLog> same) {
        Match match = session.lockedGet(() -> Match.of(log, segment, ordinal, digest));
        if (match instanceof Match.Advisory advisory) {
            return again(advisory.steps(), same, ordinal, mark);
        }
        StepLog found = placed(match, segment, ordinal);
        if (found != null) {
            session.locked(() -> found.reach(frameId));
        }
        return found;
    }

    /** An answered question is asked again with other content. */
    boolean otherContent(StepLog answered, String contents) {
        differs("question '" + answered.path() + "' was answered, and the code now asks it with other content: "
                + contents);
        return true;
    }

    private String explained(StepLog step) {
        String signature = step.call().signature();
        return (signature.isEmpty() ? "" : " (" + signature + ")") + calledWith(step);
    }

    private String calledWith(StepLog step) {
        try {
            List<Kept> kept = recordedArguments(step);
            return kept.isEmpty() ? "" : " called with " + differences().shown(kept);
        } catch (ClewException unreadable) {
            return " called with what cannot be read: " + unreadable.getMessage();
        }
    }

    /** The scope returned: every recorded step must have been called. */
    void requireNothingLeft() {
        // What undoes a run calls nothing of what the body did.
        boolean isUndo = path.isEmpty() && session.undoes();
        List<StepLog> left = session.lockedGet(() -> {
            List<StepLog> uncalled = new ArrayList<>(0);
            for (StepLog step : log.steps()) {
                boolean isCalled = step.dropped() || step.reached(frameId);
                if (!isCalled && (!step.advisory() || !isUndo && hasEffect(step))) {
                    uncalled.add(step);
                }
            }
            return uncalled;
        });
        for (StepLog step : left) {
            differs(
                    "step '" + step.path() + "' was recorded" + explained(step)
                            + ", and the code returned without calling it",
                    step);
        }
    }

    /** Another call is about to take the place of these, which a failed attempt made. */
    private void requireWithoutEffect(List<StepLog> advisory) {
        for (StepLog step : advisory) {
            if (session.lockedGet(() -> hasEffect(step))) {
                differs(
                        "a failed attempt of the scope called step '" + step.path() + "'" + explained(step)
                                + ", and the code now calls it with something else",
                        step);
            }
        }
    }

    /** Something that must not happen twice is about to begin: it may be in the place of what a failed attempt has called. */
    private void requireNoEffectIsLeft() {
        requireWithoutEffect(session.lockedGet(() -> log.steps().stream()
                .filter(step -> step.advisory() && !step.reached(frameId))
                .toList()));
    }

    private static boolean hasEffect(StepLog step) {
        return step.effects().findAny().isPresent();
    }

    boolean patched(String id, int position) {
        Boolean before = patches.get(id);
        if (before != null) {
            return before;
        }
        boolean answer = session.lockedGet(() -> log.patched(id) || log.end() <= position);
        if (answer && !session.lockedGet(() -> log.patched(id))) {
            String segment = StepPath.segment(StepKind.PATCH, id, 1);
            Journal.Placed placed = session.journal()
                    .append(new LogEntry.Patched(
                            StepPath.child(path, segment), session.time().micros(), position));
            session.journal().await(placed);
        }
        patches = patches.isEmpty() ? new HashMap<>() : patches;
        patches.put(id, answer);
        return answer;
    }

    /** What differs from a step whose effect must not happen twice blocks the run, whatever the graph says of mismatches. */
    private void differs(String what, @Nullable StepLog from) {
        if (from != null && session.lockedGet(() -> hasEffect(from))) {
            throw new NonDeterminismException(what + ", in " + session.where()
                    + ". Its effect must not happen twice, so nothing takes its place. Guard the change of the code with"
                    + " run.patched(id); then Command.proceed() goes on with everything that is recorded.");
        }
        differs(what);
    }

    private void differs(String what) {
        String message = what + ", in " + session.where()
                + ". The usual causes: a deploy changed the code under a parked thread (guard the change with run.patched(id)),"
                + " or the scope's code depends on the clock, randomness, iteration order or mutable state (put that into a leaf"
                + " task). After a fix, Command.proceed() goes on with everything that is recorded.";
        if (session.warnOnly()) {
            session.activation().workflow().mismatches().warn(message);
            return;
        }
        throw new NonDeterminismException(message);
    }
}
