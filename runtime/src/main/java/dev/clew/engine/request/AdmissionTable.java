package dev.clew.engine.request;

import dev.clew.engine.request.AdmissionFacts.Alarm;
import dev.clew.engine.request.AdmissionFacts.NamedCheckpoint;
import dev.clew.engine.request.AdmissionFacts.NamedRun;
import dev.clew.engine.request.AdmissionFacts.Wish;
import dev.clew.engine.request.AdmissionPlan.Fact;
import dev.clew.engine.request.AdmissionPlan.Recorded;
import dev.clew.engine.request.AdmissionPlan.Refusal;
import dev.clew.state.ThreadStatus;

/** Decides what a request means for a thread as it is. A pure function; {@code AdmissionTableTest} shows it as a table. */
public final class AdmissionTable {
    private AdmissionTable() {}

    public static AdmissionPlan plan(AdmissionFacts facts) {
        if (facts.status().isEmpty()) {
            return neverRan(facts);
        }
        ThreadStatus status = facts.status().get();
        return switch (facts.request()) {
            case WAKE -> facts.run() == NamedRun.UNREAD ? look(Fact.RUN) : wake(facts, status);
            case INPUT -> input(facts, status);
            case PROCEED, ANSWERS -> commandOfNamedRun(facts, status);
        };
    }

    private static AdmissionPlan neverRan(AdmissionFacts facts) {
        return switch (facts.request()) {
            case INPUT ->
                facts.checkpoint() == NamedCheckpoint.NONE
                        ? new AdmissionPlan.Open()
                        : refuse(Refusal.NEVER_RAN_SO_NO_CHECKPOINT);
            case PROCEED, WAKE -> refuse(Refusal.NEVER_RAN);
            case ANSWERS -> refuse(Refusal.NOTHING_PENDING);
        };
    }

    private static AdmissionPlan wake(AdmissionFacts facts, ThreadStatus status) {
        if (facts.run() != NamedRun.NEWEST) {
            return report(Recorded.REPLACED_RUN);
        }
        if (facts.isWorkers()) {
            return new AdmissionPlan.Follow();
        }
        if (isLeft(status)) {
            return new AdmissionPlan.Resume(true);
        }
        boolean parked = status == ThreadStatus.SLEEPING || status == ThreadStatus.INTERRUPTED;
        return parked && facts.alarm() != Alarm.NONE ? new AdmissionPlan.Resume(false) : new AdmissionPlan.Follow();
    }

    /** Whether its run can continue at once, although no process executes it. */
    private static boolean isLeft(ThreadStatus status) {
        return status == ThreadStatus.CRASHED || status == ThreadStatus.ANSWERED;
    }

    // --- an input ---

    private static AdmissionPlan input(AdmissionFacts facts, ThreadStatus status) {
        return switch (facts.run()) {
            case UNREAD -> look(Fact.RUN);
            case NONE, ABSENT -> newRun(facts, status);
            case HERE, NEWEST, REPLACED ->
                switch (facts.input()) {
                    case UNREAD -> look(Fact.INPUT);
                    case OTHER -> refuse(Refusal.OTHER_INPUT);
                    case SAME -> again(facts, status);
                };
        };
    }

    private static AdmissionPlan newRun(AdmissionFacts facts, ThreadStatus status) {
        return switch (status) {
            case RUNNING, UNDOING, SLEEPING -> new AdmissionPlan.Busy();
            case INTERRUPTED -> facts.abandons() ? new AdmissionPlan.Open() : newRunAtPause(facts);
            case ANSWERED -> facts.abandons() ? new AdmissionPlan.Open() : refuse(Refusal.ANSWERS_UNUSED);
            case IDLE, FAILED, CRASHED, BLOCKED, STUCK, CANCELLED, UNDONE -> new AdmissionPlan.Open();
        };
    }

    /** A new input drops what a caller has to proceed for, and nothing that a person was asked. */
    private static AdmissionPlan newRunAtPause(AdmissionFacts facts) {
        return switch (facts.pause()) {
            case UNREAD -> look(Fact.PAUSE);
            case BREAKPOINT, EDITED -> new AdmissionPlan.Open();
            case QUESTIONS, BOTH -> refuse(Refusal.QUESTIONS_PENDING);
        };
    }

