package dev.clew.state;

/**
 * What made a checkpoint.
 *
 * <pre>{@code
 * workflow.history("essay-1").stream().filter(c -> c.source() == CheckpointSource.INPUT)
 * }</pre>
 */
public enum CheckpointSource {
    /** A new input opened a run. */
    INPUT,
    /** A run completed. */
    LOOP,
    /** Somebody set the thread's value by hand. */
    UPDATE,
    /** A run was opened from an earlier checkpoint. */
    FORK
}
