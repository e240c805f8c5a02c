package dev.clew.stream;

/**
 * Which events a caller wants of a run.
 *
 * <pre>{@code
 * try (RunStream<Essay> stream = write.stream("rain", thread, StreamMode.UPDATES, StreamMode.CUSTOM)) { … }
 * }</pre>
 */
public enum StreamMode {
    /** The workflow's value: once at its end, and on a resumed run the thread's value so far at its beginning. */
    VALUES,
    /** One {@link StreamEvent.Update} for each step that succeeded, in the order of completion, then one for the workflow. */
    UPDATES,
    /** What bodies and tasks hand to {@code emit}, at once. */
    CUSTOM,
    /** Pieces of messages that tasks hand to {@code emitChunk} and {@code emitToken}, with the task that they are from; and which messages are void. */
    MESSAGES,
    /** The beginning and the end of each step, and each failed attempt. */
    TASKS,
    /** Each checkpoint that is made. */
    CHECKPOINTS,
    /** The events of TASKS and CHECKPOINTS, each with its moment and the run's checkpoint step. */
    DEBUG
}
