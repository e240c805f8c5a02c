package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.Message;
import dev.clew.messages.SystemMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said to an agent. It is history, never command: calls in it are not executed, results of calls that it does not
 * contain itself are left out, and system messages are refused. In JSON it is {@code {"messages": […]}}.
 *
 * <pre>{@code
 * travel.invoke(AgentInput.user("Three days in Crete"), RunConfig.thread("t-1"));
 * }</pre>
 *
 * @param messages the messages, oldest first
 */
public record AgentInput(List<Message> messages) {
    private static final TypeRef<List<Message>> MESSAGES = new TypeRef<List<Message>>() {};

    /** Its type, for codecs. */
    static final TypeRef<AgentInput> TYPE = TypeRef.of(AgentInput.class, Form.ONLY);

    /**
     * Copies and checks the messages.
     *
     * @throws IllegalRequestException if one of them is a system message, or one of a person without content
     */
    public AgentInput {
        Set<String> calls = new HashSet<>();
        List<Message> kept = new ArrayList<>();
        for (Message message : messages) {
            if (message instanceof SystemMessage) {
                throw new IllegalRequestException(
                        "a system message is no input of an agent; its systemPrompt is set when" + " it is built");
            }
            if (message instanceof HumanMessage said && isBlank(said)) {
                throw new IllegalRequestException(
                        "a message of a person says nothing, which models refuse; leave it out");
            }
            if (message instanceof AiMessage ai) {
                ai.toolCalls().stream().map(ToolCall::id).forEach(calls::add);
            }
            if (!(message instanceof ToolMessage result) || calls.contains(result.toolCallId())) {
                kept.add(message);
            }
        }
        messages = List.copyOf(kept);
    }

    private static boolean isBlank(HumanMessage said) {
        return said.content().stream()
                .allMatch(block ->
                        block instanceof ContentBlock.Text text && text.text().isBlank());
    }

    /** Returns what a person says. */
    public static AgentInput user(String text) {
        return new AgentInput(List.of(Message.user(text)));
    }

    /** Returns what a person says, with images and other blocks. */
    public static AgentInput user(ContentBlock... content) {
        return new AgentInput(List.of(Message.user(content)));
    }

    /** Returns some messages. */
    public static AgentInput of(Message... messages) {
        return new AgentInput(List.of(messages));
    }

    /** The stored form. */
    private enum Form implements Members<AgentInput> {
        ONLY;

        private static final String NAME = "messages";

        @Override
        public Map<String, TypeRef<?>> types() {
            return Map.of(NAME, MESSAGES);
        }

        @Override
        public List<Member> of(AgentInput input) {
            return List.of(new Member(NAME, MESSAGES, input.messages()));
        }

        @Override
        public AgentInput from(Stored stored) {
            @Nullable List<Message> messages = stored.names().contains(NAME) ? stored.get(NAME, MESSAGES) : null;
            return new AgentInput(messages == null ? List.of() : messages);
        }
    }
}
