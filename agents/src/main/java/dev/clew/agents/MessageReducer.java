package dev.clew.agents;

import dev.clew.annotations.Reducer;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import java.util.ArrayList;
import java.util.List;

/** Appends messages, replaces those whose id is there, and removes. */
final class MessageReducer implements Reducer<List<Message>, List<MessageUpdate>> {
    @Override
    public List<Message> identity() {
        return List.of();
    }

    @Override
    public List<Message> apply(List<Message> current, List<MessageUpdate> updates) {
        List<Message> messages = new ArrayList<>(current);
        for (MessageUpdate update : updates) {
            if (update instanceof RemoveMessage removal) {
                messages.removeIf(message -> removal.isAll() || removal.id().equals(message.id()));
            } else if (update instanceof Message message) {
                put(messages, message);
            }
        }
        return List.copyOf(messages);
    }

    private static void put(List<Message> messages, Message message) {
        if (message.id() != null) {
            for (int i = 0; i < messages.size(); i++) {
                if (message.id().equals(messages.get(i).id())) {
                    messages.set(i, message);
                    return;
                }
            }
        }
        messages.add(message);
    }
}
