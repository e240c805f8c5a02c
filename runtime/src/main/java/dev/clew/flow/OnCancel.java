package dev.clew.flow;

/**
 * What becomes of what a run has done, when it is cancelled.
 *
 * <pre>{@code
 * trips.cancel("trip-7", OnCancel.UNDO);
 * }</pre>
 */
public enum OnCancel {
    /** It stays as it is; {@code Command.undo()} may undo it later. */
    LEAVE,
    /** It is undone, as by {@code Command.undo()}. */
    UNDO
}
