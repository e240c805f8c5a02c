package dev.clew.server.api;

import dev.clew.checkpoint.RunRecord;
import dev.clew.server.catalog.Served;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of a thread, for streams of all of them. */
record ThreadRuns(Parts parts, String threadId) {
    /** The workflow that the thread is bound to; empty if it never ran, or what it is bound to is not served. */
    Optional<Served> served() {
        return parts.store().thread(threadId).flatMap(thread -> parts.catalog().ofThread(thread.workflow()));
    }

    /** The name of the workflow; without one, a text without characters. */
    String graph() {
        return served().map(Served::graphId).orElse("");
    }

    /** The position of the newest event of the newest run; 0 if there is none. */
    long newest() {
        return parts.store()
                .thread(threadId)
                .flatMap(thread -> Optional.ofNullable(thread.head().runId()))
                .flatMap(run -> served().map(one -> parts.feeds().newest(one, threadId, run)))
                .orElse(0L);
    }

    /** The id of the run with a number; null if there is none. */
    @Nullable
    String run(int number) {
        return parts.feeds().runs(threadId).stream()
                .filter(id -> parts.store()
                        .run(threadId, id)
                        .map(RunRecord::number)
                        .filter(own -> own == number)
                        .isPresent())
                .findFirst()
                .orElse(null);
    }
}
