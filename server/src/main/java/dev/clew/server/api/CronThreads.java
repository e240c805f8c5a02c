package dev.clew.server.api;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.ThreadBusyException;
import dev.clew.schedule.Firing;
import dev.clew.schedule.ScheduleState;
import dev.clew.server.cron.CronBook;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The threads that crons make for their runs: they get the cron's metadata, and are deleted when the run is over if that is
 * wanted. All servers do it, now and then; what one does twice does nothing.
 */
public final class CronThreads {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");
    private static final Set<ThreadStatus> OVER =
            Set.of(ThreadStatus.IDLE, ThreadStatus.CANCELLED, ThreadStatus.UNDONE, ThreadStatus.FAILED);

    private static final int PAGE = 100;
    private static final Duration LOOKED_BACK = Duration.ofHours(1);

    /** After so long all threads of a cron are looked at again: a firing may be opened long after later ones. */
    private static final Duration ALL_AGAIN = Duration.ofHours(1);

    private final Parts parts;
    private final CronBook book;

    private final Map<String, Marked> marked = new ConcurrentHashMap<>();

    /**
     * What was done for a cron.
     *
     * @param cron as it was when it fired last
     * @param last its last firing then
     * @param threads those that were marked, of those that are looked at each time
     * @param isOpen whether there are threads that are to be deleted
     * @param allAt when all were looked at
     */
    private record Marked(ObjectNode cron, Instant last, Set<String> threads, boolean isOpen, Instant allAt) {
        /** Whether nothing can have come since. */
        boolean isQuiet(Instant fired, Instant now) {
            return last.equals(fired) && !isOpen && fired.isBefore(now.minus(LOOKED_BACK)) && !isOld(now);
        }

        boolean isOld(Instant now) {
            return !now.isBefore(allAt.plus(ALL_AGAIN));
        }
    }

    public CronThreads(Parts parts, CronBook book) {
        this.parts = parts;
        this.book = book;
    }

    /** Looks at the crons that fired. Never throws. */
    public void tend() {
        try {
            List<ScheduleState> schedules = book.schedules();
            schedules.forEach(this::tendSafely);
            marked.keySet()
                    .retainAll(schedules.stream().map(ScheduleState::name).toList());
        } catch (RuntimeException failed) {
            LOG.warn("the threads of crons could not be looked at; it is tried again", failed);
        }
    }

    /** One that cannot be looked at holds up no others. */
    private void tendSafely(ScheduleState schedule) {
        try {
            tend(schedule);
        } catch (RuntimeException failed) {
            LOG.warn("the threads of cron '{}' could not be looked at; it is tried again", schedule.name(), failed);
        }
    }

    private void tend(ScheduleState schedule) {
        Firing last = schedule.last();
        if (last == null) {
            return;
        }
        String id = schedule.name();
        Marked done = marked.get(id);
        Instant now = parts.store().now();
        if (done != null && done.isQuiet(last.tick(), now)) {
            return;
        }
        Marked counted = done == null || done.isOld(now) ? null : done;
        Optional<ObjectNode> cron =
                counted != null && counted.last().equals(last.tick()) ? Optional.of(counted.cron()) : book.document(id);
        cron.ifPresent(found -> marked.put(id, tended(found, last.tick(), done, counted, now)));
    }

    /**
     * Looks at a cron's threads.
     *
     * @param before what was done before; null if nothing was
     * @param counted the same; null if all threads are to be looked at
     */
    private Marked tended(
            ObjectNode cron, Instant last, @Nullable Marked before, @Nullable Marked counted, Instant now) {
        Instant allAt = counted == null ? now : counted.allAt();
        if (!cron.path("thread_id").isNull()) {
            return new Marked(cron, last, Set.of(), false, allAt);
        }
        String prefix = cron.get("cron_id").asString() + "/";
        boolean deletes = cron.get("on_run_completed").asString("").equals("delete");
        // Each time those of the last hour: a firing may be opened after later ones.
        String recent = prefix + last.minus(LOOKED_BACK);
        Set<String> found = new HashSet<>();
        boolean[] isOpen = {false};
        from(prefix, counted == null || deletes ? prefix : recent, thread -> {
            String threadId = thread.threadId();
            if (deletes && OVER.contains(thread.head().status())) {
                isOpen[0] |= !delete(threadId);
                return;
            }
            isOpen[0] |= deletes;
            boolean isMarked = before != null && before.threads().contains(threadId);
            if ((isMarked || mark(threadId, cron)) && threadId.compareTo(recent) > 0) {
                found.add(threadId);
            }
        });
        return new Marked(cron, last, found, isOpen[0], allAt);
    }

    private boolean mark(String threadId, ObjectNode cron) {
        return parts.book()
                .change(threadId, null, metadata -> {
                    JsonNode own = cron.get("metadata");
                    own.properties().forEach(member -> metadata.set(member.getKey(), member.getValue()));
                    metadata.set("cron_id", cron.get("cron_id"));
                    metadata.set("assistant_id", cron.get("assistant_id"));
                    return metadata;
                })
                .isPresent();
    }

    /** The threads of a cron, whose ids begin with the cron's, after one of them. One that asks something stays until it is answered. */
    private void from(String prefix, String first, Consumer<ThreadRecord> each) {
        String after = first;
        while (after.startsWith(prefix)) {
            List<ThreadRecord> page =
                    parts.store().threads(ThreadQuery.all().after(after).limit(PAGE));
            page.stream().filter(thread -> thread.threadId().startsWith(prefix)).forEach(each);
            after = page.size() < PAGE ? "" : page.get(page.size() - 1).threadId();
        }
    }

    private boolean delete(String threadId) {
        try {
            parts.anyGraph().deleteThread(threadId);
            return true;
        } catch (ThreadBusyException busy) {
            LOG.debug("the thread '{}' of a cron runs again; it is deleted later", threadId);
            return false;
        }
    }
}
