package dev.clew.server.feed;

import dev.clew.state.LoggedEvent;
import java.util.List;

/** Where feeds read what is stored of runs. */
interface FeedLog {
    /** What a run has recorded, from a place on. */
    LoggedEvent.Page events(String threadId, String runId, long from, int atMost);

    /** The ids of the requests that let a run begin and continue, in their order. */
    List<String> requests(String threadId, String runId);

    /** How many entries the run's log had when a request of it ended; -1 while it is under way, and for an unknown one. */
    long endOf(String threadId, String requestId);

    /** The runs of a thread, in the order of their numbers. */
    List<String> runs(String threadId);
}
