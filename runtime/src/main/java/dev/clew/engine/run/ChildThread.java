package dev.clew.engine.run;

import dev.clew.flow.RunConfig;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A thread of its own on which a scope calls a workflow, in the graph that has the workflow. */
public interface ChildThread {
    /**
     * Opens the run, or joins it where it was opened before. The result of a run that a worker executes is null as long as it is not
     * over.
     *
     * @param config the thread, and how the run is executed; it names the run
     */
    CompletableFuture<?> admit(@Nullable Object input, RunConfig config);

    /** Whether the run is there, by now or once and for all. */
    boolean isOpened(String runId);

    /** Whether the run is to be waited for: it waits for answers, or a worker has it or will have it. */
    boolean isWaitedFor(String runId);
}
