package dev.clew.server.feed;

import dev.clew.messages.MessageChunk;
import dev.clew.state.StepKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened in a run, for clients of any kind. Values are JSON.
 *
 * <p>Those that say so are not in the run's log: a process that did not execute the run, or that restarted, does not have
 * them.
 */
public sealed interface FeedEvent {
    /**
     * The run begins, or continues.
     *
     * @param requestId the request that lets it
     * @param resumed whether it continues
     * @param values the values at which it paused; null if it did not
     */
    record Began(
            String requestId, boolean resumed, @Nullable ObjectNode values) implements FeedEvent {}

    /** A step begins; with an empty path, the run. Not in the log, but for steps that call others. */
    record Started(
            String path,
            String name,
            @Nullable StepKind kind,
            @Nullable JsonNode input) implements FeedEvent {}

    /**
     * A step ended.
     *
     * @param result what it gave; null if it failed
     * @param error why it failed; null if it did not
     * @param cached whether nothing ran, because the result was in a cache
     */
    record Ended(
            String path,
            String name,
            StepKind kind,
            @Nullable JsonNode result,
            @Nullable ObjectNode error,
            boolean cached)
            implements FeedEvent {}

    /** A body or a task emitted this. Not in the log. */
    record Emitted(String path, JsonNode value) implements FeedEvent {}

    /**
     * A task emitted a piece of a model's message. Not in the log.
     *
     * @param messageId the id of the message
     */
    record Piece(String path, String name, int step, String messageId, MessageChunk chunk) implements FeedEvent {}

    /** The attempt failed that emitted pieces of this message. Not in the log. */
    record Voided(String path, String name, String messageId) implements FeedEvent {}

    /** The values of a graph after a superstep. Not in the log in this form. */
    record Values(ObjectNode values) implements FeedEvent {}

    /** A question was asked. */
    record Asked(String path, String id, ObjectNode question) implements FeedEvent {}

    /** Questions were answered. */
    record Answered(List<String> ids) implements FeedEvent {
        public Answered {
            ids = List.copyOf(ids);
        }
    }

    /** Events that are not in the log were dropped here, because nobody read them in time. */
    record Gap() implements FeedEvent {}

    /** The run came to rest. */
    record Rested(String requestId, End end) implements FeedEvent {}

    /** How a run rests. */
    sealed interface End {
        /** It completed. */
        record Completed(JsonNode result, ObjectNode values) implements End {}

        /** It waits for answers, or at a breakpoint if there are no questions. */
        record Paused(ObjectNode values, ArrayNode questions) implements End {}

        /** It failed, or cannot continue. */
        record Failed(ObjectNode error) implements End {}

        /** It was cancelled. */
        record Cancelled() implements End {}
    }
}
