package dev.clew.messages;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;

/**
 * An unmodifiable list of messages that knows where each id is, and gives a longer list in time for the new messages only: lists
 * that grew from one another share an array and an index. Only the newest of them appends in place; any other copies.
 */
final class MessageList extends AbstractList<Message> implements RandomAccess {
    /** What lists share. Its lock guards all; places in the array up to {@code used} never change. */
    private static final class Shared {
        private Message[] messages;
        private int used;

        /** The last place of each id. It may be beyond the end of a list that is not the newest. */
        private final Map<String, Integer> places = new HashMap<>();

        Shared(List<Message> messages, int room) {
            this.messages = messages.toArray(new Message[room]);
            this.used = messages.size();
            for (int i = 0; i < used; i++) {
                note(this.messages[i], i);
            }
        }

        private void note(Message message, int place) {
            String id = message.id();
            if (id != null) {
                places.put(id, place);
            }
        }

        void append(Message message) {
            if (used == messages.length) {
                messages = Arrays.copyOf(messages, Math.max(8, used + (used >> 1)));
            }
            messages[used] = message;
            note(message, used);
            used++;
        }
    }

    private final Shared shared;
    private final Message[] messages;
    private final int size;

    private MessageList(Shared shared) {
        this.shared = shared;
        this.messages = shared.messages;
        this.size = shared.used;
    }

    /** The list itself if it can grow, else a copy that can. */
    static MessageList of(List<Message> list) {
        return list instanceof MessageList growing ? growing : new MessageList(new Shared(list, list.size()));
    }

    /** The list after these changes, in their order. */
    MessageList merged(List<? extends MessageUpdate> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        synchronized (shared) {
            boolean isNewest = shared.used == size;
            if (isNewest && changes.stream().allMatch(this::isNew)) {
                Set<String> ids = new HashSet<>();
                boolean isDistinct = changes.stream().allMatch(each -> each.id() == null || ids.add(each.id()));
                if (isDistinct) {
                    changes.forEach(each -> shared.append((Message) each));
                    return new MessageList(shared);
                }
            }
        }
        return copied(changes);
    }

    private boolean isNew(MessageUpdate change) {
        return change instanceof Message message && (message.id() == null || !shared.places.containsKey(message.id()));
    }

    private MessageList copied(List<? extends MessageUpdate> changes) {
        Shared copy = new Shared(this, size + changes.size());
        Set<String> removed = new HashSet<>();
        for (MessageUpdate change : changes) {
            String id = change.id();
            Integer place = id == null ? null : copy.places.get(id);
            if (change instanceof Message message && (id == null || place == null)) {
                copy.append(message);
            } else if (change instanceof Message message && place != null) {
                copy.messages[place] = message;
                removed.remove(id);
            } else if (place != null && id != null) {
                removed.add(id);
            }
        }
        MessageList all = new MessageList(copy);
        return removed.isEmpty()
                ? all
                : of(all.stream()
                        .filter(message -> !removed.contains(idOf(message)))
                        .toList());
    }

    /** An id that no message has, for one without. */
    private static String idOf(Message message) {
        return Objects.requireNonNullElse(message.id(), "");
    }

    @Override
    public Message get(int index) {
        return messages[Objects.checkIndex(index, size)];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(messages, size, Object[].class);
    }
}
