package dev.clew.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that a schedule enqueued.
 *
 * <pre>{@code
 * graph.schedule("nightly").state().map(ScheduleState::last)
 *     .ifPresent(last -> System.out.println(graph.write().handle(last.requestId(), last.threadId()).status()));
 * }</pre>
 *
 * @param threadId its thread
 * @param requestId its id: {@code name@tick}, the tick in UTC
 */
public record Firing(String threadId, String requestId) {
    /** Returns the id of the request for a tick. */
    public static String requestId(String schedule, Instant tick) {
        return schedule + "@" + tick;
    }

    /** Returns the name of the schedule whose request has this id; empty if it is no id of a firing. */
    public static Optional<String> schedule(String requestId) {
        int at = requestId.lastIndexOf('@');
        return at > 0 && tick(requestId, at).isPresent() ? Optional.of(requestId.substring(0, at)) : Optional.empty();
    }

    /** Returns the tick for which it was enqueued. */
    public Instant tick() {
        return tick(requestId, requestId.lastIndexOf('@'))
                .orElseThrow(() -> new IllegalStateException("'" + requestId + "' is no id of a firing"));
    }

    private static Optional<Instant> tick(String id, int at) {
        try {
            return Optional.of(Instant.parse(id.substring(at + 1)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
