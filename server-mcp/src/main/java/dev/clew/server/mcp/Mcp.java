package dev.clew.server.mcp;

import dev.clew.server.spi.ServerExtension;
import java.time.Duration;

/**
 * The Model Context Protocol over a server: every assistant that a caller may see is a tool, by the stateless form of streamable HTTP
 * at {@code /mcp}.
 *
 * <pre>{@code
 * AgentServer.builder().graph(essays).extension(Mcp.endpoint()).start()
 * }</pre>
 *
 * <p>A tool takes the workflow's input: its members, or a member {@code input} if it is no object. It gives the result as text and as
 * structured content. A workflow that asks something gives an ordinary result with {@code thread_id} and {@code __interrupt__}; the
 * tool {@code answer} takes the answers and continues it. A failure, or a run that was cancelled, is a result with {@code isError}.
 *
 * <p>A call waits for {@link #LONGEST_WAIT}. Then it gives {@code thread_id}, and {@code __interrupt__} without questions: the run goes
 * on, and {@code answer} without answers waits for it again. The thread of a call is deleted when its run has given a result; it stays
 * if the run fails, is cancelled, or nobody waits for its end.
 */
public final class Mcp {
    /** How long a call waits for its run: less than the minute after which most clients give up. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(50);

    private Mcp() {}

    /** What a server's builder takes as an extension. */
    public static ServerExtension endpoint() {
        return endpoint(LONGEST_WAIT);
    }

    /**
     * The same for clients that wait longer, or less long.
     *
     * @param longestWait how long a call waits for its run; more than nothing
     */
    public static ServerExtension endpoint(Duration longestWait) {
        if (longestWait.isNegative() || longestWait.isZero()) {
            throw new IllegalArgumentException("the longest wait must be more than nothing, not " + longestWait);
        }
        return new McpEndpoint(longestWait);
    }
}
