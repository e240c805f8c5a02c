package dev.clew.stream;

import org.jspecify.annotations.Nullable;

/**
 * Hears what all runs of a graph tell while this process executes them, whoever started them: for servers and dashboards.
 * It never slows a run: it is called on the run's threads and must return at once. What it throws is logged, and cannot fail
 * a run.
 *
 * <pre>{@code
 * AutoCloseable tapped = graph.tap((workflow, threadId, runId) -> new Printing(threadId));
 * }</pre>
 *
 * @see dev.clew.Graph#tap(RunTap)
 */
@FunctionalInterface
public interface RunTap {
    /**
     * A run begins or continues here.
     *
     * @return who hears it until it rests; null for nobody
     */
    @Nullable
    Ear begins(String workflow, String threadId, String runId);

    /**
     * Hears one run, from where it begins or continues until it rests. Steps may tell events at the same time, so its
     * methods must be thread-safe.
     *
     * <pre>{@code
     * final class Printing implements RunTap.Ear {
     *   public boolean wants(StreamMode mode) {
     *     return mode == StreamMode.CUSTOM;
     *   }
     *   public void heard(StreamEvent event) {
     *     System.out.println(event);
     *   }
     *   public void rested() {}
     * }
     * }</pre>
     */
    interface Ear {
        /** Whether it wants events of this mode, which are not even made otherwise. Asked for each event: it must be quick. */
        boolean wants(StreamMode mode);

        /** The run tells this. */
        void heard(StreamEvent event);

        /** The run rests, or this process left it: what it recorded is stored, and nothing more comes. */
        void rested();
    }
}
