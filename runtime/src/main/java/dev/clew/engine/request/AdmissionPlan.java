package dev.clew.engine.request;

/** What is to be done with a request. A value: {@link AdmissionTable} decides it, {@code Admission} carries it out. */
public sealed interface AdmissionPlan {
    /** Read this fact and decide again. */
    record Look(Fact at) implements AdmissionPlan {}

    /** The facts that cost a read. */
    enum Fact {
        RUN,
        CHECKPOINT,
        INPUT,
        PAUSE
    }

    /** Open a new run. */
    record Open() implements AdmissionPlan {}

    /**
     * Resume the thread's newest run; a request to proceed passes the breakpoints at which it waits.
     *
     * @param left whether the run was left by an owner that is gone, so that the resumption counts as a claim
     */
    record Resume(boolean left) implements AdmissionPlan {}

    /**
     * Check the answers and resume the thread's newest run with them.
     *
     * @param left as of {@link Resume}
     * @param patient whether a caller with patience waits until its question is asked
     */
    record ResumeWithAnswers(boolean left, boolean patient) implements AdmissionPlan {}

    /** Give the answers to the owner of the run that is executing, and wait for that run. */
    record GiveAnswers() implements AdmissionPlan {}

    /** Wait for the named run, which is executing or parked. */
    record Follow() implements AdmissionPlan {}

    /** Complete the request with what is recorded; nothing runs. */
    record Report(Recorded what) implements AdmissionPlan {}

    /** What a request can be completed with. */
    enum Recorded {
        /** How the thread's newest run ended or paused. */
        NEWEST_RUN,
        /** How the named run ended, which the thread has replaced by a newer one. */
        REPLACED_RUN,
        /** The thread's value. */
        VALUE,
        /** The value of the named checkpoint. */
        CHECKPOINT
    }

    /** Refuse the request because the thread is busy; a caller with patience waits. */
    record Busy() implements AdmissionPlan {}

    /** Refuse the request. */
    record Refuse(Refusal why) implements AdmissionPlan {}

    /** Why a request is refused. */
    enum Refusal {
        NEVER_RAN,
        NEVER_RAN_SO_NO_CHECKPOINT,
        NOTHING_PENDING,
        QUESTIONS_PENDING,
        ANSWERS_UNUSED,
        CANCELLED,
        UNDONE,
        UNKNOWN_RUN,
        REPLACED_RUN,
        OTHER_INPUT,
        UNKNOWN_CHECKPOINT,
        OLD_CHECKPOINT
    }
}
