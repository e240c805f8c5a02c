package dev.clew.server.api;

import dev.clew.flow.Durability;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.Body;
import dev.clew.server.view.CheckpointIds;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client wants to be run, and how; all of it is checked before anything is stored.
 *
 * @param input null if there is none
 * @param resume the answers; null if there are none
 * @param context what the application is to know; null for nothing
 * @param modes which events a stream has
 * @param strategy what happens if the thread is busy
 * @param checkpoint where to branch off; null for the newest state
 * @param pauseBefore the names of nodes, or {@code *}
 * @param pauseAfter the names of nodes, or {@code *}
 * @param kwargs the body as it was sent: what a request is compared by
 * @param kept the same with no more of the input than its type lets be stored
 */
record RunBody(
        Served served,
        @Nullable JsonNode input,
        @Nullable JsonNode resume,
        ObjectNode metadata,
        ObjectNode config,
        @Nullable JsonNode context,
        List<String> tags,
        OptionalInt recursionLimit,
        Set<String> modes,
        boolean subgraphs,
        boolean resumable,
        Strategy strategy,
        boolean cancelOnDisconnect,
        boolean createThread,
        boolean keepThread,
        Duration delay,
        @Nullable Durability durability,
        @Nullable String checkpoint,
        List<String> pauseBefore,
        List<String> pauseAfter,
        ObjectNode kwargs,
        ObjectNode kept) {
    /** What happens to a run whose thread is busy. */
    enum Strategy {
        REJECT,
        ENQUEUE,
        INTERRUPT,
        ROLLBACK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final List<String> ALL_MODES = List.of(
            "values", "updates", "custom", "messages", "messages-tuple", "tasks", "checkpoints", "debug", "tools");

    private static final Set<String> KWARGS = Set.of(
            "input",
            "command",
            "config",
            "context",
            "stream_mode",
            "interrupt_before",
            "interrupt_after",
            "webhook",
            "feedback_keys",
            "stream_subgraphs",
            "stream_resumable",
            "durability",
            "checkpoint_during");

    /** Reads a body; what is wrong with it is refused. */
    static RunBody of(Body body, Catalog catalog) {
        Served served = catalog.require(body.requireText("assistant_id"));
        Body config = body.inner("config");
        Body command = body.inner("command");
        command.requireNone(Set.of("update", "goto"), "of a command is not offered: update the state, or fork it");
        JsonNode resume = command.node().get("resume");
        JsonNode input = resume == null ? body.find("input") : null;
        if (input != null && served.hasInput()) {
            Object unused = served.input(input);
        }
        ObjectNode kwargs = kwargs(body);
        ObjectNode kept = kwargs.deepCopy();
        if (input != null && served.hasInput()) {
            kept.set("input", served.kept(input));
        }
        return new RunBody(
                served,
                input,
                resume,
                body.object("metadata").orElseGet(Json::object),
                config.node(),
                body.find("context"),
                config.texts("tags"),
                config.integer("recursion_limit", 1, Integer.MAX_VALUE),
                modes(body),
                body.flag("stream_subgraphs", false),
                body.flag("stream_resumable", false),
                strategy(body),
                is("cancel", body.oneOf("on_disconnect", "cancel", "continue")),
                is("create", body.oneOf("if_not_exists", "reject", "create")),
                is("keep", body.oneOf("on_completion", "delete", "keep")),
                Duration.ofMillis(Math.round(body.number("after_seconds").orElse(0.0) * 1_000)),
                durability(body),
                checkpoint(body),
                nodes(served, body, "interrupt_before"),
                nodes(served, body, "interrupt_after"),
                kwargs,
                kept);
    }

    /** In the three places in which clients name it. */
    private static @Nullable String checkpoint(Body body) {
        return body.inner("checkpoint")
                .text("checkpoint_id")
                .or(() -> body.text("checkpoint_id"))
                .or(() -> body.inner("config").inner("configurable").text("checkpoint_id"))
                .map(CheckpointIds::in)
                .orElse(null);
    }

    private static boolean is(String word, Optional<String> given) {
        return given.filter(word::equals).isPresent();
    }

    private static Strategy strategy(Body body) {
        return Strategy.valueOf(body.oneOf("multitask_strategy", "reject", "enqueue", "interrupt", "rollback")
                .orElse("enqueue")
                .toUpperCase(Locale.ROOT));
    }

    /** What stands for answers that came by another way. */
    static RunBody answers(Served served, ObjectNode kwargs) {
        return new RunBody(
                served,
                null,
                Json.object(),
                Json.object(),
                Json.object(),
                null,
                List.of(),
                OptionalInt.empty(),
                Set.of(),
                false,
                true,
                Strategy.ENQUEUE,
                false,
                false,
                false,
                Duration.ZERO,
                null,
                null,
                List.of(),
                List.of(),
                kwargs,
                kwargs);
    }

    /** The kinds of events that are asked for. */
    static Set<String> modes(Body body) {
        List<String> given = requireModes(body.texts("stream_mode"));
        return given.isEmpty() ? Set.of("values") : new LinkedHashSet<>(given);
    }

    /** The same; refuses a mode that there is not. */
    static List<String> requireModes(List<String> given) {
        for (String mode : given) {
            if (!ALL_MODES.contains(mode)) {
                throw ApiRefusal.invalid("'stream_mode' has '" + mode + "'; there are " + String.join(", ", ALL_MODES));
            }
        }
        return given;
    }

    private static List<String> nodes(Served served, Body body, String name) {
        List<String> given = body.texts(name);
        if (!given.isEmpty() && served.graph().isEmpty()) {
            throw ApiRefusal.invalid("'" + name + "' is for graphs, and '" + served.graphId() + "' is none");
        }
        return given;
    }

    private static @Nullable Durability durability(Body body) {
        Optional<String> named = body.oneOf("durability", "sync", "async", "exit");
        if (named.isPresent()) {
            return Durability.valueOf(named.get().toUpperCase(Locale.ROOT));
        }
        return body.has("checkpoint_during")
                ? body.flag("checkpoint_during", true) ? Durability.ASYNC : Durability.EXIT
                : null;
    }

    private static ObjectNode kwargs(Body body) {
        ObjectNode kept = Json.object();
        KWARGS.stream().sorted().forEach(name -> {
            JsonNode member = body.find(name);
            if (member != null) {
                kept.set(name, member);
            }
        });
        if (!kept.has("input")) {
            kept.set("input", Json.nothing());
        }
        if (!kept.has("command")) {
            kept.set("command", Json.nothing());
        }
        return kept;
    }
}
