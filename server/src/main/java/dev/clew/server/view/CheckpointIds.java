package dev.clew.server.view;

/**
 * The ids of checkpoints as clients have them: without the slash that stands before a superstep of a graph, which web servers
 * refuse in paths.
 *
 * <pre>{@code
 * CheckpointIds.out("0006-3f2a/4");   // 0006-3f2a_4
 * }</pre>
 */
public final class CheckpointIds {
    private CheckpointIds() {}

    public static String out(String id) {
        return id.replace('/', '_');
    }

    public static String in(String id) {
        return id.replace('_', '/');
    }
}
