package dev.clew.server.inspect;

import dev.clew.queue.HeldRequest;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.WorkerRecord;
import dev.clew.schedule.ScheduleState;
import dev.clew.server.api.Gate;
import dev.clew.server.api.Parts;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is behind all threads: queues, the workers that take from them, and schedules. */
public final class InspectServer {
    /** The queue of the server's own runs. */
    private static final String QUEUE = "default";

    /** So many queues are shown at once; others can be named. */
    private static final int MOST_NAMES = 100;

    private static final int MOST_ROWS = 100;

    private final Parts parts;
    private final Gate gate;
    private final OwnQueues own;

    public InspectServer(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.own = new OwnQueues(parts, gate);
    }

    public List<Route> routes() {
        Operation inspect = Operation.Server.INSPECT;
        return List.of(
                Route.get("/clew/queues", inspect, this::queues),
                Route.get("/clew/workers", inspect, this::workers),
                Route.get("/clew/schedules", inspect, this::schedules));
    }

    /** The server's own queue, those of schedules, those that requests are in, and those that the caller names. */
    private Set<String> names(ApiRequest request) {
        Set<String> names = new TreeSet<>(request.queryList("queue"));
        if (names.isEmpty()) {
            names.add(QUEUE);
            parts.operator().schedules().forEach(schedule -> names.add(schedule.queue()));
            parts.operator()
                    .requests(QueueQuery.all()
                            .state(RequestState.DELAYED, RequestState.READY, RequestState.WAITING, RequestState.TAKEN))
                    .forEach(row -> names.add(row.request().queue()));
        }
        if (names.size() > MOST_NAMES) {
            return names.stream().limit(MOST_NAMES).collect(Collectors.toCollection(TreeSet::new));
        }
        return names;
    }

    private Reply queues(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Server.INSPECT);
        ArrayNode queues = decision.only().isEmpty() ? Json.array() : own.queues(decision);
        if (decision.only().isEmpty()) {
            names(request).forEach(name -> queues.add(queue(name)));
        }
        ObjectNode all = Json.object();
        all.set("now", Json.time(parts.store().now()));
        all.set("queues", queues);
        return Reply.json(all);
    }

    private ObjectNode queue(String name) {
        QueueState state = parts.operator().queue(name).state();
        ObjectNode queue = Json.object();
        queue.put("name", name);
        queue.put("is_paused", state.settings().paused());
        queue.put("global_concurrency", state.settings().globalConcurrency());
        queue.put("per_key_concurrency", state.settings().perKeyConcurrency());
        ObjectNode counts = Json.object();
        for (RequestState each : RequestState.values()) {
            counts.put(InspectThreads.word(each), state.count(each));
        }
        queue.set("counts", counts);
        queue.set("oldest", Json.time(state.oldest()));
        queue.put("workers", state.workers().size());
        queue.put(
                "slots", state.workers().stream().mapToInt(WorkerRecord::slots).sum());
        ArrayNode untaken = Json.array();
        state.untaken().stream().sorted().forEach(untaken::add);
        queue.set("untaken", untaken);
        queue.set("held", held(parts.operator().queue(name).held()));
        queue.set("running", running(name));
        queue.set("keys", keys(name));
        return queue;
    }

    /** What no worker takes before a person has acted. */
    private static ArrayNode held(List<HeldRequest> held) {
        ArrayNode all = Json.array();
        held.stream().limit(MOST_ROWS).forEach(one -> {
            ObjectNode row = Json.object();
            row.put("thread_id", one.threadId());
            row.put("request_id", one.runId());
            row.put("cause", String.valueOf(one.cause()));
            all.add(row);
        });
        return all;
    }

    private ArrayNode running(String name) {
        ArrayNode all = Json.array();
        parts.operator().queue(name).requests(RequestState.TAKEN, RequestState.READY).stream()
                .limit(MOST_ROWS)
                .forEach(row -> all.add(InspectThread.request(row)));
        return all;
    }

    /** How many requests of each key run and wait: those with the most. */
    private ArrayNode keys(String name) {
        Map<String, int[]> counts = new TreeMap<>();
        for (RequestRow row : parts.operator().queue(name).requests(RequestState.TAKEN, RequestState.READY)) {
            String key = row.request().concurrencyKey();
            if (key != null) {
                counts.computeIfAbsent(key, any -> new int[2])[row.state() == RequestState.TAKEN ? 0 : 1]++;
            }
        }
        ArrayNode all = Json.array();
        counts.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue()[0] - entry.getValue()[1]))
                .limit(MOST_ROWS)
                .forEach(entry -> all.add(Json.object()
                        .put("key", entry.getKey())
                        .put("running", entry.getValue()[0])
                        .put("ready", entry.getValue()[1])));
        return all;
    }

    private boolean isVisible(String threadId, Decision decision) {
        return decision.only().isEmpty() || gate.find(decision, threadId).isPresent();
    }

    private Reply workers(ApiRequest request) {
        if (!gate.decide(request, Operation.Server.INSPECT).only().isEmpty()) {
            throw ApiRefusal.forbidden("workers belong to nobody: only who may see all threads may see them");
        }
        ArrayNode workers = Json.array();
        names(request)
                .forEach(name -> parts.operator().queue(name).state().workers().stream()
                        .map(InspectServer::worker)
                        .forEach(workers::add));
        ObjectNode all = Json.object();
        all.set("now", Json.time(parts.store().now()));
        all.set("workers", workers);
        return Reply.json(all);
    }

    private static ObjectNode worker(WorkerRecord worker) {
        ObjectNode one = Json.object();
        one.put("owner", worker.owner());
        one.put("queue", worker.queue());
        one.put("slots", worker.slots());
        one.set("seen_at", Json.time(worker.seenAt()));
        one.set("deployment", Json.text(worker.deployment()));
        ArrayNode workflows = Json.array();
        worker.workflows().stream().sorted().forEach(workflows::add);
        one.set("workflows", workflows);
        return one;
    }

    private Reply schedules(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Server.INSPECT);
        ArrayNode schedules = Json.array();
        parts.operator().schedules().stream()
                .filter(one ->
                        decision.only().isEmpty() || one.threadId() != null && isVisible(one.threadId(), decision))
                .forEach(one -> schedules.add(schedule(one)));
        ObjectNode all = Json.object();
        all.set("now", Json.time(parts.store().now()));
        all.set("schedules", schedules);
        return Reply.json(all);
    }

    private static ObjectNode schedule(ScheduleState schedule) {
        ObjectNode one = Json.object();
        one.put("name", schedule.name());
        one.put("workflow", schedule.workflow());
        one.put("ticks", schedule.ticks());
        one.put("queue", schedule.queue());
        one.set("thread_id", Json.text(schedule.threadId()));
        one.put("is_paused", schedule.isPaused());
        one.set("next", Json.time(schedule.next()));
        one.set(
                "last_thread_id",
                Json.text(schedule.last() == null ? null : schedule.last().threadId()));
        one.set(
                "last_tick",
                Json.time(schedule.last() == null ? null : schedule.last().tick()));
        return one;
    }
}
