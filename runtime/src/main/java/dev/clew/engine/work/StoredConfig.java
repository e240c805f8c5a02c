package dev.clew.engine.work;

import dev.clew.flow.Breakpoints;
import dev.clew.flow.Durability;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenInterrupted;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a configuration is stored with a request, so that the worker which opens the run has it. Contexts are not: they
 * are objects of a process.
 *
 * @param maxConcurrency 0 for no limit of the run's own
 * @param maxSupersteps 0 for none said
 * @param pauseBefore the ids of nodes; null if nothing is said of breakpoints
 * @param pauseAfter the ids of nodes; null as of {@code pauseBefore}
 * @param attributes plain data; null for none
 * @param subject whom the run is about; null if that is not said
 * @param deleteWhenDone how long after the run its thread is deleted; null if it stays
 */
public record StoredConfig(
        @Nullable Durability durability,
        Map<String, String> metadata,
        List<String> tags,
        int maxConcurrency,
        long maxSteps,
        int maxSupersteps,
        @Nullable List<String> pauseBefore,
        @Nullable List<String> pauseAfter,
        WhenInterrupted whenInterrupted,
        @Nullable String checkpoint,
        @Nullable Map<String, Object> attributes,
        @Nullable String subject,
        @Nullable Duration deleteWhenDone) {
    public static final TypeRef<StoredConfig> TYPE = TypeRef.of(StoredConfig.class);

    /** Returns what is stored of a configuration. */
    public static StoredConfig of(RunConfig config) {
        Breakpoints breakpoints = config.breakpoints().orElse(null);
        return new StoredConfig(
                config.durability().orElse(null),
                config.metadata(),
                config.tags(),
                config.maxConcurrency().orElse(0),
                config.maxSteps(),
                config.maxSupersteps().orElse(0),
                breakpoints == null ? null : ids(breakpoints.before()),
                breakpoints == null ? null : ids(breakpoints.after()),
                config.whenInterrupted(),
                config.checkpoint().orElse(null),
                config.attributes().isEmpty() ? null : config.attributes(),
                config.subject().orElse(null),
                config.deleteWhenDone().orElse(null));
    }

    /** Returns the configuration with which a worker opens a run of a thread. */
    public RunConfig on(String threadId, String runId) {
        RunConfig config = RunConfig.thread(threadId)
                .runId(runId)
                .metadata(metadata)
                .tags(tags.toArray(String[]::new))
                .maxSteps(maxSteps)
                .whenInterrupted(whenInterrupted);
        config = durability == null ? config : config.durability(durability);
        config = maxConcurrency == 0 ? config : config.maxConcurrency(maxConcurrency);
        config = maxSupersteps == 0 ? config : config.maxSupersteps(maxSupersteps);
        config = attributes == null ? config : config.attributes(attributes);
        config = subject == null ? config : config.subject(subject);
        config = deleteWhenDone == null ? config : config.deleteWhenDone(deleteWhenDone);
        config = checkpoint == null ? config : config.checkpoint(checkpoint);
        return pauseBefore == null || pauseAfter == null
                ? config
                : config.pauseBefore(refs(pauseBefore)).pauseAfter(refs(pauseAfter));
    }

    private static List<String> ids(List<NodeRef> nodes) {
        return nodes.stream().map(NodeRef::id).toList();
    }

    private static NodeRef[] refs(List<String> ids) {
        return ids.stream().map(NodeRef::of).toArray(NodeRef[]::new);
    }
}
