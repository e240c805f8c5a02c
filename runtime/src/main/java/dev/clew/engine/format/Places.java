package dev.clew.engine.format;

import dev.clew.schedule.Firing;
import dev.clew.value.Codec;

/** Where protected values are stored: what their bytes are bound to. */
public final class Places {
    /** The part of a request that says with what its run is opened. */
    public static final String QUEUED_CONFIG = "queued config";

    /** The part of a request that is the input of its run. */
    public static final String QUEUED_INPUT = "queued input";

    private Places() {}

    public static Codec.Place step(String kind, String threadId, String runId, String path) {
        return new Codec.Place(kind, threadId + '\n' + runId + '\n' + path);
    }

    /** Returns the place of what a scope noted under a key. */
    public static Codec.Place note(String threadId, String runId, String path, String key) {
        return new Codec.Place("note", threadId + '\n' + runId + '\n' + path + '\n' + key);
    }

    public static Codec.Place checkpoint(String name, String threadId, String checkpointId) {
        return new Codec.Place(name, threadId + '\n' + checkpointId);
    }

    /**
     * Returns the place of a part of a request that waits in a queue. A request with the id of a schedule's firing has parts
     * that were written with the schedule, by a process that did not know the tick: they are bound to the schedule.
     */
    public static Codec.Place request(String name, String threadId, String requestId) {
        return Firing.schedule(requestId)
                .map(schedule -> new Codec.Place(name + " of a schedule", schedule))
                .orElseGet(() -> new Codec.Place(name, threadId + '\n' + requestId));
    }

    public static Codec.Place run(String threadId, String runId) {
        return new Codec.Place("run", threadId + '\n' + runId);
    }
}
