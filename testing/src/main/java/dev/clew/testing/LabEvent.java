package dev.clew.testing;

/**
 * Something that a run did, as {@link dev.clew.flow.RunListener} tells it.
 *
 * <pre>{@code
 * assertThat(lab.events()).extracting(LabEvent::kind).contains(LabEvent.Kind.RUN_SLEEPING);
 * }</pre>
 *
 * @param kind what happened
 * @param workflow the workflow's stored name
 * @param threadId whose run it is
 * @param runId which run
 * @param step the step's name; empty where the event is about the run
 * @param path the step's path; empty where the event is about the run
 * @param attempt which attempt, counted from 1; 0 where there was none
 * @param detail more about it, for people
 */
public record LabEvent(
        Kind kind,
        String workflow,
        String threadId,
        String runId,
        String step,
        String path,
        int attempt,
        String detail) {
    /** What happened. */
    public enum Kind {
        RUN_STARTED,
        RUN_RESUMED,
        RUN_INTERRUPTED,
        RUN_SLEEPING,
        RUN_COMPLETED,
        RUN_FAILED,
        RUN_CANCELLED,
        /** An attempt of a step executes. */
        STEP_STARTED,
        /** A step's recorded outcome was used in the place of running it. */
        STEP_REPLAYED,
        /** A step's result came from the task cache. */
        STEP_CACHED,
        STEP_SUCCEEDED,
        STEP_RETRIED,
        STEP_FAILED,
        QUESTION_ASKED
    }

    @Override
    public String toString() {
        String what = kind + (path.isEmpty() ? "" : " " + path) + (attempt == 0 ? "" : " attempt " + attempt);
        return what + " on thread '" + threadId + "'" + (detail.isEmpty() ? "" : ": " + detail);
    }
}
