package dev.clew.server.inspect;

import dev.clew.server.api.Parts;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.state.LoggedEvent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The log of a run as it is: each record in its order, with its size, and what it says if it says something to people. */
record RunLog(Parts parts, ShownValues shown) {
    private static final int MOST = 500;

    /** So many characters of a value are in a page; all of it is read with its step. */
    private static final int LONGEST = 4_000;

    /** @param showsStacks whether failures have their stack traces */
    ObjectNode page(ApiRequest request, String threadId, String runId, boolean showsStacks) {
        int from = request.queryInt("from", 0, Integer.MAX_VALUE, 0);
        int limit = request.queryInt("limit", 1, MOST, 100);
        Map<Long, LoggedEvent> events = new HashMap<>();
        parts.operator().events(threadId, runId, from, limit).events().forEach(each -> events.put(each.seq(), each));
        ArrayNode records = Json.array();
        // One more than is shown tells whether there are more.
        parts.store().scan(threadId, runId, from, limit + 1, record -> {
            if (records.size() <= limit) {
                ObjectNode one = Json.object();
                one.put("seq", record.seq());
                one.put("bytes", record.bytes().length);
                LoggedEvent event = events.get(record.seq());
                records.add(event == null ? one.put("kind", "note") : filled(one, event, showsStacks));
            }
        });
        boolean isAll = records.size() <= limit;
        if (!isAll) {
            records.remove(limit);
        }
        ObjectNode page = Json.object();
        page.put("from", from);
        page.set("records", records);
        page.set("next", isAll ? Json.nothing() : Json.of(from + limit));
        return page;
    }

    private ObjectNode filled(ObjectNode one, LoggedEvent event, boolean showsStacks) {
        one.put("kind", event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        one.set("at", Json.time(event.at()));
        one.put("path", event.path());
        if (event instanceof LoggedEvent.Succeeded done) {
            one.put("attempts", done.attempts());
            one.put("cached", done.cached());
            one.set("started_at", Json.time(done.startedAt()));
            put(one, "arguments", StepValues.arguments(done.arguments(), shown));
            value(one, done.value());
        } else if (event instanceof LoggedEvent.Failed failed) {
            one.put("attempts", failed.attempts());
            one.set("started_at", Json.time(failed.startedAt()));
            put(one, "arguments", StepValues.arguments(failed.arguments(), shown));
            put(one, "failure", StepValues.failure(failed.failure(), showsStacks));
        } else if (event instanceof LoggedEvent.Retried retried) {
            one.put("attempts", retried.attempts());
            one.set("next_at", Json.time(retried.nextAt()));
            put(one, "failure", StepValues.failure(retried.failure(), showsStacks));
        } else if (event instanceof LoggedEvent.Opened opened) {
            put(one, "arguments", StepValues.arguments(opened.arguments(), shown));
        } else if (event instanceof LoggedEvent.Asked asked) {
            one.put("id", asked.id());
            one.set("deadline", Json.time(asked.deadline()));
            value(one, asked.value());
        } else if (event instanceof LoggedEvent.Answered answered) {
            value(one, answered.value());
        }
        return one;
    }

    private void value(ObjectNode one, @Nullable Object value) {
        put(one, "value", shown.shown(Json.of(value)));
    }

    /** A long one is cut, and is a text then. */
    private static void put(ObjectNode one, String member, JsonNode value) {
        String text = Json.write(value);
        if (text.length() > LONGEST) {
            one.put(member + "_begins", text.substring(0, LONGEST));
        } else {
            one.set(member, value);
        }
    }
}
