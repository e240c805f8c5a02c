package dev.clew.json;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.SystemMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.messages.Usage;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;

/** A message of every kind and the parts of messages: the types that are stored as plain data of a form of their own. */
final class GoldenMessages {
    private static final Message HUMAN = new HumanMessage("h", null, ContentBlock.ofText("hi"), Map.of());

    private static final ToolCall CALL = new ToolCall("c", "add", Map.of("a", 1), Map.of());

    private static final InvalidToolCall INVALID = new InvalidToolCall("i", "add", "{", "no JSON", Map.of());

    private static final Usage USAGE = new Usage(5, 4, 3, 2, 1, true);

    private GoldenMessages() {}

    static void putAll(GoldenEdges.Receiver out) {
        ContentBlock image = new ContentBlock.Image("https://a/b.png", null, null, "image/png", Map.of(), Map.of());
        AiMessage ai = new AiMessage(
                "a",
                "Ann",
                List.of(new ContentBlock.Reasoning("why", Map.of(), Map.of()), new ContentBlock.Text("so"), image),
                List.of(CALL),
                List.of(INVALID),
                USAGE,
                Map.of("model_name", "m"),
                Map.of("more", List.of(1)));
        ToolMessage tool = new ToolMessage(
                "t", "add", ContentBlock.ofText("3"), "c", Map.of("sum", 3), ToolMessage.Status.ERROR, Map.of());
        Message system = new SystemMessage(null, null, ContentBlock.ofText("be brief"), Map.of());

        out.put("human message", HUMAN, TypeRef.of(HumanMessage.class));
        out.put("answer of a model", ai, TypeRef.of(AiMessage.class));
        out.put("tool message", tool, TypeRef.of(ToolMessage.class));
        out.put("system message", system, TypeRef.of(Message.class));
        out.put("removal", new RemoveMessage("h"), TypeRef.of(MessageUpdate.class));
        out.put("list of messages", List.of(HUMAN, ai, tool), new TypeRef<List<Message>>() {});
        out.put("list of updates", List.of(RemoveMessage.all(), HUMAN), new TypeRef<List<MessageUpdate>>() {});
        out.put("content block", image, TypeRef.of(ContentBlock.class));
        out.put(
                "unknown content block",
                new ContentBlock.Other("audio", Map.of("data", "x")),
                TypeRef.of(ContentBlock.class));
        out.put("tool call", CALL, TypeRef.of(ToolCall.class));
        out.put("invalid tool call", INVALID, TypeRef.of(InvalidToolCall.class));
        out.put("usage", USAGE, TypeRef.of(Usage.class));
        out.put("message chunk", MessageChunk.text("so"), TypeRef.of(MessageChunk.class));
    }
}
