package dev.clew.server.api;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.ThreadBusyException;
import dev.clew.schedule.Firing;
import dev.clew.schedule.ScheduleState;
import dev.clew.server.cron.CronBook;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
            Set.of(ThreadStatus.IDLE, ThreadStatus.CANCELLED, ThreadStatus.FAILED);

    private static final int PAGE = 100;

    private final Parts parts;
    private final CronBook book;

    /** The firing of each cron that was looked at last. */
    private final Map<String, Firing> marked = new ConcurrentHashMap<>();

    public CronThreads(Parts parts, CronBook book) {
        this.parts = parts;
        this.book = book;
    }

    /** Looks at all crons. Never throws. */
    public void tend() {
        try {
            book.all().forEach(this::tend);
        } catch (RuntimeException failed) {
            LOG.warn("the threads of crons could not be looked at; it is tried again", failed);
        }
    }

    private void tend(ObjectNode cron) {
        String id = cron.get("cron_id").asString();
        if (!cron.get("thread_id").isNull()) {
            return;
        }
        Firing last = book.schedule(id).map(ScheduleState::last).orElse(null);
        if (last == null) {
            return;
        }
        if (cron.get("on_run_completed").asString("").equals("delete")) {
            deleteThoseOver(id);
        }
        if (!last.equals(marked.get(id)) && mark(last.threadId(), cron)) {
            marked.put(id, last);
        }
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

    /** Their ids begin with the cron's. One that asks something is kept until it is answered. */
    private void deleteThoseOver(String cronId) {
        String prefix = cronId + "/";
        String after = prefix;
        while (after.startsWith(prefix)) {
            List<ThreadRecord> page =
                    parts.store().threads(ThreadQuery.all().after(after).limit(PAGE));
            page.stream()
                    .filter(thread -> thread.threadId().startsWith(prefix))
                    .filter(thread -> OVER.contains(thread.head().status()))
                    .forEach(thread -> delete(thread.threadId()));
            after = page.size() < PAGE ? "" : page.get(page.size() - 1).threadId();
        }
    }

    private void delete(String threadId) {
        try {
            parts.anyGraph().deleteThread(threadId);
        } catch (ThreadBusyException busy) {
            LOG.debug("the thread '{}' of a cron runs again; it is deleted later", threadId);
        }
    }
}
