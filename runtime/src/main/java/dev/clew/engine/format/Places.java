package dev.clew.engine.format;

import dev.clew.value.Codec;

/** Where protected values are stored: what their bytes are bound to. */
public final class Places {
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

    /** Returns the place of a part of a request that waits in a queue. */
    public static Codec.Place request(String name, String threadId, String requestId) {
        return new Codec.Place(name, threadId + '\n' + requestId);
    }

    public static Codec.Place run(String threadId, String runId) {
        return new Codec.Place("run", threadId + '\n' + runId);
    }
}
