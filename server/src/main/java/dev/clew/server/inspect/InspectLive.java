package dev.clew.server.inspect;

import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadRow;
import dev.clew.index.ThreadSearch;
import dev.clew.server.api.Gate;
import dev.clew.server.api.Parts;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The one stream that a page of the inspector holds. */
public final class InspectLive {
    /** How far threads are counted each second. */
    private static final int MOST_COUNTED = 1_000;

    private final Parts parts;
    private final Gate gate;
    private final ScheduledExecutorService clock;

    /** What all pages of callers who may see the same are told, so that many pages ask the store once a second. */
    private final Map<Map<String, Object>, Told> lists = new ConcurrentHashMap<>();

    private record Told(long nanos, ObjectNode list) {}

    /** @param clock ticks; nothing slow is done on it */
    public InspectLive(Parts parts, ScheduledExecutorService clock) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/clew/stream", Operation.Threads.SEARCH, this::list),
                Route.get("/clew/threads/{thread_id}/stream", Operation.Threads.READ, this::thread));
    }

    private Reply list(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.SEARCH);
        return Reply.events(new LiveFrames(null, () -> facts(decision, null), clock));
    }

    private Reply thread(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.READ);
        String threadId =
                gate.thread(decision, request.path("thread_id")).info().threadId();
        return Reply.events(new LiveFrames(reader(threadId, decision), () -> facts(decision, threadId), clock));
    }

    /** Begins with what comes: the page has read what was before. */
    private FeedReader reader(String threadId, Decision decision) {
        ThreadRow row = gate.thread(decision, threadId);
        long newest = Optional.ofNullable(row.runId())
                .flatMap(run -> parts.store()
                        .thread(threadId)
                        .flatMap(thread -> parts.catalog().ofThread(thread.workflow()))
                        .map(served -> parts.feeds().newest(served, threadId, run)))
                .orElse(-1L);
        return parts.feeds().thread(threadId, newest);
    }

    private ObjectNode facts(Decision decision, @Nullable String threadId) {
        ObjectNode facts = Json.object();
        if (threadId == null) {
            facts.set("threads", list(decision));
            return facts;
        }
        ObjectNode thread = Json.object();
        Optional<ThreadRow> row = gate.find(decision, threadId);
        thread.put("is_there", row.isPresent());
        row.ifPresent(found -> {
            thread.put("revision", found.revision());
            thread.put("status", InspectThreads.word(found.activity()));
            thread.put("state", String.valueOf(found.status()));
            thread.put("run_id", String.valueOf(found.runId()));
            thread.put("checkpoint_id", String.valueOf(found.checkpointId()));
            thread.set("changed_at", Json.time(found.changedAt()));
        });
        facts.set("thread", thread);
        return facts;
    }

    private ObjectNode list(Decision decision) {
        Told told = lists.get(decision.only());
        if (told != null && System.nanoTime() - told.nanos() < TimeUnit.MILLISECONDS.toNanos(900)) {
            return told.list();
        }
        ObjectNode list = Json.object();
        ThreadSearch visible = InspectThreads.visible(parts, decision);
        for (ThreadActivity activity : ThreadActivity.values()) {
            list.put(
                    InspectThreads.word(activity),
                    parts.book().index().count(visible.activity(activity), MOST_COUNTED));
        }
        parts.book()
                .index()
                .search(visible.order(ThreadSearch.Order.CHANGED, true).limit(1))
                .forEach(row -> list.set("changed_at", Json.time(row.changedAt())));
        if (lists.size() > 1_000) {
            lists.clear();
        }
        lists.put(decision.only(), new Told(System.nanoTime(), list));
        return list;
    }
}
