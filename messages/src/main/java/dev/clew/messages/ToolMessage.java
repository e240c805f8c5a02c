package dev.clew.messages;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call, for the model to read.
 *
 * <pre>{@code
 * ToolMessage result = Message.tool(call, "sun, 18 degrees");
 * ToolMessage failure = ToolMessage.error(call, "there is no city of this name");
 * }</pre>
 *
 * @param id names the message in its list; null if it has none yet
 * @param name the tool; null if that is not known
 * @param content what the model reads, block by block
 * @param toolCallId the id of the call that this answers
 * @param artifact plain data that is stored and shown to people and not to the model; null if there is none
 * @param status whether the call succeeded
 * @param extras all other members of its JSON, unchanged
 */
public record ToolMessage(
        @Nullable String id,
        @Nullable String name,
        List<ContentBlock> content,
        String toolCallId,
        @Nullable Object artifact,
        Status status,
        Map<String, @Nullable Object> extras)
        implements Message {
    /** Whether a call succeeded. */
    public enum Status {
        /** The content is the tool's result. */
        SUCCESS,
        /** The content tells the model why there is no result. */
        ERROR
    }

    /** Copies content, artifact and extras. */
    public ToolMessage {
        content = List.copyOf(content);
        Objects.requireNonNull(toolCallId, "toolCallId");
        artifact = PlainData.copyOf(artifact);
        Objects.requireNonNull(status, "status");
        extras = PlainData.copyOf(extras);
    }

    /** Returns the message that tells the model why a call has no result. */
    public static ToolMessage error(ToolCall call, String text) {
        return Message.tool(call, text).withStatus(Status.ERROR);
    }

    /** Whether the call failed, or was not executed. */
    public boolean isError() {
        return status == Status.ERROR;
    }

    @Override
    public ToolMessage withId(@Nullable String id) {
        return new ToolMessage(id, name, content, toolCallId, artifact, status, extras);
    }

    @Override
    public ToolMessage withName(@Nullable String name) {
        return new ToolMessage(id, name, content, toolCallId, artifact, status, extras);
    }

    @Override
    public ToolMessage withContent(List<ContentBlock> content) {
        return new ToolMessage(id, name, content, toolCallId, artifact, status, extras);
    }

    /** Returns the same message as the answer to another call. */
    public ToolMessage withToolCallId(String toolCallId) {
        return new ToolMessage(id, name, content, toolCallId, artifact, status, extras);
    }

    /** Returns the same message with this artifact, plain data; null for none. */
    public ToolMessage withArtifact(@Nullable Object artifact) {
        return new ToolMessage(id, name, content, toolCallId, artifact, status, extras);
    }

    /** Returns the same message with this status. */
    public ToolMessage withStatus(Status status) {
        return new ToolMessage(id, name, content, toolCallId, artifact, status, extras);
    }

    /** Returns the same message with these extras in place of its own. */
    public ToolMessage withExtras(Map<String, ? extends @Nullable Object> extras) {
        return new ToolMessage(id, name, content, toolCallId, artifact, status, PlainData.copyOf(extras));
    }
}
