package dev.clew.engine.stored;

import dev.clew.checkpoint.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a claim is made for.
 *
 * @param request the request of a queue that it opens or continues; null for none
 * @param opens the run that it opens, if a caller named it: a request of that id comes first; else null
 * @param rolledBack the row that a cancelled run has from now on, of which nothing else stays; null for none
 */
public record RunClaim(
        @Nullable String request,
        @Nullable String opens,
        @Nullable RunRecord rolledBack) {
    public static final RunClaim PLAIN = new RunClaim(null, null, null);

    /** Continues a run, for a request or without one. */
    public static RunClaim of(@Nullable String request) {
        return new RunClaim(request, null, null);
    }
}
