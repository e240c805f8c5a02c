package dev.clew.checkpoint;

/**
 * The place where a checkpointer stores is gone or was replaced while it was in use. No call on that checkpointer succeeds
 * any more; runs that were executing on it stop. What was written may be lost with the old place.
 *
 * <pre>{@code
 * catch (StorageLostException e) {
 *   // restore the file, then restart: a checkpointer that is opened anew uses what is there
 * }
 * }</pre>
 */
public final class StorageLostException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    public StorageLostException(String message) {
        super(message);
    }
}
