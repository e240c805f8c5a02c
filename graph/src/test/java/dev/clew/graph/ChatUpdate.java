package dev.clew.graph;

import dev.clew.annotations.Append;
import dev.clew.graph.ToolAgent.Chat;
import dev.clew.graph.ToolAgent.Message;
import dev.clew.value.TypeRef;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** What the annotation processor will generate for {@link Chat}. */
final class ChatUpdate extends StateUpdate<Chat> {
    private static final Component<List<Message>, List<Message>> MESSAGES = Component.reduced(
            "messages", new TypeRef<List<Message>>() {}, new TypeRef<List<Message>>() {}, new Append.ToList<Message>());

    static final StateSpec<Chat> STATE = StateSpec.of(
            Chat.class, values -> new Chat(values.get(MESSAGES)), state -> new Object[] {state.messages()}, MESSAGES);

    private static final ChatUpdate NOTHING = new ChatUpdate(STATE.changes());

    private ChatUpdate(Changes<Chat> changes) {
        super(changes);
    }

    static ChatUpdate update() {
        return NOTHING;
    }

    static ChatUpdate fresh() {
        return new ChatUpdate(NOTHING.changes().fresh());
    }

    ChatUpdate messages(Collection<? extends Message> messages) {
        return new ChatUpdate(changes().add(MESSAGES, List.copyOf(messages)));
    }

    ChatUpdate messages(Message... messages) {
        return messages(Arrays.asList(messages));
    }

    ChatUpdate replaceMessages(List<Message> messages) {
        return new ChatUpdate(changes().replace(MESSAGES, messages));
    }

    @Override
    public ChatUpdate and(StateUpdate<Chat> other) {
        return new ChatUpdate(changes().and(other.changes()));
    }

    @Override
    public <R> Goto<R> goTo(R route) {
        return new Goto<>(this, route);
    }

    @Override
    public <R> Goto<List<R>> goTo(Collection<? extends R> routes) {
        return new Goto<>(this, Goto.listOf(routes));
    }

    /** An update of the chat with a route. */
    static final class Goto<R> extends RoutedUpdate<Chat, R> {
        private Goto(ChatUpdate update, R route) {
            super(update, route);
        }

        private static <R> List<R> listOf(Collection<? extends R> routes) {
            return copyOf(routes);
        }
    }
}
