package dev.clew.queue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The hints that workers of this process want when requests become READY, for {@link RunQueue#onReady} of a store.
 * Thread-safe; hints run on the thread that publishes, so no lock of the store may be held then.
 *
 * <pre>{@code
 * public AutoCloseable onReady(String queue, Runnable hint) {
 *   return hints.add(queue, hint);
 * }
 * }</pre>
 */
public final class ReadyHints {
    private final List<Hint> hints = new CopyOnWriteArrayList<>();

    private record Hint(String queue, Runnable action) {}

    /** No hints yet. */
    public ReadyHints() {}

    /**
     * Adds a hint for a queue.
     *
     * @return what removes it
     */
    public AutoCloseable add(String queue, Runnable hint) {
        Hint added = new Hint(queue, hint);
        hints.add(added);
        return () -> hints.remove(added);
    }

    /** Runs the hints of these queues. */
    public void publish(Set<String> queues) {
        hints.stream()
                .filter(hint -> queues.contains(hint.queue()))
                .forEach(hint -> hint.action().run());
    }

    /** Runs all hints, if it is not known which queues have READY requests now. */
    public void publishAll() {
        hints.forEach(hint -> hint.action().run());
    }
}
