package dev.clew.server.inspect;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.flow.RunConfig;
import dev.clew.index.ThreadRow;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestRow;
import dev.clew.server.api.Gate;
import dev.clew.server.api.Parts;
import dev.clew.server.auth.Operation;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.CheckpointIds;
import dev.clew.server.view.Questions;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One thread: what it does and asks, its runs and how they branch, its requests, and how much of it is stored. */
public final class InspectThread {
    private static final int MOST_CHECKPOINTS = 500;

    /** So many entries of a log are read at once. */
    private static final int LOG_PAGE = 500;

    private final Parts parts;
    private final Gate gate;

    public InspectThread(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
    }

    public List<Route> routes() {
        Operation read = Operation.Threads.READ;
        return List.of(
                Route.get("/clew/threads/{thread_id}", read, this::thread),
                Route.get("/clew/threads/{thread_id}/storage", read, this::storage));
    }

    private Reply thread(ApiRequest request) {
        ThreadRow row = gate.thread(request, Operation.Threads.READ);
        String threadId = row.info().threadId();
        ObjectNode thread = InspectThreads.row(parts, row);
        thread.set("checkpoint_id", id(row.checkpointId()));
        if (row.status() != null) {
            state(threadId, thread);
        }
        int limit = request.queryInt("limit", 1, MOST_CHECKPOINTS, 100);
        CheckpointQuery query = CheckpointQuery.of(threadId);
        CheckpointList newest = CheckpointList.read(
                parts.store(),
                request.query("before")
                        .map(CheckpointIds::in)
                        .map(query::before)
                        .orElse(query),
                limit);
        ArrayNode checkpoints = Json.array();
        newest.rows().forEach(one -> checkpoints.add(checkpoint(one)));
        thread.set("checkpoints", checkpoints);
        thread.set(
                "more_before",
                newest.isAll() ? Json.nothing() : id(newest.last().id()));
        thread.set("runs", runs(threadId, row, newest.rows()));
        thread.set("requests", requests(threadId));
        return Reply.json(thread);
    }

    private void state(String threadId, ObjectNode thread) {
        ThreadState<Object> state = parts.operator().state(RunConfig.thread(threadId));
        thread.put("state", InspectThreads.word(state.status()));
        thread.put("run_number", state.runNumber());
        thread.set("pending", pending(state));
        thread.set("failure", StepRows.failure(state.failure()));
        thread.set("blocked_by", Json.text(state.blockedBy()));
        thread.set("wake_at", Json.time(state.wakeAt()));
    }

    /** The questions, with the step that asks each. */
    private static ArrayNode pending(ThreadState<Object> state) {
        ArrayNode all = Json.array();
        state.pending().forEach(question -> all.add(Questions.of(question).put("path", question.path())));
        return all;
    }

    private static JsonNode id(@Nullable String checkpointId) {
        return checkpointId == null ? Json.nothing() : Json.text(CheckpointIds.out(checkpointId));
    }

    private static ObjectNode checkpoint(CheckpointRecord record) {
        ObjectNode one = Json.object();
        one.set("checkpoint_id", id(record.id()));
        one.set("parent_id", id(record.parentId()));
        one.set("run_id", Json.text(record.runId()));
        one.put("source", InspectThreads.word(record.source()));
        one.put("step", record.step());
        one.set("created_at", Json.time(record.createdAt()));
        return one;
    }

    /** The runs of these checkpoints and the newest one, the newest first. */
    private ArrayNode runs(String threadId, ThreadRow row, List<CheckpointRecord> checkpoints) {
        Map<String, Boolean> ids = new LinkedHashMap<>();
        if (row.runId() != null) {
            ids.put(row.runId(), true);
        }
        checkpoints.stream()
                .map(CheckpointRecord::runId)
                .filter(id -> id != null)
                .forEach(id -> ids.putIfAbsent(id, false));
        ArrayNode runs = Json.array();
        ids.forEach(
                (id, isHead) -> parts.store().run(threadId, id).ifPresent(run -> runs.add(run(threadId, run, isHead))));
        return runs;
    }

    private ObjectNode run(String threadId, RunRecord run, boolean isHead) {
        ObjectNode one = Json.object();
        boolean left = !isHead && !run.status().isOver() && run.status() != ThreadStatus.FAILED;
        one.put("run_id", run.runId());
        one.put("number", run.number());
        one.put("status", left ? "cancelled" : InspectThreads.word(run.status()));
        one.put("is_head", isHead);
        one.put("opened_by", CheckpointIds.out(run.inputCheckpoint()));
        one.set("completed_by", id(run.outputCheckpoint()));
        one.set("started_at", Json.time(run.startedAt()));
        Checkpoints.fork(parts.store(), threadId, run.inputCheckpoint()).ifPresent(fork -> {
            one.set("forked_from", Json.text(Checkpoints.runOf(parts.store(), threadId, fork.parentId())));
            one.set("forked_at", Json.time(fork.createdAt()));
        });
        return one;
    }

    /** Its line in the queue. */
    private ArrayNode requests(String threadId) {
        ArrayNode line = Json.array();
        parts.operator().requests(QueueQuery.all().thread(threadId)).forEach(row -> line.add(request(row)));
        return line;
    }

    static ObjectNode request(RequestRow row) {
        ObjectNode one = Json.object();
        one.put("thread_id", row.request().threadId());
        one.put("request_id", row.request().requestId());
        one.put("queue", row.request().queue());
        one.put("workflow", row.request().workflow());
        one.put("state", InspectThreads.word(row.state()));
        one.put("attempts", row.attempts());
        one.put("losses", row.losses());
        one.put("priority", row.request().priority());
        one.set("key", Json.text(row.request().concurrencyKey()));
        one.set("enqueued_at", Json.time(row.enqueuedAt()));
        one.set("due_at", Json.time(row.dueAt()));
        one.set("owner", Json.text(row.owner()));
        return one;
    }

    private Reply storage(ApiRequest request) {
        ThreadRow row = gate.thread(request, Operation.Threads.READ);
        String threadId = row.info().threadId();
        CheckpointList checkpoints = CheckpointList.read(parts.store(), CheckpointQuery.of(threadId), MOST_CHECKPOINTS);
        ArrayNode runs = Json.array();
        checkpoints.rows().stream()
                .map(CheckpointRecord::runId)
                .filter(id -> id != null)
                .distinct()
                .forEach(id -> runs.add(log(threadId, id)));
        ObjectNode storage = Json.object();
        storage.put("checkpoints", checkpoints.rows().size());
        storage.put("is_all", checkpoints.isAll());
        storage.put("checkpoint_bytes", checkpoints.bytes());
        storage.put("metadata_bytes", row.info().metadata().length);
        storage.set("runs", runs);
        return Reply.json(storage);
    }

    private ObjectNode log(String threadId, String runId) {
        long[] sums = new long[2];
        long before;
        do {
            before = sums[0];
            parts.store().scan(threadId, runId, before, LOG_PAGE, record -> {
                sums[0]++;
                sums[1] += record.bytes().length;
            });
        } while (sums[0] == before + LOG_PAGE);
        return Json.object().put("run_id", runId).put("entries", sums[0]).put("bytes", sums[1]);
    }
}
