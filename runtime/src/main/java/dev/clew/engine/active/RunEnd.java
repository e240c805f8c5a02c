package dev.clew.engine.active;

import dev.clew.flow.RunResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an activation ended, for the callers who wait for its run. */
public sealed interface RunEnd<O extends @Nullable Object> {
    /** With a result. A paused run may be due by itself later. */
    record Result<O extends @Nullable Object>(
            RunResult<O> result, @Nullable Instant wakeAt) implements RunEnd<O> {}

    /** With an error. An interrupted run may be due by itself later. */
    record Failed<O extends @Nullable Object>(
            Throwable error, @Nullable Instant wakeAt) implements RunEnd<O> {}

    /** Parked until then; callers continue to wait. */
    record Asleep<O extends @Nullable Object>(Instant wakeAt) implements RunEnd<O> {}

    /** Given to workers of another deployment; callers continue to wait. */
    record PassedOn<O extends @Nullable Object>() implements RunEnd<O> {}

    /** Of a run that is not stored: its body is over, and what it has done is undone by another activation, here. */
    record Undoing<O extends @Nullable Object>() implements RunEnd<O> {}

    /** Whether the run is paused, so that it can still have another end. */
    default boolean isPaused() {
        return this instanceof Asleep<O>
                || this instanceof PassedOn<O>
                || this instanceof Undoing<O>
                || this instanceof Result<O> ended && ended.result() instanceof RunResult.Interrupted<O>;
    }
}
