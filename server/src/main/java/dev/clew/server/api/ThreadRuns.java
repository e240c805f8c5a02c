package dev.clew.server.api;

import dev.clew.checkpoint.RunRecord;
import dev.clew.server.catalog.Served;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The runs of a thread, for streams of all of them. Thread-safe. */
final class ThreadRuns {
    private final Parts parts;
    private final String threadId;
    private final Map<Integer, String> byNumber = new ConcurrentHashMap<>();

    ThreadRuns(Parts parts, String threadId) {
        this.parts = parts;
        this.threadId = threadId;
    }

    String threadId() {
        return threadId;
    }

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

    /** The id of the run with a number; null if there is none. All runs are looked at once, and then those that are new. */
    @Nullable
    String run(int number) {
        String known = byNumber.get(number);
        // A run that was taken back has left its number to another one.
        if (known == null || numberOf(known) != number) {
            byNumber.remove(number);
            Set<String> looked = Set.copyOf(byNumber.values());
            parts.feeds().runs(threadId).stream()
                    .filter(id -> !looked.contains(id))
                    .forEach(id -> byNumber.put(numberOf(id), id));
            known = byNumber.get(number);
        }
        return known;
    }

    /** 0 if there is no such run any more. */
    private int numberOf(String runId) {
        return parts.store().run(threadId, runId).map(RunRecord::number).orElse(0);
    }
}
