package dev.clew.queue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The deployments that have had a request.
 *
 * <pre>{@code
 * boolean isMine = "2026-11".equals(row.deployments().last());
 * }</pre>
 *
 * @param last the deployment that enqueued the request, or opened or continued its run, last; null for one without a name
 * @param excluded the deployments that gave it back because their code does not fit it
 * @param until when these may take it again; null if there are none
 */
public record RequestDeployments(
        @Nullable String last,
        Set<String> excluded,
        @Nullable Instant until) {
    /** No deployment has a name. */
    public static final RequestDeployments NONE = new RequestDeployments(null, Set.of(), null);

    public RequestDeployments {
        excluded = Set.copyOf(excluded);
    }

    /** Whether workers of this deployment may take the request now; one without a name always may. */
    public boolean allow(@Nullable String deployment, Instant now) {
        return deployment == null || !excluded.contains(deployment) || until == null || !until.isAfter(now);
    }

    RequestDeployments writtenBy(@Nullable String deployment) {
        return new RequestDeployments(deployment, excluded, until);
    }

    RequestDeployments without(String deployment, Instant end) {
        Set<String> more = new HashSet<>(excluded);
        more.add(deployment);
        return new RequestDeployments(last, more, end);
    }

    RequestDeployments all() {
        return new RequestDeployments(last, Set.of(), null);
    }
}
