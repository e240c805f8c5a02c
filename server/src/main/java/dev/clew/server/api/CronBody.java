package dev.clew.server.api;

import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenInterrupted;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedules.Cron;
import dev.clew.server.auth.Principal;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.cron.CronPlan;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.Body;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a cron, read and checked.
 *
 * @param run what it enqueues
 * @param body as the client sent it
 * @param end from when on it does not fire; null for never
 */
record CronBody(
        RunBody run, Body body, Cron ticks, @Nullable Instant end) {
    private static final Set<String> NOT_OFFERED = Set.of(
            "interrupt_before",
            "interrupt_after",
            "checkpoint",
            "checkpoint_id",
            "command",
            "after_seconds",
            "webhook");

    /**
     * Reads a body; what is wrong with it is refused.
     *
     * @param applied the body with what its assistant has
     * @param now the store's time, after which a cron must end
     */
    static CronBody of(Body body, Body applied, Catalog catalog, Instant now) {
        body.requireNone(NOT_OFFERED, "of a cron is not offered");
        String expression = body.requireText("schedule");
        RunBody run = RunBody.of(applied, catalog);
        if (run.input() == null && run.served().hasInput()) {
            throw ApiRefusal.invalid("'input' is missing; '" + run.served().graphId() + "' takes one");
        }
        if (run.strategy() == RunBody.Strategy.INTERRUPT || run.strategy() == RunBody.Strategy.ROLLBACK) {
            throw ApiRefusal.invalid("'multitask_strategy' of a cron must be enqueue or reject");
        }
        body.oneOf("on_run_completed", "delete", "keep");
        body.flag("enabled", true);
        Cron ticks = Cron.of(expression, zone(body));
        Optional<Instant> end = body.text("end_time").map(CronBody::moment);
        end.filter(moment -> !moment.isAfter(now)).ifPresent(past -> {
            throw ApiRefusal.invalid("'end_time' is " + past + ", which has passed");
        });
        return new CronBody(run, body, end.isEmpty() ? ticks : ticks.until(end.get()), end.orElse(null));
    }

    private static ZoneId zone(Body body) {
        String name = body.text("timezone").orElse("UTC");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw ApiRefusal.invalid(
                    "'timezone' is '" + name + "'; it must be the name of a zone, such as Europe/Berlin");
        }
    }

    /** A moment without an offset is one in UTC. */
    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException local) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException none) {
                throw ApiRefusal.invalid(
                        "'end_time' is '" + text + "'; it must be a moment, such as 2032-01-01T00:00:00Z");
            }
        }
    }

    boolean enabled() {
        return body.flag("enabled", true);
    }

    /** What becomes of the thread of a run that is over; of a cron of one thread, nothing. */
    String onRunCompleted() {
        return body.text("on_run_completed").orElse("delete");
    }

    CronPlan plan(String cronId, @Nullable String threadId, Principal who) {
        JsonNode input = run.input();
        boolean takes = input != null && run.served().hasInput();
        Overlap overlap = run.strategy() == RunBody.Strategy.REJECT ? Overlap.SKIP : Overlap.ENQUEUE;
        return new CronPlan(
                run.served(),
                takes && input != null ? run.served().input(input) : null,
                config(cronId, threadId).attributes(RunAttributes.of(run, who)),
                ticks,
                ScheduleOptions.DEFAULT.overlap(overlap),
                enabled());
    }

    private RunConfig config(String cronId, @Nullable String threadId) {
        RunConfig config = (threadId == null ? RunConfig.none() : RunConfig.thread(threadId))
                .metadata(metadata(cronId))
                .tags(run.tags().toArray(String[]::new))
                .whenInterrupted(WhenInterrupted.ABANDON);
        config = run.durability() == null ? config : config.durability(run.durability());
        if (run.recursionLimit().isPresent()) {
            int limit = run.recursionLimit().getAsInt();
            config = run.served().graph().isPresent() ? config.maxSupersteps(limit) : config.maxSteps(limit);
        }
        return config;
    }

    private Map<String, String> metadata(String cronId) {
        Map<String, String> texts = new LinkedHashMap<>(RunMetadata.texts(run.metadata()));
        texts.put("cron_id", cronId);
        return texts;
    }

    /** The assistant that is run. */
    String assistantId() {
        return Assistants.id(run.kwargs(), run.served());
    }

    /** The body as clients read it again. */
    ObjectNode payload(String cronId) {
        ObjectNode payload = body.node().deepCopy();
        payload.put("assistant_id", assistantId());
        if (payload.has("input")) {
            payload.set("input", run.kept().get("input"));
        }
        ObjectNode config = payload.get("config") instanceof ObjectNode given ? given : Json.object();
        ObjectNode configurable = config.get("configurable") instanceof ObjectNode given ? given : Json.object();
        configurable.put("cron_id", cronId);
        config.set("configurable", configurable);
        payload.set("config", config);
        return payload;
    }
}
