package dev.clew.engine.admission;

import dev.clew.engine.request.AdmissionPlan.Refusal;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.Request;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.state.ThreadStatus;
import dev.clew.value.ClewException;

/** Says why a request is refused, and what its caller can do. */
public final class Refusals {
    private final Ticket<?> ticket;
    private final AdmissionReading read;
    private final String thread;

    Refusals(Ticket<?> ticket, AdmissionReading read) {
        this.ticket = ticket;
        this.read = read;
        this.thread = "thread '" + ticket.threadId() + "'";
    }

    /** A client continues nothing either: a request that only waits for a run is no reason to execute it. */
    public static void requireExecutes(EngineSettings settings, String workflow, Request request) {
        if (settings.executes() || request instanceof Request.Wake) {
            return;
        }
        String instead = request instanceof Request.Input
                ? "use enqueue(input, config), and a worker executes it"
                : request instanceof Request.Proceed
                        ? "Command.proceed() is for a graph that has the workflow's code"
                        : request instanceof Request.Undo
                                ? "use enqueue(Command.undo(), config), and a graph that has the workflow's code undoes the run"
                                : "use enqueue(answers, config), and a worker continues the run";
        throw new RequestRefusedException(
                "workflow '" + workflow + "' is a client's, which executes nothing: " + instead);
    }

    ClewException of(Refusal why) {
        return switch (why) {
            case NEVER_RAN ->
                refused(
                        Reason.NEVER_RAN,
                        thread + " never ran, so there is nothing to continue; invoke it with an input");
            case NEVER_RAN_SO_NO_CHECKPOINT ->
                refused(Reason.NEVER_RAN, thread + " never ran, so it has no checkpoint '" + checkpoint() + "'");
            case NOTHING_PENDING -> Answers.nothingPending(ticket.threadId(), whyNothingIsPending());
            case QUESTIONS_PENDING -> questionsPending();
            case ANSWERS_UNUSED -> answersUnused();
            case CANCELLED ->
                refused(
                        Reason.CANCELLED,
                        "the last run of " + thread
                                + " was cancelled and cannot be continued; a new input starts a new run");
            case UNDONE ->
                refused(
                        Reason.UNDONE,
                        "what the last run of " + thread
                                + " had done was undone, so it cannot be continued; a new input starts a new run");
            case UNKNOWN_RUN -> refused(Reason.UNKNOWN, thread + " has no run '" + read.runId() + "' to continue");
            case REPLACED_RUN -> replaced(ticket, read.runId());
            case OTHER_INPUT ->
                refused(
                        Reason.OTHER_INPUT,
                        "run '" + read.runId() + "' of " + thread
                                + " was opened with another input; a run id stands for one input, use a new one");
            case UNKNOWN_CHECKPOINT -> unknownCheckpoint(ticket, checkpoint());
            case OLD_CHECKPOINT ->
                refused(
                        Reason.REPLACED,
                        "checkpoint '" + checkpoint() + "' is not the newest of " + thread
                                + "; fork it, then proceed with what fork returns");
        };
    }

    static RequestRefusedException replaced(Ticket<?> ticket, String runId) {
        return refused(
                Reason.REPLACED, "run '" + runId + "' is no longer the newest of thread '" + ticket.threadId() + "'");
    }

    static RequestRefusedException unknownCheckpoint(Ticket<?> ticket, String id) {
        return refused(
                Reason.UNKNOWN,
                "thread '" + ticket.threadId() + "' has no checkpoint '" + id + "'; history(thread) lists them");
    }

    private static RequestRefusedException refused(Reason reason, String message) {
        return new RequestRefusedException(reason, message);
    }

    private String checkpoint() {
        return ticket.config().checkpoint().orElse("");
    }

    private String whyNothingIsPending() {
        ThreadStatus status = read.facts().status().orElse(null);
        if (status == null) {
            return "the thread never ran";
        }
        return switch (status) {
            case CANCELLED -> "its run was cancelled";
            case UNDONE -> "what its run had done was undone";
            case IDLE -> "its last run is finished";
            default -> "its run is " + status + "; Command.proceed() goes on";
        };
    }

    private RequestRefusedException questionsPending() {
        return refused(
                Reason.INTERRUPTED,
                where() + "waits for answers, so it takes no new input; pending: " + pending()
                        + "; either answer with invoke(Command.resume(id, answer), config), or drop the questions and "
                        + abandon());
    }

    private RequestRefusedException answersUnused() {
        return refused(
                Reason.INTERRUPTED,
                where() + "has answers that its run has not continued with, so it takes no new input; still pending: "
                        + pending()
                        + "; either continue with invoke(Command.proceed(), config), or drop the answers and "
                        + abandon());
    }

    private String where() {
        return thread + ", workflow '" + ticket.spec().name() + "' ";
    }

    private String pending() {
        return read.thread() == null
                ? "[]"
                : Answers.describe(ticket.load(read.thread()).pending());
    }

    private static String abandon() {
        return "start a new run with config.whenInterrupted(WhenInterrupted.ABANDON)";
    }
}
