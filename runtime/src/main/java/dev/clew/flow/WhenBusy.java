package dev.clew.flow;

import java.time.Duration;

/**
 * What an invocation does when its thread is owned by another one. LangGraph calls it the multitask strategy.
 *
 * <pre>{@code
 * RunConfig.thread("essay-1").whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(10)))
 * }</pre>
 *
 * @param patience how long to wait; zero and less reject at once, a span that no clock reaches waits for ever
 * @param policy what it does about the thread's run
 */
public record WhenBusy(Duration patience, Policy policy) {
    /** What an invocation does about the run that its thread has. */
    public enum Policy {
        /** It waits as long as its patience lasts. */
        WAIT,
        /** It waits in the thread's line, however long. */
        ENQUEUE,
        /** It cancels that run, and what waits in the line. */
        INTERRUPT,
        /** As INTERRUPT, and the thread goes back to where it was before that run. */
        ROLLBACK
    }

    /** Throws {@link ThreadBusyException} at once: the default. */
    public static WhenBusy reject() {
        return new WhenBusy(Duration.ZERO, Policy.WAIT);
    }

    /** Waits in the thread's line: the default of {@link Workflow#enqueue(Object, RunConfig)}, and of that alone. */
    public static WhenBusy enqueue() {
        return new WhenBusy(Duration.ZERO, Policy.ENQUEUE);
    }

    /** Waits for the thread to be free, then throws {@link ThreadBusyException}. */
    public static WhenBusy waitUpTo(Duration patience) {
        return new WhenBusy(patience, Policy.WAIT);
    }

    /**
     * Cancels the thread's run and all requests in its line, and is opened as soon as that run has ended; for {@link
     * Workflow#enqueue(Object, RunConfig)} alone. What the run has saved stays in the thread's history. Delayed requests stay
     * until they are due. It is decided as one: of two such calls the later one cancels the other.
     */
    public static WhenBusy interrupt() {
        return new WhenBusy(Duration.ZERO, Policy.INTERRUPT);
    }

    /**
     * As {@link #interrupt()}; and if that run ends cancelled, its log and checkpoints are deleted as the new run is opened,
     * which begins where the cancelled one began. Its id stays used, and its status is CANCELLED. What it did in the world,
     * in a store or in a cache stays. If other runs or edits continue from its checkpoints, nothing of it is deleted.
     */
    public static WhenBusy rollback() {
        return new WhenBusy(Duration.ZERO, Policy.ROLLBACK);
    }
}
