package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.SystemMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said to an agent. It is history, never command: calls in it are not executed, results of calls that it does not
 * contain itself are left out, and system messages and removals are refused. In JSON it is {@code {"messages": […]}}.
 *
 * <pre>{@code
 * travel.invoke(AgentInput.user("Three days in Crete"), RunConfig.thread("t-1"));
 * }</pre>
 *
 * <p>Code of the program, not a client, may say more: see {@link #trusted}.
 *
 * @param messages the messages, oldest first, and removals if it is trusted
 * @param isTrusted whether they come from code of the program, and are taken as they are
 */
public record AgentInput(List<MessageUpdate> messages, boolean isTrusted) {
    private static final TypeRef<List<Message>> MESSAGES = new TypeRef<List<Message>>() {};
    private static final TypeRef<List<MessageUpdate>> UPDATES = new TypeRef<List<MessageUpdate>>() {};

    private static final TypeRef<Allowance> GIVEN = TypeRef.of(Allowance.class);

    /** Its type, for codecs. */
    static final TypeRef<AgentInput> TYPE = type(TextFilters.NONE);

    /**
     * Copies and checks the messages.
     *
     * @throws IllegalRequestException if a message of a person has no content; if it is not trusted, also if there is a system
     *     message or a removal; if it is trusted, and not made by {@link #trusted}
     */
    public AgentInput {
        if (isTrusted && !(messages instanceof Granted)) {
            // This is also what reads JSON of a client, in which an input may stand anywhere.
            throw new IllegalRequestException(
                    "an input is trusted only by AgentInput.trusted(…), and stored as such only as the input of an agent");
        }
        for (MessageUpdate update : messages) {
            if (update instanceof HumanMessage said && isBlank(said)) {
                throw new IllegalRequestException(
                        "a message of a person says nothing, which models refuse; leave it out");
            }
        }
        List<MessageUpdate> taken = isTrusted ? List.copyOf(messages) : history(messages);
        messages = messages instanceof Bounded bounded ? new Bounded(taken, bounded.allowance) : taken;
    }

    /**
     * Copies and checks messages that are not trusted.
     *
     * @throws IllegalRequestException if one of them is a system message, or one of a person without content
     */
    public AgentInput(List<Message> messages) {
        this(List.copyOf(messages), false);
    }

    private static List<MessageUpdate> history(List<MessageUpdate> updates) {
        Set<String> calls = new HashSet<>();
        List<MessageUpdate> kept = new ArrayList<>();
        for (MessageUpdate update : updates) {
            if (update instanceof SystemMessage) {
                throw new IllegalRequestException("an agent takes no system message as input; its systemPrompt is set"
                        + " when it is built, and code of the program may give AgentInput.trusted(…)");
            }
            if (update instanceof RemoveMessage) {
                throw new IllegalRequestException(
                        "the input of an agent removes no messages; code of the program may, by AgentInput.trusted(…)");
            }
            if (update instanceof AiMessage ai) {
                ai.toolCalls().stream().map(ToolCall::id).forEach(calls::add);
            }
            if (!(update instanceof ToolMessage result) || calls.contains(result.toolCallId())) {
                kept.add(update);
            }
        }
        return List.copyOf(kept);
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

    /**
     * Returns messages that code of the program gives and that are taken as they are: with system messages, removals, and results
     * of calls that are in the thread. Calls in it are not executed either. A server refuses such an input from its clients.
     *
     * <pre>{@code
     * travel.invoke(AgentInput.trusted(RemoveMessage.all(), Message.system("You speak Greek."), Message.user("Hi")), thread);
     * }</pre>
     */
    public static AgentInput trusted(MessageUpdate... updates) {
        return of(List.of(updates), true);
    }

    static AgentInput of(List<MessageUpdate> updates, boolean isTrusted) {
        return new AgentInput(isTrusted ? new Granted(updates) : updates, isTrusted);
    }

    /** The same input of an agent that is a tool: it may spend this. */
    AgentInput within(@Nullable Allowance allowance) {
        return allowance == null ? this : new AgentInput(new Bounded(messages, allowance), isTrusted);
    }

    /** What an agent that is a tool may spend; null for any other. */
    @Nullable
    Allowance allowance() {
        return messages instanceof Bounded bounded ? bounded.allowance : null;
    }

    /** What only this class makes: messages that are taken as they are. */
    private static class Granted extends AbstractList<MessageUpdate> {
        private final List<MessageUpdate> all;

        Granted(List<MessageUpdate> all) {
            this.all = all;
        }

        @Override
        public MessageUpdate get(int index) {
            return all.get(index);
        }

        @Override
        public int size() {
            return all.size();
        }
    }

    /** What only this class makes: messages for an agent that is a tool. */
    private static final class Bounded extends Granted {
        private final Allowance allowance;

        Bounded(List<MessageUpdate> all, Allowance allowance) {
            super(all);
            this.allowance = allowance;
        }
    }

    /** Its type for an agent that filters texts: what is stored is filtered. */
    static TypeRef<AgentInput> type(TextFilters filters) {
        return TypeRef.of(AgentInput.class, new Form(filters));
    }

    /** The stored form. */
    private record Form(TextFilters filters) implements Members<AgentInput> {
        private static final String NAME = "messages";
        private static final String TRUSTED = "trusted";
        private static final String ALLOWANCE = "allowance";

        @Override
        public Map<String, TypeRef<?>> types() {
            return Map.of(NAME, MESSAGES);
        }

        @Override
        public Set<String> internal() {
            return Set.of(TRUSTED, ALLOWANCE);
        }

        @Override
        public List<Member> of(AgentInput given) {
            AgentInput input = filters.input(given);
            Member messages = new Member(input.isTrusted() ? TRUSTED : NAME, UPDATES, input.messages());
            Allowance allowance = input.allowance();
            return allowance == null ? List.of(messages) : List.of(messages, new Member(ALLOWANCE, GIVEN, allowance));
        }

        @Override
        public AgentInput from(Stored stored) {
            return messages(stored).within(stored.names().contains(ALLOWANCE) ? stored.get(ALLOWANCE, GIVEN) : null);
        }

        private static AgentInput messages(Stored stored) {
            if (stored.names().contains(TRUSTED)) {
                List<MessageUpdate> updates = stored.get(TRUSTED, UPDATES);
                return AgentInput.of(updates == null ? List.of() : updates, true);
            }
            @Nullable List<Message> messages = stored.names().contains(NAME) ? stored.get(NAME, MESSAGES) : null;
            return new AgentInput(messages == null ? List.of() : messages);
        }
    }
}
