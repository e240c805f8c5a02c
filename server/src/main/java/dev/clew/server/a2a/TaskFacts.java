package dev.clew.server.a2a;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task, whatever version of the protocol it is written in.
 *
 * @param history the messages, the oldest first
 * @param artifacts what it gave, or what it asks
 */
public record TaskFacts(TaskId id, Status status, List<Said> history, List<Artifact> artifacts) {
    /** What it is doing, since when, and what it says about that. */
    public record Status(
            TaskState state, Instant at, @Nullable Said message) {}

    /** A result. */
    public record Artifact(String id, String name, String description, List<Part> parts) {}

    /** What it is doing. */
    public TaskState state() {
        return status.state();
    }

    /**
     * The same with no more than the last messages.
     *
     * @param most negative for all
     */
    public TaskFacts remembering(int most) {
        return most < 0 || most >= history.size()
                ? this
                : new TaskFacts(id, status, history.subList(history.size() - most, history.size()), artifacts);
    }

    /** The same without artifacts. */
    public TaskFacts withoutArtifacts() {
        return new TaskFacts(id, status, history, List.of());
    }
}
