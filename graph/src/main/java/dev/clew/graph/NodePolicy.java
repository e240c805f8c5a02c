package dev.clew.graph;

import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** How the attempts of a node are made. */
record NodePolicy(
        List<RetryPolicy> retry,
        @Nullable Duration timeout,
        @Nullable Duration idleTimeout,
        @Nullable CachePolicy cache,
        @Nullable BiFunction<Object, StateValues, @Nullable Object> cacheKey) {
    static final NodePolicy NONE = new NodePolicy(List.of(), null, null, null);

    NodePolicy(
            List<RetryPolicy> retry,
            @Nullable Duration timeout,
            @Nullable Duration idleTimeout,
            @Nullable CachePolicy cache) {
        this(retry, timeout, idleTimeout, cache, null);
    }

    NodePolicy {
        retry = List.copyOf(retry);
    }

    /** This policy, with the given one for what it does not say. */
    NodePolicy orElse(NodePolicy defaults) {
        return new NodePolicy(
                retry.isEmpty() ? defaults.retry : retry,
                timeout == null ? defaults.timeout : timeout,
                idleTimeout == null ? defaults.idleTimeout : idleTimeout,
                cache,
                cacheKey);
    }
}
