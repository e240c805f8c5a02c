package dev.clew.server.view;

import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadRow;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.catalog.NameUuid;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Threads as clients read them. */
public record ThreadViews(Catalog catalog, ThreadBook book) {
    /** Reads all of a thread. */
    public ObjectNode of(ThreadRow row) {
        return of(row, Set.of());
    }

    /**
     * Reads what is wanted of a thread.
     *
     * @param select which members are wanted; empty for all
     */
    public ObjectNode of(ThreadRow row, Set<String> select) {
        String threadId = row.info().threadId();
        ObjectNode thread = Json.object();
        thread.put("thread_id", threadId);
        thread.set("created_at", Json.time(row.createdAt()));
        thread.set("updated_at", Json.time(row.changedAt()));
        thread.set("state_updated_at", Json.time(row.changedAt()));
        thread.set("metadata", book.metadata(row));
        thread.put("status", row.activity().name().toLowerCase(Locale.ROOT));
        ObjectNode config = Json.object();
        config.set("configurable", Json.object());
        thread.set("config", config);
        boolean wantsState = select.isEmpty()
                || select.contains("values")
                || select.contains("interrupts")
                || select.contains("error");
        if (wantsState) {
            state(row, thread);
        }
        if (!select.isEmpty()) {
            thread.retain(select);
        }
        return thread;
    }

    private void state(ThreadRow row, ObjectNode thread) {
        Optional<Served> served = Optional.ofNullable(row.info().workflow())
                .filter(name -> row.status() != null)
                .flatMap(catalog::ofThread);
        if (served.isEmpty()) {
            thread.set("values", Json.object());
            thread.set("interrupts", Json.object());
            return;
        }
        String threadId = row.info().threadId();
        ThreadState<Object> state = served.get().workflow().state(threadId);
        thread.set("values", States.of(served.get()).values(threadId));
        thread.set("interrupts", interrupts(state));
        thread.set("error", error(row, state));
    }

    private static JsonNode error(ThreadRow row, ThreadState<Object> state) {
        if (row.activity() != ThreadActivity.ERROR) {
            return Json.nothing();
        }
        if (state.failure() != null) {
            return Failures.of(state.failure());
        }
        ThreadStatus status = state.status();
        return Failures.of(status.name(), state.blockedBy() == null ? "the run is " + status : state.blockedBy());
    }

    /** What is asked, by the id of the step that asks. */
    private static ObjectNode interrupts(ThreadState<?> state) {
        ObjectNode all = Json.object();
        state.pending().forEach(question -> {
            int slash = question.path().lastIndexOf('/');
            String asking = slash < 0 ? "" : question.path().substring(0, slash);
            String task = NameUuid.ofStep(state.threadId(), String.valueOf(state.runId()), asking);
            ArrayNode items = all.get(task) instanceof ArrayNode known ? known : Json.array();
            items.add(Questions.of(question));
            all.set(task, items);
        });
        return all;
    }
}
