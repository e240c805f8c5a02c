package dev.clew.contracts.graph;

import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.Messages;
import dev.clew.value.TypeRef;
import java.util.List;

/** A state that is a conversation. */
record Chat(List<Message> messages) {
    static final Component<List<Message>, List<MessageUpdate>> MESSAGES = Component.reduced(
            "messages", new TypeRef<List<Message>>() {}, new TypeRef<List<MessageUpdate>>() {}, new Messages.Merge());

    static final StateSpec<Chat> STATE = StateSpec.of(
            Chat.class, values -> new Chat(values.get(MESSAGES)), chat -> new Object[] {chat.messages()}, MESSAGES);

    static StateUpdate<Chat> update(MessageUpdate... updates) {
        return STATE.changes().add(MESSAGES, List.of(updates)).update();
    }

    List<String> texts() {
        return messages.stream().map(Message::text).toList();
    }

    List<String> ids() {
        return messages.stream().map(message -> String.valueOf(message.id())).toList();
    }
}
