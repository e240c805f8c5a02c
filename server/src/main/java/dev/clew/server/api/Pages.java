package dev.clew.server.api;

import dev.clew.server.kernel.Reply;
import tools.jackson.databind.node.ArrayNode;

/** Pages of lists, with the headers that say how many there are. */
final class Pages {
    private Pages() {}

    /** @param total how many there are in all */
    static Reply of(ArrayNode page, int offset, int limit, long total) {
        Reply reply = Reply.json(page).with("X-Pagination-Total", Long.toString(total));
        return offset + (long) limit < total
                ? reply.with("X-Pagination-Next", Long.toString(offset + (long) limit))
                : reply;
    }
}
