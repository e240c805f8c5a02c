package dev.clew.server.cron;

import dev.clew.Operator;
import dev.clew.flow.Workflow;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleState;
import dev.clew.server.json.Json;
import dev.clew.server.kept.Documents;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The crons of a server: each is a schedule, whose name is the cron's id, and a document with what a schedule has no place
 * for. The schedule decides whether there is a cron: its document is stored before it and deleted after it. Thread-safe.
 *
 * <pre>{@code
 * crons.save(id, plan, document);
 * }</pre>
 */
public final class CronBook {
    /** How many there may be: each is looked at by every server. */
    public static final int MOST = 1_000;

    /** The member of a document with who made the cron, and what they may do. Clients do not read it. */
    public static final String MAKER = "maker";

    private final Documents documents;
    private final Operator operator;

    public CronBook(Store store, Operator operator) {
        this.documents = new Documents(store, "crons");
        this.operator = operator;
    }

    /** A cron as clients read it; empty if there is none of this id. */
    public Optional<ObjectNode> find(String id) {
        Optional<ScheduleState> schedule = operator.schedule(id).state();
        return schedule.flatMap(state -> documents.find(id).map(document -> view(document, state)));
    }

    /** Who made a cron. */
    public JsonNode maker(String id) {
        return documents.find(id).map(document -> document.path(MAKER)).orElseGet(Json::object);
    }

    /** All crons as clients read them, in the order of their ids, which is that of their creation. */
    public List<ObjectNode> all() {
        Map<String, ObjectNode> known = new HashMap<>();
        documents.all().forEach(each -> known.put(each.get("cron_id").asString(), each));
        List<ObjectNode> all = new ArrayList<>();
        if (!known.isEmpty()) {
            for (ScheduleState state : operator.schedules()) {
                ObjectNode document = known.get(state.name());
                if (document != null) {
                    all.add(view(document, state));
                }
            }
        }
        return all;
    }

    /** The schedules of all crons, and those that programs made. */
    public List<ScheduleState> schedules() {
        return operator.schedules();
    }

    /** What a schedule has no place for; empty if it is no cron's. */
    public Optional<ObjectNode> document(String id) {
        return documents.find(id);
    }

    /**
     * Stores a cron, new or changed.
     *
     * @throws ApiRefusal if there are too many, or it would never fire; nothing is stored then
     */
    public ObjectNode save(String id, CronPlan plan, ObjectNode document) {
        Optional<ObjectNode> before = documents.find(id);
        if (before.isEmpty() && documents.all().size() >= MOST) {
            throw ApiRefusal.invalid(
                    "there are " + MOST + " crons, which is as many as a server may have; delete some");
        }
        documents.put(id, document);
        try {
            define(id, plan);
        } catch (RuntimeException refused) {
            before.ifPresentOrElse(old -> documents.put(id, old), () -> documents.delete(id));
            throw refused;
        }
        return find(id).orElseThrow(() -> ApiRefusal.notFound("there is no cron '" + id + "' any more"));
    }

    private static void define(String id, CronPlan plan) {
        Workflow<Object, Object> workflow = plan.served().workflow();
        Object input = plan.input();
        Schedule schedule = input == null
                ? workflow.schedule(id, plan.ticks(), plan.config(), plan.options())
                : workflow.schedule(id, plan.ticks(), input, plan.config(), plan.options());
        boolean there = plan.enabled() ? schedule.resume() : schedule.pause();
        if (!there) {
            throw ApiRefusal.notFound("there is no cron '" + id + "' any more");
        }
    }

    /** Deletes a cron. What it enqueued stays. */
    public void delete(String id) {
        boolean unused = operator.schedule(id).delete();
        documents.delete(id);
    }

    /** Deletes the crons of a thread. */
    public void deleteOf(String threadId) {
        for (ObjectNode each : documents.all()) {
            JsonNode thread = each.get("thread_id");
            if (thread != null && thread.isString() && thread.stringValue().equals(threadId)) {
                delete(each.get("cron_id").asString());
            }
        }
    }

    private static ObjectNode view(ObjectNode document, ScheduleState state) {
        ObjectNode view = document.deepCopy();
        view.remove(MAKER);
        view.set("next_run_date", Json.time(state.next()));
        view.put("enabled", !state.isPaused());
        return view;
    }
}
