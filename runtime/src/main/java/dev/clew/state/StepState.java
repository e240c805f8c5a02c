package dev.clew.state;

import dev.clew.task.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run, as its log tells it.
 *
 * <pre>{@code
 * state.steps().stream().filter(s -> s.status() == StepState.Status.FAILED).forEach(this::show);
 * }</pre>
 *
 * @param name the task's, question's or child's name
 * @param path its place in the run, from the root
 * @param kind what sort of step it is
 * @param status how far it is
 * @param attempts how many attempts were made, as far as recorded
 * @param at when the newest entry about it was made
 * @param cached whether its result came from the task cache
 * @param failure why it failed, or why its newest attempt did; or null
 * @param deadline when a timer is due, a question lapses or the next attempt starts; or null
 * @param arguments what it was called with, in the order of its parameters, up to 4 KB. Empty for questions and steps without
 *     parameters, with {@code keepArguments(false)}, and where an older version of Clew recorded it. It stays as long as its
 *     run is stored
 * @param startedAt when its first attempt began; of a scope, a question or a timer, when it was called. Null if it has not
 *     begun or its result came from the task cache, and where an older version of Clew recorded it
 */
public record StepState(
        String name,
        String path,
        StepKind kind,
        Status status,
        int attempts,
        Instant at,
        boolean cached,
        @Nullable Failure failure,
        @Nullable Instant deadline,
        List<StepArgument> arguments,
        @Nullable Instant startedAt) {

    /** A step of whose arguments and beginning nothing is known. */
    public StepState(
            String name,
            String path,
            StepKind kind,
            Status status,
            int attempts,
            Instant at,
            boolean cached,
            @Nullable Failure failure,
            @Nullable Instant deadline) {
        this(name, path, kind, status, attempts, at, cached, failure, deadline, List.of(), null);
    }

    /** Returns when it ended; empty while it is open. */
    public Optional<Instant> endedAt() {
        return status == Status.PENDING || status == Status.RETRYING ? Optional.empty() : Optional.of(at);
    }

    /** How far a step is. */
    public enum Status {
        /** It has no outcome yet. In a run that has ended, no step is pending. */
        PENDING,
        /** An attempt failed; the next one is due at the deadline. */
        RETRYING,
        /** It has a result. A timer succeeds when its time passes. */
        SUCCEEDED,
        FAILED,
        /** It was cancelled, lost a race, or its scope ended before it did. */
        CANCELLED,
        /** It is a question without an answer, whose scope has ended. It can no longer be answered. */
        WITHDRAWN
    }
}
