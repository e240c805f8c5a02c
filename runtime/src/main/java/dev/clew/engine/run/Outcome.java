package dev.clew.engine.run;

import dev.clew.task.Failure;
import org.jspecify.annotations.Nullable;

/** How a step ended, as whoever joins it sees it. */
public sealed interface Outcome {
    /** It has this value; already the copy that a joiner gets. */
    record Value(@Nullable Object value) implements Outcome {}

    /** It has a value that is decoded when it is first joined. */
    record Stored(byte[] bytes) implements Outcome {}

    /** It failed for good. The original is there only where it happened in this process and run. */
    record Failed(Failure failure, @Nullable Throwable original) implements Outcome {}

    /** It was cancelled, or outrun. */
    record Cancelled() implements Outcome {}
}
