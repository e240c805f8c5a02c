package dev.clew.flow;

import java.time.Duration;

/**
 * What an invocation does when its thread is owned by another one.
 *
 * <pre>{@code
 * RunConfig.thread("essay-1").whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(10)))
 * }</pre>
 *
 * @param patience how long to wait; zero and less reject at once, a span that no clock reaches waits for ever
 * @param inLine whether it waits in the thread's line, however long, as a run in a queue does
 */
public record WhenBusy(Duration patience, boolean inLine) {

    /** Throws {@link ThreadBusyException} at once: the default. */
    public static WhenBusy reject() {
        return new WhenBusy(Duration.ZERO, false);
    }

    /** Waits in the thread's line: the default of {@link Workflow#enqueue(Object, RunConfig)}, and of that alone. */
    public static WhenBusy enqueue() {
        return new WhenBusy(Duration.ZERO, true);
    }

    /** Waits for the thread to be free, then throws {@link ThreadBusyException}. */
    public static WhenBusy waitUpTo(Duration patience) {
        return new WhenBusy(patience, false);
    }
}
