package dev.clew.agents;

import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What the first node of a run makes of the conversation: calls that an earlier run left open get an error, and
 * texts are filtered, which in a thread of an agent they are already, but not in a graph of which the agent is a node.
 *
 * @param messages the conversation
 * @param updates what makes it of what is stored; none if nothing was open
 */
record Opening(List<Message> messages, List<MessageUpdate> updates) {
    @SuppressWarnings("ReferenceEquality") // the same list, if nothing was open
    static Opening of(List<Message> stored, RunProgress progress, TextFilters all) {
        TextFilters filters = progress.isStartByInput() ? all.ofEarlierRuns() : all;
        List<Message> shown = filters.isEmpty()
                ? stored
                : stored.stream().map(filters::message).toList();
        List<Message> repaired = new Conversation(shown).repaired();
        List<MessageUpdate> updates = new ArrayList<>();
        if (repaired != shown) {
            updates.add(RemoveMessage.all());
            updates.addAll(repaired);
        } else {
            for (int i = 0; i < shown.size(); i++) {
                if (!shown.get(i).equals(stored.get(i))) {
                    updates.add(shown.get(i)); // takes the place of the one with its id
                }
            }
        }
        return new Opening(updates.isEmpty() ? stored : repaired, updates);
    }
}
