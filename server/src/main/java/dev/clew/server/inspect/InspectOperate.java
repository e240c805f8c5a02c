package dev.clew.server.inspect;

import dev.clew.WorkQueue;
import dev.clew.queue.HeldRequest;
import dev.clew.queue.QueueSettings;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Schedule;
import dev.clew.server.api.Gate;
import dev.clew.server.api.Parts;
import dev.clew.server.auth.Operation;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a person does with queues and schedules, which belong to all threads: only who may touch all of these may do it. */
public final class InspectOperate {
    private static final Set<String> SETTINGS = Set.of("is_paused", "global_concurrency", "per_key_concurrency");

    private final Parts parts;
    private final Gate gate;

    public InspectOperate(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
    }

    public List<Route> routes() {
        Operation operate = Operation.Server.OPERATE;
        return List.of(
                Route.patch("/clew/queues/{queue}", operate, this::configure),
                Route.post("/clew/queues/{queue}/retry", operate, this::retry),
                Route.patch("/clew/schedules/{schedule}", operate, this::pause),
                Route.post("/clew/schedules/{schedule}/fire", operate, this::fire),
                Route.delete("/clew/schedules/{schedule}", operate, this::delete));
    }

    private void requireAll(ApiRequest request) {
        if (!gate.decide(request, Operation.Server.OPERATE).only().isEmpty()) {
            throw ApiRefusal.forbidden(
                    "queues and schedules belong to all threads: only who may touch all threads may change them");
        }
    }

    private Reply configure(ApiRequest request) {
        requireAll(request);
        Body body = request.body();
        if (body.node().isEmpty() || !SETTINGS.containsAll(body.node().propertyNames())) {
            throw ApiRefusal.invalid("the body must have some of 'is_paused', 'global_concurrency' and"
                    + " 'per_key_concurrency', and nothing else");
        }
        WorkQueue queue = parts.operator().queue(request.path("queue"));
        QueueSettings before = queue.state().settings();
        QueueSettings settings = new QueueSettings(
                body.flag("is_paused", before.paused()),
                limit(body, "global_concurrency", before.globalConcurrency()),
                limit(body, "per_key_concurrency", before.perKeyConcurrency()));
        queue.configure(settings);
        ObjectNode now = Json.object();
        now.put("name", queue.name());
        now.put("is_paused", settings.paused());
        now.put("global_concurrency", settings.globalConcurrency());
        now.put("per_key_concurrency", settings.perKeyConcurrency());
        return Reply.json(now);
    }

    private static int limit(Body body, String name, int before) {
        OptionalInt wanted = body.integer(name, 0, Integer.MAX_VALUE);
        return wanted.orElse(before);
    }

    /** Lets a worker take a held request again. */
    private Reply retry(ApiRequest request) {
        requireAll(request);
        Body body = request.body();
        String threadId = body.requireText("thread_id");
        String requestId = body.requireText("request_id");
        WorkQueue queue = parts.operator().queue(request.path("queue"));
        HeldRequest held = queue.held().stream()
                .filter(one -> one.threadId().equals(threadId) && one.runId().equals(requestId))
                .findFirst()
                .orElseThrow(() -> ApiRefusal.notFound("the queue '" + queue.name() + "' holds no request '" + requestId
                        + "' of thread '" + threadId + "'"));
        return Reply.json(Json.object().put("retried", queue.retry(held)));
    }

    private Schedule schedule(ApiRequest request) {
        requireAll(request);
        return parts.operator().schedule(request.path("schedule"));
    }

    private static ApiRefusal none(Schedule schedule) {
        return ApiRefusal.notFound("there is no schedule '" + schedule.name() + "'");
    }

    private Reply pause(ApiRequest request) {
        Schedule schedule = schedule(request);
        Body body = request.body();
        if (!body.has("is_paused")) {
            throw ApiRefusal.invalid("the body must have 'is_paused', true or false");
        }
        boolean pauses = body.flag("is_paused", false);
        if (!(pauses ? schedule.pause() : schedule.resume())) {
            throw none(schedule);
        }
        return Reply.json(Json.object().put("name", schedule.name()).put("is_paused", pauses));
    }

    private Reply fire(ApiRequest request) {
        Schedule schedule = schedule(request);
        Instant moment = request.body().text("at").map(InspectOperate::moment).orElseGet(parts.store()::now);
        Firing fired = schedule.fire(moment).orElseThrow(() -> none(schedule));
        return Reply.json(Json.object().put("thread_id", fired.threadId()).put("request_id", fired.requestId()));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw ApiRefusal.invalid(
                    "'at' must be a moment, such as 2026-03-27T06:00:00Z, not '" + text + "'; it names the run");
        }
    }

    /** A client's cron is a schedule with a document beside it. */
    private Reply delete(ApiRequest request) {
        Schedule schedule = schedule(request);
        if (schedule.state().isEmpty()) {
            throw none(schedule);
        }
        if (parts.crons() == null) {
            boolean unused = schedule.delete();
        } else {
            parts.crons().delete(schedule.name());
        }
        return Reply.empty(204);
    }
}
