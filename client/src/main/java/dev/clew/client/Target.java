package dev.clew.client;

import dev.clew.client.wire.Names;
import dev.clew.client.wire.ServerKind;
import dev.clew.flow.RunConfig;
import java.util.UUID;

/**
 * Which run of which thread a call is for.
 *
 * @param threadId as the caller names it
 * @param thread as the server names it
 * @param runId as the caller names it
 * @param isNamed whether the caller has named the run
 * @param isFresh whether nobody can have used the thread before
 */
record Target(String threadId, String thread, String runId, boolean isNamed, boolean isFresh) {
    static Target of(RunConfig config, ServerKind kind) {
        String threadId = config.threadId().orElseGet(() -> UUID.randomUUID().toString());
        return new Target(
                threadId,
                Names.thread(kind, threadId),
                config.runId().orElseGet(() -> UUID.randomUUID().toString()),
                config.runId().isPresent(),
                config.threadId().isEmpty());
    }

    Target run(String other) {
        return new Target(threadId, thread, other, isNamed, isFresh);
    }
}