    /** The same run id once more, with the same input. */
    private static AdmissionPlan again(AdmissionFacts facts, ThreadStatus status) {
        if (facts.run() == NamedRun.HERE) {
            return new AdmissionPlan.Follow();
        }
        if (facts.run() == NamedRun.REPLACED) {
            return report(Recorded.REPLACED_RUN);
        }
        return switch (status) {
            case RUNNING, UNDOING, SLEEPING -> new AdmissionPlan.Follow();
            case CRASHED, ANSWERED -> facts.isWorkers() ? new AdmissionPlan.Follow() : new AdmissionPlan.Resume(true);
            case INTERRUPTED -> facts.isWorkers() ? report(Recorded.NEWEST_RUN) : resumeIfDue(facts);
            case IDLE, FAILED, BLOCKED, STUCK, CANCELLED, UNDONE -> report(Recorded.NEWEST_RUN);
        };
    }

    /** A paused run continues without an answer once a deadline of its questions has passed. */
    private static AdmissionPlan resumeIfDue(AdmissionFacts facts) {
        return facts.alarm() == Alarm.DUE ? new AdmissionPlan.Resume(false) : report(Recorded.NEWEST_RUN);
    }

    // --- commands ---

    private static AdmissionPlan commandOfNamedRun(AdmissionFacts facts, ThreadStatus status) {
        return switch (facts.run()) {
            case UNREAD -> look(Fact.RUN);
            case ABSENT -> refuse(Refusal.UNKNOWN_RUN);
            case REPLACED -> refuse(Refusal.REPLACED_RUN);
            case NONE, HERE, NEWEST -> commandAtNamedCheckpoint(facts, status);
        };
    }

    /** An older checkpoint that is completed has its value; any other one must be forked first. */
    private static AdmissionPlan commandAtNamedCheckpoint(AdmissionFacts facts, ThreadStatus status) {
        boolean proceed = facts.request() == Wish.PROCEED;
        return switch (facts.checkpoint()) {
            case UNREAD -> look(Fact.CHECKPOINT);
            case ABSENT -> refuse(Refusal.UNKNOWN_CHECKPOINT);
            case COMPLETED -> proceed ? report(Recorded.CHECKPOINT) : refuse(Refusal.OLD_CHECKPOINT);
            case UNFINISHED -> refuse(Refusal.OLD_CHECKPOINT);
            case NONE, NEWEST -> proceed ? proceed(facts, status) : answers(status);
        };
    }

    private static AdmissionPlan proceed(AdmissionFacts facts, ThreadStatus status) {
        return switch (status) {
            case RUNNING, UNDOING, SLEEPING -> new AdmissionPlan.Busy();
            case INTERRUPTED -> proceedFromPause(facts);
            case CRASHED, ANSWERED -> new AdmissionPlan.Resume(true);
            case FAILED, BLOCKED, STUCK -> new AdmissionPlan.Resume(false);
            case CANCELLED -> refuse(Refusal.CANCELLED);
            case UNDONE -> refuse(Refusal.UNDONE);
            case IDLE -> report(Recorded.VALUE);
        };
    }

    private static AdmissionPlan proceedFromPause(AdmissionFacts facts) {
        return switch (facts.pause()) {
            case UNREAD -> look(Fact.PAUSE);
            case BREAKPOINT, BOTH, EDITED -> new AdmissionPlan.Resume(false);
            case QUESTIONS -> resumeIfDue(facts);
        };
    }

    private static AdmissionPlan answers(ThreadStatus status) {
        return switch (status) {
            case RUNNING, UNDOING -> new AdmissionPlan.GiveAnswers();
            case SLEEPING -> new AdmissionPlan.ResumeWithAnswers(false, true);
            case INTERRUPTED -> new AdmissionPlan.ResumeWithAnswers(false, false);
            case CRASHED, ANSWERED -> new AdmissionPlan.ResumeWithAnswers(true, false);
            case FAILED, BLOCKED, STUCK, CANCELLED, UNDONE, IDLE -> refuse(Refusal.NOTHING_PENDING);
        };
    }

    private static AdmissionPlan look(Fact at) {
        return new AdmissionPlan.Look(at);
    }

    private static AdmissionPlan report(Recorded what) {
        return new AdmissionPlan.Report(what);
    }

    private static AdmissionPlan refuse(Refusal why) {
        return new AdmissionPlan.Refuse(why);
    }
}
