package dev.clew.state;

import dev.clew.task.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run has recorded, as plain data (text, number, boolean, list, map, null): for dashboards and servers that
 * follow runs which any process executes. Immutable, as far as the values in it are.
 *
 * <p>New kinds of events will come, and so will new members of these: let a {@code switch} over events have a {@code default}.
 *
 * <pre>{@code
 * for (LoggedEvent event : operator.events("essay-1", runId, 0, 500).events()) {
 *   System.out.println(event.seq() + " " + event.path() + " " + event);
 * }
 * }</pre>
 */
public sealed interface LoggedEvent {
    /** Its place in the run's log, counted from 0. */
    long seq();

    /** When it was recorded. */
    Instant at();

    /** The step that it is about, as {@link StepState#path()} names it; empty for the run itself. */
    String path();

    /** The name of that step; empty for the run itself. */
    String name();

    /**
     * A step succeeded.
     *
     * @param startedAt when the attempt began that it ends; null if that is not known, or no attempt ran
     * @param arguments what the step was called with, as {@link StepState#arguments()}
     * @param value what the step gave
     */
    record Succeeded(
            long seq,
            Instant at,
            String path,
            String name,
            StepKind kind,
            int attempts,
            boolean cached,
            @Nullable Instant startedAt,
            List<StepArgument> arguments,
            @Nullable Object value)
            implements LoggedEvent {}

    /** A step failed for good; with an empty path, the run. */
    record Failed(
            long seq,
            Instant at,
            String path,
            String name,
            @Nullable StepKind kind,
            int attempts,
            @Nullable Instant startedAt,
            List<StepArgument> arguments,
            Failure failure)
            implements LoggedEvent {}

    /** An attempt failed, and another one follows. */
    record Retried(
            long seq,
            Instant at,
            String path,
            String name,
            StepKind kind,
            int attempts,
            Instant nextAt,
            Failure failure)
            implements LoggedEvent {}

    /** A step was cancelled, or lost a race. */
    record Cancelled(long seq, Instant at, String path, String name, StepKind kind) implements LoggedEvent {}

    /** A step that calls others began: a task with tasks of its own, a child workflow, a node. */
    record Opened(long seq, Instant at, String path, String name, StepKind kind, List<StepArgument> arguments)
            implements LoggedEvent {}

    /**
     * A question was asked.
     *
     * @param answerSchema the JSON Schema of an answer; null if it is not known
     * @param deadline when the run goes on without an answer; null for never
     * @param value what is asked
     */
    record Asked(
            long seq,
            Instant at,
            String path,
            String name,
            String id,
            @Nullable String answerSchema,
            @Nullable Instant deadline,
            @Nullable Object value)
            implements LoggedEvent {}

    /** A question was answered. */
    record Answered(
            long seq,
            Instant at,
            String path,
            String name,
            String id,
            @Nullable Object value) implements LoggedEvent {}

    /** A question is open again, because the body's own check refused its answer. */
    record Reopened(long seq, Instant at, String path, String name, String id) implements LoggedEvent {}

    /** A question's deadline passed without an answer. */
    record Lapsed(long seq, Instant at, String path, String name, String id) implements LoggedEvent {}

    /** The run came to rest, and waits for what is pending. */
    record Paused(long seq, Instant at) implements LoggedEvent {
        @Override
        public String path() {
            return "";
        }

        @Override
        public String name() {
            return "";
        }
    }

    /**
     * Events of a run, in the order of its log. What says nothing to people, such as notes of the engine, is left out.
     *
     * @param events at most as many as were asked for
     * @param next the place to read on from
     * @param isAll whether the log has nothing more now
     */
    record Page(List<LoggedEvent> events, long next, boolean isAll) {
        public Page {
            events = List.copyOf(events);
        }
    }
}
