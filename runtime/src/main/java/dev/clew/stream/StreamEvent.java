package dev.clew.stream;

import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageIds;
import dev.clew.state.CheckpointSource;
import dev.clew.task.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run tells while it happens. Immutable, as far as the values in it are.
 *
 * <p>A step's events are told after its outcome has its place in the log, before its future completes. What a resumed run
 * only repeats is told once more and marked {@link #replayed()}. Events of child workflows carry the child's path.
 *
 * <p>New kinds of events will come, and so will new members of these: read them by their accessors, and let a {@code switch}
 * over events have a {@code default}.
 *
 * <pre>{@code
 * for (StreamEvent event : stream) {
 *   if (event instanceof StreamEvent.Update update) {
 *     System.out.println(update.name() + " -> " + update.value());
 *   }
 * }
 * }</pre>
 */
public sealed interface StreamEvent {
    /** The mode that asked for it. */
    StreamMode mode();

    /** The path of the step that it is about; empty for the run itself. */
    String path();

    /** Whether the run only repeated it from its log. */
    default boolean replayed() {
        return false;
    }

    /**
     * Whether it happened inside a child workflow. The call of the child is its caller's step: that it began and what it
     * gave is not nested.
     */
    default boolean nested() {
        boolean saidInside = this instanceof Custom || this instanceof Message || this instanceof MessageVoided;
        String scope = saidInside ? path() : path().substring(0, Math.max(0, path().lastIndexOf('/')));
        return scope.startsWith("child:") || scope.contains("/child:");
    }

    /**
     * Which execution of which node of a graph it is about; empty for all else. What happens in steps that a node calls, and
     * what another process reads from the log, has the {@link #path()} alone.
     */
    default Optional<Place> at() {
        return Optional.empty();
    }

    /**
     * A node's execution in the run of a graph.
     *
     * <pre>{@code
     * event.at().map(StreamEvent.Place::superstep)   // 3
     * }</pre>
     *
     * @param superstep in which superstep of its graph, from 1
     * @param node the node
     * @param index which of the superstep's executions, from 0 in planned order
     */
    record Place(int superstep, String node, int index) {}

    /** A question as a stream shows it: its content is plain data. */
    record Question(
            String id, String name, String path, @Nullable Object value) {
        @Override
        public String toString() {
            return "Question[" + id + " '" + name + "' at " + path + "]";
        }
    }

    /** The workflow's value. */
    record Value(@Nullable Object value, boolean replayed) implements StreamEvent {
        @Override
        public StreamMode mode() {
            return StreamMode.VALUES;
        }

        @Override
        public String path() {
            return "";
        }
    }

    /** A step, or at the end the workflow, has this result. */
    record Update(
            String name,
            String path,
            @Nullable Object value,
            boolean cached,
            boolean replayed,
            @Nullable Place place) implements StreamEvent {
        /** An event of a step that is no node of a graph. */
        public Update(String name, String path, @Nullable Object value, boolean cached, boolean replayed) {
            this(name, path, value, cached, replayed, null);
        }

        @Override
        public Optional<Place> at() {
            return Optional.ofNullable(place);
        }

        @Override
        public StreamMode mode() {
            return StreamMode.UPDATES;
        }
    }

    /** The run is paused on these questions: told once for VALUES and once for UPDATES, where they are wanted. */
    record Interrupted(StreamMode mode, List<Question> questions) implements StreamEvent {
        public Interrupted {
            questions = List.copyOf(questions);
        }

        @Override
        public String path() {
            return "";
        }
    }

    /** Exactly what a body or task handed to {@code emit}. */
    record Custom(
            String name,
            String path,
            @Nullable Object value,
            boolean replayed,
            @Nullable Place place) implements StreamEvent {
        /** An event of a step that is no node of a graph. */
        public Custom(String name, String path, @Nullable Object value, boolean replayed) {
            this(name, path, value, replayed, null);
        }

        @Override
        public Optional<Place> at() {
            return Optional.ofNullable(place);
        }

        @Override
        public StreamMode mode() {
            return StreamMode.CUSTOM;
        }
    }

    /**
     * A piece of a model's message, and where it is from.
     *
     * @param name the task's name
     * @param stepId the same over attempts and replays, so that the tokens of one call can be put together
     * @param step the number of the checkpoint step that the run is in
     * @param attempt which attempt of the task said it; pieces of an earlier one are void
     * @param chunk the piece, with the id of its message
     */
    record Message(
            String name,
            String path,
            String stepId,
            int step,
            int attempt,
            MessageChunk chunk,
            boolean replayed,
            @Nullable Place place)
            implements StreamEvent {
        /** A token of a step that is no node of a graph. */
        public Message(String name, String path, String stepId, int step, int attempt, String token, boolean replayed) {
            this(
                    name,
                    path,
                    stepId,
                    step,
                    attempt,
                    MessageChunk.text(token).withId(MessageIds.ofAttempt(stepId, attempt)),
                    replayed,
                    null);
        }

        /** The text of the piece; empty if it has none. */
        public String token() {
            return chunk.text();
        }

        @Override
        public Optional<Place> at() {
            return Optional.ofNullable(place);
        }

        @Override
        public StreamMode mode() {
            return StreamMode.MESSAGES;
        }
    }

    /**
     * An attempt failed that had emitted pieces of a message: that message will not be completed, and is in no state. If the step is
     * tried again, the new attempt makes another message.
     *
     * @param name the task's name
     * @param stepId the same over attempts and replays
     * @param attempt which attempt failed
     * @param messageId the id of the message
     */
    record MessageVoided(
            String name,
            String path,
            String stepId,
            int attempt,
            String messageId,
            @Nullable Place place) implements StreamEvent {
        @Override
        public Optional<Place> at() {
            return Optional.ofNullable(place);
        }

        @Override
        public StreamMode mode() {
            return StreamMode.MESSAGES;
        }
    }

    /**
     * A step begins, or a recorded one is used, or its result is taken from the task cache.
     *
     * @param attempt which attempt begins, or how many were made of a recorded one; 0 where the cache answers
     */
    record TaskStarted(
            String id,
            String name,
            String path,
            List<@Nullable Object> input,
            int attempt,
            boolean replayed,
            @Nullable Place place)
            implements StreamEvent {
        /** An event of a step that is no node of a graph. */
        public TaskStarted(
                String id, String name, String path, List<@Nullable Object> input, int attempt, boolean replayed) {
            this(id, name, path, input, attempt, replayed, null);
        }

        @Override
        public Optional<Place> at() {
            return Optional.ofNullable(place);
        }

        public TaskStarted {
            input = Collections.unmodifiableList(new ArrayList<>(input));
        }

        @Override
        public StreamMode mode() {
            return StreamMode.TASKS;
        }
    }

    /** An attempt failed, and another one follows after the delay. */
    record TaskRetried(
            String id,
            String name,
            String path,
            int attempt,
            Failure error,
            Duration delay,
            @Nullable Place place) implements StreamEvent {
        /** An event of a step that is no node of a graph. */
        public TaskRetried(String id, String name, String path, int attempt, Failure error, Duration delay) {
            this(id, name, path, attempt, error, delay, null);
        }

        @Override
        public Optional<Place> at() {
            return Optional.ofNullable(place);
        }

        @Override
        public StreamMode mode() {
            return StreamMode.TASKS;
        }
    }

    /**
     * A step ended with a result or an error; the workflow itself perhaps with questions. One that the cache answered does
     * not end, since it did not run; one that is parked on a question has not ended.
     */
    record TaskEnded(
            String id,
            String name,
            String path,
            @Nullable Object result,
            @Nullable Failure error,
            List<Question> interrupts,
            boolean replayed,
            @Nullable Place place)
            implements StreamEvent {
        /** An event of a step that is no node of a graph. */
        public TaskEnded(
                String id,
                String name,
                String path,
                @Nullable Object result,
                @Nullable Failure error,
                List<Question> interrupts,
                boolean replayed) {
            this(id, name, path, result, error, interrupts, replayed, null);
        }

        @Override
        public Optional<Place> at() {
            return Optional.ofNullable(place);
        }

        public TaskEnded {
            interrupts = List.copyOf(interrupts);
        }

        @Override
        public StreamMode mode() {
            return StreamMode.TASKS;
        }
    }

    /**
     * A checkpoint was made, or on a resumed run the one that opened it is shown again; the same as the thread's history has.
     *
     * @param value what callers see as the thread's value from then on: of an input, still the value before
     */
    record Checkpointed(
            String id,
            @Nullable String parentId,
            CheckpointSource source,
            int step,
            Instant createdAt,
            @Nullable Object value,
            Map<String, String> metadata,
            boolean replayed)
            implements StreamEvent {
        public Checkpointed {
            metadata = Map.copyOf(metadata);
        }

        @Override
        public StreamMode mode() {
            return StreamMode.CHECKPOINTS;
        }

        @Override
        public String path() {
            return "";
        }
    }

    /** An event of TASKS or CHECKPOINTS with its moment, and the number of the checkpoint step that it belongs to. */
    record Debug(int step, Instant timestamp, StreamEvent event) implements StreamEvent {
        @Override
        public StreamMode mode() {
            return StreamMode.DEBUG;
        }

        @Override
        public String path() {
            return event.path();
        }

        @Override
        public boolean replayed() {
            return event.replayed();
        }
    }
}
