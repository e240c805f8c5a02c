package dev.clew.flow;

import dev.clew.value.ClewException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The thread is running, or asleep in a run; a second invocation is refused. Nothing was stored.
 *
 * <pre>{@code
 * catch (ThreadBusyException busy) {
 *   log.info("busy since {} by {}", busy.since(), busy.owner());
 * }
 * }</pre>
 */
public final class ThreadBusyException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String owner;
    private final Instant since;

    public ThreadBusyException(String threadId, String doing, @Nullable String owner, Instant since) {
        super("thread '" + threadId + "' is busy: " + doing + " since " + since
                + (owner == null ? "" : ", owned by " + owner)
                + "; wait with RunConfig.whenBusy(…), or cancel it");
        this.owner = owner;
        this.since = since;
    }

    /** The owner of the thread; empty if no process owns it: its run sleeps, or requests wait in its line. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** Since when. */
    public Instant since() {
        return since;
    }
}
