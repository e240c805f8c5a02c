package dev.clew.server.api;

import dev.clew.server.a2a.Part;
import dev.clew.server.a2a.RpcFault;
import dev.clew.server.a2a.Said;
import dev.clew.server.a2a.TaskContent;
import dev.clew.server.a2a.TaskFacts;
import dev.clew.server.a2a.TaskId;
import dev.clew.server.a2a.TaskState;
import dev.clew.server.auth.Operation;
import dev.clew.server.kernel.ApiRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs as tasks. A task is a run with all requests that it took: the message that began it, and the answers. */
record A2aTasks(RequestBook book) {
    /** Of how many requests of a thread, the newest first, its tasks are listed. */
    private static final int MOST = 1_000;

    /**
     * A task as the store has it.
     *
     * @param requests in the order in which they were made, at least one
     */
    record Found(TaskId id, List<RunRequest> requests) {
        /** What began it. */
        RunRequest first() {
            return requests.get(0);
        }

        RunRequest newest() {
            return requests.get(requests.size() - 1);
        }

        String assistantId() {
            return Assistants.id(first().content().kwargs(), first().served());
        }

        /** What it is doing, as far as that is known without its outcome. */
        TaskState state() {
            RunRequest newest = newest();
            if (newest.requested() != null && newest.end() == null) {
                return newest.status().equals(Outcome.PENDING) ? TaskState.SUBMITTED : TaskState.WORKING;
            }
            return switch (newest.runStatus()) {
                case QUEUED, HELD -> TaskState.SUBMITTED;
                case RUNNING, SLEEPING -> TaskState.WORKING;
                case INTERRUPTED -> TaskState.INPUT_REQUIRED;
                case COMPLETED -> TaskState.COMPLETED;
                case FAILED, BLOCKED, STUCK, REFUSED -> TaskState.FAILED;
                case CANCELLED, UNDONE -> TaskState.CANCELED;
            };
        }
    }

    /**
     * The task of an id.
     *
     * @throws RpcFault if this assistant has none that the caller may do this with
     */
    Found find(ApiRequest request, Gate gate, Operation operation, String named, String assistantId) {
        return TaskId.read(named)
                .filter(id -> mayTouch(request, gate, operation, id))
                .flatMap(id -> find(id, assistantId))
                .orElseThrow(() -> RpcFault.of(RpcFault.Kind.TASK_NOT_FOUND, "there is no task '" + named + "'"));
    }

    private static boolean mayTouch(ApiRequest request, Gate gate, Operation operation, TaskId id) {
        Map<String, String> names = Map.of("thread_id", id.threadId(), "run_id", id.runId());
        return gate.find(gate.decide(request.on(names), operation), id.threadId())
                .isPresent();
    }

    private Optional<Found> find(TaskId id, String assistantId) {
        return book.find(id.threadId(), id.runId())
                .filter(first -> first.requestId().equals(first.runId()))
                .map(first -> of(id, first))
                .filter(found -> found.assistantId().equals(assistantId));
    }

    /**
     * The task of an id.
     *
     * @param first what began it
     */
    Found of(TaskId id, RunRequest first) {
        return new Found(id, requests(first));
    }

    private List<RunRequest> requests(RunRequest first) {
        List<RunRequest> all = new ArrayList<>();
        all.add(first);
        book.ofRun(first.threadId(), first.runId()).stream()
                .filter(id -> !id.equals(first.requestId()))
                .forEach(id -> book.find(first.threadId(), id).ifPresent(all::add));
        return all;
    }

    /** The tasks of a thread, the newest first. */
    List<Found> list(String threadId, String assistantId) {
        Map<String, List<RunRequest>> runs = new LinkedHashMap<>();
        book.listAll(threadId, request -> true, 0, MOST)
                .forEach(request -> runs.computeIfAbsent(request.runId(), id -> new ArrayList<>())
                        .add(request));
        List<Found> tasks = new ArrayList<>();
        runs.forEach((run, requests) -> {
            Collections.reverse(requests);
            Found found = new Found(new TaskId(threadId, run), requests);
            if (found.first().requestId().equals(run) && found.assistantId().equals(assistantId)) {
                tasks.add(found);
            }
        });
        return tasks;
    }

    /** A task as it is now, with what it gave or asks if it rests. */
    CompletableFuture<TaskFacts> now(Found found) {
        TaskState state = found.state();
        boolean hasOutcome =
                state == TaskState.INPUT_REQUIRED || state == TaskState.COMPLETED || state == TaskState.FAILED;
        return hasOutcome
                ? found.newest().outcome().thenApply(outcome -> rested(found, outcome))
                : CompletableFuture.completedFuture(at(found, state));
    }

    /** A task without what it gave or asks. */
    TaskFacts at(Found found, TaskState state) {
        return facts(found, state, null, List.of(), null);
    }

    /** A task that rests. */
    TaskFacts rested(Found found, Outcome outcome) {
        JsonNode answer = outcome.answer();
        TaskId id = found.id();
        if (outcome.isPause()) {
            List<Part> questions = TaskContent.questions(TaskContent.asked(answer));
            List<TaskFacts.Artifact> asks =
                    questions.isEmpty() ? List.of() : List.of(TaskContent.interrupt(id, questions));
            return facts(found, TaskState.INPUT_REQUIRED, TaskContent.asking(id, questions), asks, null);
        } else if (outcome.status().equals(Outcome.SUCCESS)) {
            List<Part> result = TaskContent.result(answer);
            List<TaskFacts.Artifact> gave = List.of(TaskContent.artifact(id, found.assistantId(), result));
            return facts(found, TaskState.COMPLETED, null, gave, TaskContent.answer(id, result));
        } else if (outcome.status().equals(Outcome.ERROR)) {
            Said why = TaskContent.failure(id, answer.path("__error__"));
            return facts(found, TaskState.FAILED, why, List.of(), null);
        }
        return at(found, TaskState.CANCELED);
    }

    private static TaskFacts facts(
            Found found,
            TaskState state,
            @Nullable Said says,
            List<TaskFacts.Artifact> artifacts,
            @Nullable Said answer) {
        List<Said> history = new ArrayList<>();
        found.requests()
                .forEach(request -> TaskContent.said(
                                request.requestId(),
                                request.content().kwargs(),
                                request.content().metadata())
                        .ifPresent(history::add));
        if (answer != null) {
            history.add(answer);
        }
        Instant at = found.newest().changedAt();
        return new TaskFacts(found.id(), new TaskFacts.Status(state, at, says), history, artifacts);
    }
}
