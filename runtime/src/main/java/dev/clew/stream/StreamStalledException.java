package dev.clew.stream;

import dev.clew.value.ClewException;
import java.time.Duration;

/**
 * A stream's reader took nothing for so long that it was cut off; the run goes on without it, and its result can still
 * be had from the stream or the thread's state.
 *
 * <pre>{@code
 * catch (StreamStalledException e) {
 *   return workflow.state(threadId);
 * }
 * }</pre>
 */
public final class StreamStalledException extends ClewException {
    private static final long serialVersionUID = 1L;

    public StreamStalledException(Duration stalled) {
        super("the stream's reader took no event for " + stalled
                + " while the run waited for it, so it was cut off; the run goes on: read faster, want fewer modes, or raise the"
                + " builder's streamStall");
    }
}
