package dev.clew.flow;

/**
 * What a new input does on a thread whose run waits for answers.
 *
 * <pre>{@code
 * RunConfig.thread("essay-1").whenInterrupted(WhenInterrupted.REJECT)
 * }</pre>
 */
public enum WhenInterrupted {
    /** Opens a new run; the old one stays in history, its questions are withdrawn. As LangGraph does; the default. */
    ABANDON,
    /** Refuses the input and lists what is pending. */
    REJECT
}
