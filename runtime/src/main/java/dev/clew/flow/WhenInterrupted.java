package dev.clew.flow;

/**
 * What a new input does on a thread whose run waits for answers.
 *
 * <pre>{@code
 * RunConfig.thread("essay-1").whenInterrupted(WhenInterrupted.ABANDON)
 * }</pre>
 */
public enum WhenInterrupted {
    /** Opens a new run, as LangGraph does. The old run stays in history and its questions are withdrawn. */
    ABANDON,
    /**
     * Refuses the input with {@link RequestRefusedException.Reason#INTERRUPTED}; the message lists what is pending. The
     * default of {@code invoke}: a question, or an answer that was given, is never lost without a word.
     *
     * <p>A run that is enqueued waits by default. With this option {@code enqueue} refuses it if the thread's run is interrupted,
     * blocked or stuck then, and its status is {@code REFUSED} if that is so at its turn. What is delayed is judged at its turn alone.
     */
    REJECT
}
