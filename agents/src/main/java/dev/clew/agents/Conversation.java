package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a thread, as the loop looks at them. A call is answered if a tool message behind its AI message, and before the
 * next one, names it.
 */
record Conversation(List<Message> messages) {
    /** The index of the last message of a model from an index on; -1 if there is none. */
    int lastAnswer(int from) {
        for (int i = messages.size() - 1; i >= from; i--) {
            if (messages.get(i) instanceof AiMessage) {
                return i;
            }
        }
        return -1;
    }

    /** The results of the calls of the message at an index, by the ids of the calls. */
    Map<String, ToolMessage> results(int index) {
        Map<String, ToolMessage> results = new HashMap<>();
        for (int i = index + 1; i < messages.size() && !(messages.get(i) instanceof AiMessage); i++) {
            if (messages.get(i) instanceof ToolMessage result) {
                results.put(result.toolCallId(), result);
            }
        }
        return results;
    }

    /** The calls of the message at an index that have no result. */
    List<ToolCall> unanswered(int index) {
        Map<String, ToolMessage> results = results(index);
        return messages.get(index) instanceof AiMessage answer
                ? answer.toolCalls().stream()
                        .filter(call -> !results.containsKey(call.id()))
                        .toList()
                : List.of();
    }

    /** The ids of all calls. */
    Set<String> callIds() {
        Set<String> ids = new HashSet<>();
        for (Message message : messages) {
            if (message instanceof AiMessage answer) {
                answer.toolCalls().forEach(call -> ids.add(call.id()));
                answer.invalidToolCalls().stream()
                        .filter(call -> call.id() != null)
                        .forEach(call -> ids.add(String.valueOf(call.id())));
            }
        }
        return ids;
    }

    /**
     * The same messages, with an error behind each message of a model for each of its calls that has no result: providers refuse
     * a conversation in which a call is left open. The same list if there are none.
     */
    List<Message> repaired() {
        List<Message> repaired = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            repaired.add(messages.get(i));
            if (messages.get(i) instanceof AiMessage answer) {
                for (ToolCall call : unanswered(i)) {
                    repaired.add(ToolMessage.error(call, "not executed: the conversation went on without it")
                            .withId(Ids.of("open_", answer.id() + "/" + call.id(), repaired.size())));
                }
                Map<String, ToolMessage> results = results(i);
                for (InvalidToolCall call : answer.invalidToolCalls()) {
                    if (call.id() != null && !results.containsKey(call.id())) {
                        repaired.add(
                                invalid(call).withId(Ids.of("open_", answer.id() + "/" + call.id(), repaired.size())));
                    }
                }
            }
        }
        return repaired.size() == messages.size() ? messages : repaired;
    }

    /** What the model is told of a call that it wrote badly. */
    static ToolMessage invalid(InvalidToolCall call) {
        String name = call.name() == null ? "" : call.name();
        return ToolMessage.error(
                ToolCall.of(String.valueOf(call.id()), name, Map.of()),
                "not executed: the arguments are not a JSON object" + said(call.error()) + "; call it again");
    }

    private static String said(@Nullable String error) {
        return error == null ? "" : " (" + error + ")";
    }
}
