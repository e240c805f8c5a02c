package dev.clew.spring;

import dev.clew.value.ClewException;

/**
 * Nothing says where an application's threads are stored, or what it says is not there. The message says what to add.
 *
 * <pre>{@code
 * clew.checkpointer=memory
 * }</pre>
 */
public final class NoCheckpointerException extends ClewException {
    private static final long serialVersionUID = 1L;

    public NoCheckpointerException(String message) {
        super(message);
    }
}
