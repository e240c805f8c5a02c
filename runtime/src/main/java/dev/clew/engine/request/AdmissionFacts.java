package dev.clew.engine.request;

import dev.clew.state.ThreadStatus;
import java.util.Optional;

/**
 * What the decision on a request rests on. Facts that cost a read are UNREAD until the table asks for them.
 *
 * @param status what the thread is doing; empty if it never ran
 * @param request what is wanted
 * @param run the run that the configuration names, or that is to be woken
 * @param checkpoint the checkpoint that the configuration names
 * @param input whether the input is the one that the named run was opened with; UNREAD for all other requests
 * @param abandons whether the caller allows to drop what an interrupted run asks
 * @param alarm when the thread's run is due by itself
 * @param pause what an interrupted run waits for
 * @param isWorkers whether others alone continue the thread's newest run: it is in a queue, and this is not the worker that took it, or
 *     this is a client
 */
public record AdmissionFacts(
        Optional<ThreadStatus> status,
        Wish request,
        NamedRun run,
        NamedCheckpoint checkpoint,
        SentInput input,
        boolean abandons,
        Alarm alarm,
        Pause pause,
        boolean isWorkers) {
    /** The kinds of requests. */
    public enum Wish {
        INPUT,
        PROCEED,
        ANSWERS,
        /** The engine itself wants to resume a run that is due or that was left behind. */
        WAKE
    }

    /** What is known of the run that a request names. */
    public enum NamedRun {
        /** None is named. */
        NONE,
        UNREAD,
        /** This graph executes it; in EXIT mode it is not stored yet. */
        HERE,
        /** The thread's newest run. */
        NEWEST,
        /** The thread has a newer run. */
        REPLACED,
        /** Neither stored nor executed here. */
        ABSENT
    }

    /** What is known of the checkpoint that a request names. */
    public enum NamedCheckpoint {
        /** None is named. */
        NONE,
        UNREAD,
        /** The thread's newest, or one that the thread's newest run began with. */
        NEWEST,
        /** An older one with which a run completed. */
        COMPLETED,
        /** An older one with which a run began. */
        UNFINISHED,
        ABSENT
    }

    /** Whether a run id comes with the input that it stands for. */
    public enum SentInput {
        UNREAD,
        SAME,
        OTHER
    }

    /** When a parked run is due by itself. */
    public enum Alarm {
        NONE,
        LATER,
        DUE
    }

    /** What an interrupted run waits for. */
    public enum Pause {
        UNREAD,
        /** Answers alone. */
        QUESTIONS,
        /** A caller that proceeds. */
        BREAKPOINT,
        /** Answers, and a caller that proceeds. */
        BOTH,
        /** A caller that proceeds, because an edit by hand opened it at this place. */
        EDITED
    }

    public AdmissionFacts with(NamedRun found) {
        return new AdmissionFacts(status, request, found, checkpoint, input, abandons, alarm, pause, isWorkers);
    }

    public AdmissionFacts with(NamedCheckpoint found) {
        return new AdmissionFacts(status, request, run, found, input, abandons, alarm, pause, isWorkers);
    }

    public AdmissionFacts with(SentInput found) {
        return new AdmissionFacts(status, request, run, checkpoint, found, abandons, alarm, pause, isWorkers);
    }

    public AdmissionFacts with(Pause found) {
        return new AdmissionFacts(status, request, run, checkpoint, input, abandons, alarm, found, isWorkers);
    }
}
