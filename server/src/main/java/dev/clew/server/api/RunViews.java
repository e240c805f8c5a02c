package dev.clew.server.api;

import dev.clew.server.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Runs as clients read them. */
final class RunViews {
    private RunViews() {}

    static ObjectNode of(RequestBook.Entry entry) {
        ObjectNode run = Json.object();
        run.put("run_id", entry.requestId());
        run.put("thread_id", entry.threadId());
        run.put("assistant_id", entry.served().assistantId());
        run.set("created_at", Json.time(entry.createdAt()));
        run.set("updated_at", Json.time(entry.createdAt()));
        run.put("status", status(entry));
        ObjectNode metadata = entry.metadata().deepCopy();
        metadata.put("graph_id", entry.served().graphId());
        metadata.put("assistant_id", entry.served().assistantId());
        run.set("metadata", metadata);
        run.set("kwargs", entry.kwargs());
        run.put("multitask_strategy", entry.strategy());
        return run;
    }

    private static String status(RequestBook.Entry entry) {
        if (entry.outcome().isDone()) {
            return entry.outcome().join().status();
        }
        return switch (entry.served()
                .workflow()
                .handle(entry.runId(), entry.threadId())
                .status()) {
            case QUEUED, HELD -> Outcome.PENDING;
            case RUNNING, SLEEPING, INTERRUPTED -> Outcome.RUNNING;
            case COMPLETED -> Outcome.SUCCESS;
            case FAILED, BLOCKED, STUCK, REFUSED -> Outcome.ERROR;
            case CANCELLED -> Outcome.INTERRUPTED;
        };
    }
}
