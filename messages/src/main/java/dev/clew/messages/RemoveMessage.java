package dev.clew.messages;

import java.util.Objects;

/**
 * Removes a message from a list of messages. An id that the list does not have is ignored.
 *
 * <pre>{@code
 * update().messages(new RemoveMessage("a1"), Message.user("Something else"))
 * }</pre>
 *
 * @param id the id of the message
 */
public record RemoveMessage(String id) implements MessageUpdate {
    private static final String ALL = "__remove_all__";

    /** Checks that there is an id. */
    public RemoveMessage {
        Objects.requireNonNull(id, "id");
    }

    /** Returns the update that removes all messages that are in the list, and all that stand before it in the same update. */
    public static RemoveMessage all() {
        return new RemoveMessage(ALL);
    }

    /** Whether it removes all messages. */
    public boolean isAll() {
        return id.equals(ALL);
    }
}
