package dev.clew.messages;

import org.jspecify.annotations.Nullable;

/**
 * A change of a list of messages: a {@link Message} to append, or to put in the place of the one with its id; or a
 * {@link RemoveMessage}.
 */
public sealed interface MessageUpdate permits Message, RemoveMessage {
    /** Returns the id of the message that this is about; null if the message has none yet. */
    @Nullable
    String id();
}
