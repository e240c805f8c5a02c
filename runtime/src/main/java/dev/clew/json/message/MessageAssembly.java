package dev.clew.json.message;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolCallChunk;
import dev.clew.messages.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of one message together. Used by one thread at a time.
 *
 * <pre>{@code
 * MessageAssembly message = new MessageAssembly();
 * message.add(MessageChunk.text("He"));
 * message.add(MessageChunk.text("llo"));
 * message.message().text(); // Hello
 * }</pre>
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in another module
public final class MessageAssembly {
    /** A call while it is written. */
    private static final class Call {
        private @Nullable String id;
        private @Nullable String name;
        private final StringBuilder args = new StringBuilder();

        private void add(ToolCallChunk piece) {
            id = piece.id() == null ? id : piece.id();
            name = piece.name() == null ? name : piece.name();
            args.append(piece.args());
        }
    }

    private final List<ContentBlock> content = new ArrayList<>();
    private final Map<Integer, Call> calls = new TreeMap<>();
    private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    private @Nullable String id;
    private @Nullable Usage usage;
    private boolean isLast;

    /** A message of which there is no piece yet. */
    public MessageAssembly() {}

    /** Adds the next piece. */
    public void add(MessageChunk chunk) {
        id = chunk.id() == null ? id : chunk.id();
        chunk.content().forEach(this::add);
        chunk.toolCallChunks()
                .forEach(piece -> calls.computeIfAbsent(piece.index(), index -> new Call())
                        .add(piece));
        metadata.putAll(chunk.metadata());
        usage = chunk.usage() == null ? usage : chunk.usage();
        isLast |= chunk.isLast();
    }

    /** Text goes on where the last block is text, and reasoning where it is reasoning. */
    private void add(ContentBlock block) {
        ContentBlock last = content.isEmpty() ? null : content.get(content.size() - 1);
        if (last instanceof ContentBlock.Text before && block instanceof ContentBlock.Text text) {
            content.set(
                    content.size() - 1,
                    new ContentBlock.Text(
                            before.text() + text.text(),
                            both(before.extras(), text.extras()),
                            both(before.more(), text.more())));
        } else if (last instanceof ContentBlock.Reasoning before && block instanceof ContentBlock.Reasoning more) {
            content.set(
                    content.size() - 1,
                    new ContentBlock.Reasoning(
                            before.reasoning() + more.reasoning(),
                            both(before.extras(), more.extras()),
                            both(before.more(), more.more())));
        } else {
            content.add(block);
        }
    }

    private static Map<String, @Nullable Object> both(
            Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        Map<String, @Nullable Object> both = new LinkedHashMap<>(one);
        both.putAll(other);
        return both;
    }

    /** Whether the last piece has come. */
    public boolean isWhole() {
        return isLast;
    }

    /**
     * Returns the message so far. A call whose arguments are not whole has none; once the last piece has come, such a call is an
     * invalid one.
     */
    public AiMessage message() {
        List<ToolCall> valid = new ArrayList<>();
        List<InvalidToolCall> invalid = new ArrayList<>();
        for (Call call : calls.values()) {
            String callId = call.id == null ? "" : call.id;
            String args = call.args.toString();
            try {
                if (call.name == null) {
                    throw new IllegalMessageException("the call names no tool");
                }
                valid.add(ToolCall.of(callId, call.name, PlainText.object(args)));
            } catch (IllegalMessageException wrong) {
                if (isLast || call.name == null) {
                    invalid.add(InvalidToolCall.of(call.id, call.name, args, wrong.getMessage()));
                } else {
                    valid.add(ToolCall.of(callId, call.name, Map.of()));
                }
            }
        }
        AiMessage message = Message.ai("")
                .withContent(content)
                .withToolCalls(valid)
                .withInvalidToolCalls(invalid)
                .withUsage(usage)
                .withMetadata(metadata);
        return id == null ? message : message.withId(id);
    }
}
