package dev.clew.engine.world;

import static dev.clew.engine.world.EngineLog.LOG;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The mismatches of a workflow's runs with their logs that were let pass: each is logged once, however often its run is
 * replayed in this process. Thread-safe.
 */
public final class Mismatches {
    /** Enough for a deploy's worth of parked threads; the oldest are forgotten, and may be logged again. */
    private static final int REMEMBERED = 10_000;

    private final Set<Long> seen = new LinkedHashSet<>();

    public void warn(String message) {
        if (first(message)) {
            LOG.warn("{}", message);
        }
    }

    private synchronized boolean first(String message) {
        if (!seen.add(digest(message))) {
            return false;
        }
        if (seen.size() > REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
        return true;
    }

    /** Short of the text, which is long, and of which there may be many. */
    private static long digest(String message) {
        long digest = 1125899906842597L;
        for (int i = 0; i < message.length(); i++) {
            digest = 31 * digest + message.charAt(i);
        }
        return digest;
    }
}
