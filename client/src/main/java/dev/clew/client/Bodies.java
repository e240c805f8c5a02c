package dev.clew.client;

import dev.clew.client.wire.RunCalls;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenBusy;
import dev.clew.stream.StreamMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configurations as a server reads them. */
record Bodies(String assistant, Faults faults) {
    /** The metadata of a run that name the run as its caller does: over pauses and answers it is the same. */
    static final String RUN = "clew_run";

    private static final Set<String> ATTRIBUTES = Set.of("context", "configurable");

    /**
     * What every request has.
     *
     * @param key names the request
     * @param strategy what happens if the thread is busy
     */
    Map<String, @Nullable Object> of(RunConfig config, String runId, String key, String strategy) {
        refuse(config);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("assistant_id", assistant);
        Map<String, Object> metadata = new LinkedHashMap<>(config.metadata());
        metadata.put(RunCalls.REQUEST, key);
        metadata.put(RUN, runId);
        body.put("metadata", metadata);
        body.put("if_not_exists", "create");
        body.put("multitask_strategy", strategy);
        config.durability()
                .ifPresent(
                        durability -> body.put("durability", durability.name().toLowerCase(Locale.ROOT)));
        config.checkpoint().ifPresent(checkpoint -> body.put("checkpoint_id", checkpoint));
        Map<String, Object> settings = settings(config);
        if (!settings.isEmpty()) {
            body.put("config", settings);
        }
        Object context = config.attributes().get("context");
        if (context != null) {
            body.put("context", context);
        }
        config.breakpoints().ifPresent(breakpoints -> {
            body.put("interrupt_before", names(breakpoints.before()));
            body.put("interrupt_after", names(breakpoints.after()));
        });
        if (!config.delay().isZero()) {
            body.put("after_seconds", config.delay().toMillis() / 1_000.0);
        }
        return body;
    }

    /** What else a request has whose events are streamed. */
    static void streaming(Map<String, @Nullable Object> body, List<String> modes) {
        body.put("stream_mode", modes);
        body.put("stream_subgraphs", true);
        body.put("stream_resumable", true);
        body.put("on_disconnect", "continue");
    }

    /** The modes as servers name them; updates if none is named. */
    static List<String> modes(StreamMode... modes) {
        return modes.length == 0
                ? List.of("updates")
                : Stream.of(modes)
                        .map(mode -> mode == StreamMode.MESSAGES
                                ? "messages-tuple"
                                : mode.name().toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList();
    }

    /** What happens if the thread is busy; the wait of a caller with patience is the caller's. */
    static String strategy(RunConfig config, String otherwise) {
        return config.whenBusy()
                .map(WhenBusy::policy)
                .map(policy -> policy == WhenBusy.Policy.WAIT
                        ? "reject"
                        : policy.name().toLowerCase(Locale.ROOT))
                .orElse(otherwise);
    }

    private static Map<String, Object> settings(RunConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (!config.tags().isEmpty()) {
            settings.put("tags", config.tags());
        }
        config.maxSupersteps().ifPresent(most -> settings.put("recursion_limit", most));
        Object configurable = config.attributes().get("configurable");
        if (configurable != null) {
            settings.put("configurable", configurable);
        }
        return settings;
    }

    private static List<String> names(List<NodeRef> nodes) {
        return nodes.stream().map(NodeRef::id).toList();
    }

    /** What would be lost on the way is refused. */
    private void refuse(RunConfig config) {
        if (!config.contexts().isEmpty()) {
            throw faults.unsupported(
                    "context objects", "give plain data by RunConfig.attributes(Map.of(\"context\", …))");
        }
        if (!ATTRIBUTES.containsAll(config.attributes().keySet())) {
            throw faults.unsupported("attributes other than 'context' and 'configurable'", "put them into 'context'");
        }
        if (config.maxConcurrency().isPresent() || config.maxSteps() != RunConfig.DEFAULT_MAX_STEPS) {
            throw faults.unsupported("limit of steps or concurrency", "set it where the workflow's graph is");
        }
        boolean queues = !config.queue().equals(RunConfig.DEFAULT_QUEUE)
                || config.priority() != 0
                || config.concurrencyKey().isPresent()
                || config.startAt().isPresent();
        if (queues) {
            throw faults.unsupported("choice of a queue", "only RunConfig.delay(…) is sent");
        }
        if (config.request().isPresent()) {
            throw faults.unsupported("note of another server's request", "use RunConfig.runId(…)");
        }
    }
}
