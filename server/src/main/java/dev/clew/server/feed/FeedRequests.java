package dev.clew.server.feed;

import java.util.List;

/**
 * What feeds must know of the requests that servers got.
 *
 * <pre>{@code
 * Feeds feeds = new Feeds(catalog, store, operator, book);
 * }</pre>
 */
public interface FeedRequests {
    /** The ids of the requests of a thread's run, in the order in which they were made. */
    List<String> ofRun(String threadId, String runId);

    /** Whether one of them asks that other servers have what is heard of the run and in no log. */
    boolean isTaped(String threadId, String runId);
}
