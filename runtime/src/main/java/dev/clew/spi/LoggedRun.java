package dev.clew.spi;

import dev.clew.state.ThreadStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is stored, or a value that was set by hand. Implemented by Clew alone.
 *
 * <pre>{@code
 * threads.read(RunConfig.thread("r-1")).map(run -> run.root().note("input", type))
 * }</pre>
 */
public interface LoggedRun {
    /** The thread. */
    String threadId();

    /** The run's id; empty for a value that was set by hand. */
    Optional<String> runId();

    /** What the run is doing; an older run of its thread that had no end reads as cancelled. */
    ThreadStatus status();

    /** The checkpoint that opened the run, or has the value. */
    String checkpointId();

    /** The checkpoint before; empty for the first of its thread. */
    Optional<String> parentId();

    /** At which superstep an edit opened the run; 0 if a caller opened it with an input. */
    int openedAt();

    /** When that checkpoint was made. */
    Instant createdAt();

    /** What callers attached to it. */
    Map<String, String> metadata();

    /**
     * What the run was opened with; null for nothing, and for a run that an edit opened without a run before.
     *
     * @throws dev.clew.value.CodecException if it cannot be read as the workflow's input
     */
    @Nullable
    Object input();

    /** What the run before had saved for this one, as {@link TaskCall#previous()}; null for nothing. */
    @Nullable
    Object previous();

    /** What a completed run saved, or what was set by hand; null for nothing. */
    @Nullable
    Object saved();

    /** What the run's body has logged; empty for a value that was set by hand. */
    LoggedScope root();
}
