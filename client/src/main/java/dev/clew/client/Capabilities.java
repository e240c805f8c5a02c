package dev.clew.client;

import java.util.Set;

/**
 * What a server can do for a {@link RemoteWorkflow}. What is not there throws {@link dev.clew.flow.RequestRefusedException} with
 * {@code UNSUPPORTED}. Immutable.
 *
 * <pre>{@code
 * if (write.capabilities().has(Capabilities.Feature.IDEMPOTENCY_KEYS)) { … }
 * }</pre>
 *
 * @param server {@code clew} or {@code langgraph}
 * @param version what the server says its version is; empty if it does not say
 * @param features what there is
 */
public record Capabilities(String server, String version, Set<Feature> features) {
    /** Something that not every server has. */
    public enum Feature {
        /** A request that is sent again is recognised by the server itself. */
        IDEMPOTENCY_KEYS,
        /** A thread may have any text as its id; else the UUID of that text is used. */
        TEXT_THREAD_IDS,
        /** A wait answers how that very run ended, whatever the thread did since. */
        RUN_OUTCOMES,
        /** Every event has an id, so a stream that was cut goes on after the last one. */
        EVENT_IDS,
        /** A question says its name and its deadline. */
        NAMED_QUESTIONS,
        /** A wrong answer is refused, and the question stays. */
        CHECKED_ANSWERS
    }

    public Capabilities {
        features = Set.copyOf(features);
    }

    /** Whether the server has a feature. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
