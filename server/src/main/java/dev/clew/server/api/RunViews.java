package dev.clew.server.api;

import dev.clew.server.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Runs as clients read them. */
final class RunViews {
    private RunViews() {}

    static ObjectNode of(RunRequest request) {
        String assistantId = Assistants.id(request.content().kwargs(), request.served());
        ObjectNode run = Json.object();
        run.put("run_id", request.requestId());
        run.put("thread_id", request.threadId());
        run.put("assistant_id", assistantId);
        run.set("created_at", Json.time(request.createdAt()));
        run.set("updated_at", Json.time(request.changedAt()));
        run.put("status", request.status());
        ObjectNode metadata = request.content().metadata().deepCopy();
        metadata.put("graph_id", request.served().graphId());
        metadata.put("assistant_id", assistantId);
        run.set("metadata", metadata);
        run.set("kwargs", request.content().kwargs());
        run.put("multitask_strategy", request.content().strategy());
        return run;
    }
}
