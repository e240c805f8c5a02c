package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.ChatUpdate.update;

import java.util.List;
import java.util.Map;

/** An agent whose tools only run time knows, as in the guide. */
final class ToolAgent {
    record Chat(List<Message> messages) {}

    sealed interface Message {
        String text();
    }

    record User(String text) implements Message {}

    record Assistant(String text, List<ToolCall> calls) implements Message {}

    record ToolResult(String id, String text) implements Message {}

    record ToolCall(String id, String name, Map<String, String> arguments) {}

    /** Calls each tool once, and then answers. */
    static final class Model {
        Assistant chat(List<Message> messages, List<McpTool> tools) {
            boolean first = messages.stream().noneMatch(ToolResult.class::isInstance);
            return first
                    ? new Assistant(
                            "",
                            tools.stream()
                                    .map(tool -> new ToolCall("id-" + tool.name(), tool.name(), Map.of("q", "rain")))
                                    .toList())
                    : new Assistant("it rains", List.of());
        }
    }

    record McpTool(String name) {
        String call(Map<String, String> arguments) {
            return name + arguments;
        }
    }

    private ToolAgent() {}

    static GraphSpec<String, String, Chat> spec(Model model, List<McpTool> tools) {
        List<String> names = tools.stream().map(McpTool::name).toList();
        GraphSpec.Builder<String, String, Chat> agent = GraphSpec.of("tool-agent", ChatUpdate.STATE)
                .input(String.class, question -> update().messages(new User(question)))
                .output(String.class, chat -> last(chat.messages()).text())
                .node("model")
                .after(START)
                .afterAny(names)
                .mayGoTo(names)
                .mayEnd()
                .leaf(in -> {
                    Assistant reply = model.chat(in.state().messages(), tools);
                    return update().messages(reply)
                            .goTo(reply.calls().stream()
                                    .map(call -> Send.to(call.name(), call))
                                    .toList());
                });
        for (McpTool tool : tools) {
            agent.node(tool.name())
                    .takes(ToolCall.class)
                    .retry(3)
                    .leaf(in -> update().messages(new ToolResult(
                            in.sent().id(), tool.call(in.sent().arguments()))));
        }
        return agent.build();
    }

    private static Message last(List<Message> messages) {
        return messages.get(messages.size() - 1);
    }
}
