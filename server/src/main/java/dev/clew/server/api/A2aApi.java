package dev.clew.server.api;

import dev.clew.server.a2a.A2aFrames;
import dev.clew.server.a2a.A2aMethod;
import dev.clew.server.a2a.Incoming;
import dev.clew.server.a2a.Rpc;
import dev.clew.server.a2a.RpcFault;
import dev.clew.server.a2a.RpcFault.Kind;
import dev.clew.server.a2a.TaskFacts;
import dev.clew.server.a2a.TaskId;
import dev.clew.server.a2a.TaskState;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.feed.FeedPosition;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Kernel;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Ids;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Assistants as agents of the Agent2Agent protocol: a message is a run, and a task is a run with its answers. */
public final class A2aApi {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");
    private static final int MOST_LISTED = 100;
    private static final int LISTED = 50;

    private final Parts parts;
    private final Gate gate;
    private final RequestBook book;
    private final A2aTasks tasks;
    private final A2aAgents agents;
    private final A2aMessages messages;
    private final Kernel.Faults faults;

    /**
     * @param faults turns what the engine throws into refusals
     * @param publicUrl where clients reach the server; empty if a request says it
     */
    public A2aApi(
            Parts parts, RequestBook book, RunsApi runs, Kernel.Faults faults, String publicUrl, String basePath) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.book = book;
        this.tasks = new A2aTasks(book);
        this.agents = new A2aAgents(parts, publicUrl, basePath);
        this.messages = new A2aMessages(gate, book, runs, tasks);
        this.faults = faults;
    }

    public List<Route> routes() {
        Operation read = Operation.Assistants.READ;
        return List.of(
                Route.get("/.well-known/agent-card.json", read, agents::cardByQuery),
                Route.get("/a2a/{assistant_id}/.well-known/agent-card.json", read, agents::card),
                Route.get("/a2a/{assistant_id}", read, agents::card),
                Route.post("/a2a/{assistant_id}", Operation.Threads.CREATE_RUN, this::post));
    }

    /** A message, and to whom. */
    private record Asked(ApiRequest request, Rpc rpc, A2aAgents.Agent agent, Body params) {}

    private Reply post(ApiRequest request) {
        request.requireJson();
        A2aAgents.Agent agent = agents.require(request);
        Rpc rpc = new Rpc(request.content(), request.header("a2a-version").orElse(""));
        try {
            Rpc.Call call = rpc.call();
            return answered(call.method(), new Asked(request, rpc, agent, call.params()));
        } catch (RpcFault fault) {
            return Reply.json(rpc.refusal(fault));
        } catch (ApiRefusal refused) {
            return Reply.json(rpc.refusal(fault(refused)));
        } catch (RuntimeException thrown) {
            ApiRefusal refused = faults.refusal(thrown).orElseThrow(() -> thrown);
            return Reply.json(rpc.refusal(fault(refused)));
        }
    }

    /** Who may not do this is told by the status, as everywhere. */
    private static RpcFault fault(ApiRefusal refused) {
        if (refused.status() == 401 || refused.status() == 403) {
            throw refused;
        }
        return RpcFault.of(refused);
    }

    private Reply answered(A2aMethod method, Asked asked) {
        return switch (method) {
            case SEND -> send(asked);
            case STREAM -> stream(asked);
            case GET -> get(asked);
            case LIST -> list(asked);
            case CANCEL -> cancel(asked);
            case SUBSCRIBE -> subscribe(asked);
            case PUSH -> throw RpcFault.of(Kind.PUSH_NOTIFICATION_NOT_SUPPORTED, Incoming.NO_PUSH);
            case EXTENDED_CARD ->
                throw RpcFault.of(
                        Kind.EXTENDED_AGENT_CARD_NOT_CONFIGURED,
                        "there is one card of an agent, for all who may see it");
        };
    }

    // --- messages ---

    private Reply send(Asked asked) {
        Incoming message = Incoming.read(asked.params());
        RunStarter.Started started = messages.send(asked.request(), asked.agent(), message);
        RunRequest request = started.request();
        if (!message.waits()) {
            return answer(
                    asked,
                    tasks.now(of(request)),
                    task -> asked.rpc().dialect().sent(task.remembering(message.historyLength())));
        }
        CompletableFuture<Outcome> outcome = request.outcome();
        CompletableFuture<JsonNode> answer = outcome.thenApply(ended -> asked.rpc()
                .answer(asked.rpc()
                        .dialect()
                        .sent(tasks.rested(of(request), ended).remembering(message.historyLength()))));
        return later(asked, outcome, answer);
    }

    /** The task that a request belongs to. */
    private A2aTasks.Found of(RunRequest request) {
        TaskId id = new TaskId(request.threadId(), request.runId());
        RunRequest first = book.find(request.threadId(), request.runId()).orElse(request);
        return tasks.of(id, first);
    }

    private static Reply later(Asked asked, CompletableFuture<?> waited, CompletableFuture<JsonNode> answer) {
        return Reply.later(EndedWait.of(answer.exceptionally(failed -> failed(asked, failed)), waited), () -> {});
    }

    private static JsonNode failed(Asked asked, Throwable failed) {
        LOG.error("the task of a message could not be read", failed);
        return asked.rpc()
                .refusal(RpcFault.of(Kind.INTERNAL_ERROR, "the server failed at this message; its log says why"));
    }

    private Reply stream(Asked asked) {
        Incoming message = Incoming.read(asked.params());
        RunStarter.Started started = messages.send(asked.request(), asked.agent(), message);
        return events(asked, started.request(), started.after(), TaskState.SUBMITTED, Operation.Threads.CREATE_RUN);
    }

    private Reply events(Asked asked, RunRequest request, long after, TaskState state, Operation operation) {
        A2aTasks.Found found = of(request);
        FeedReader reader = parts.feeds()
                .run(
                        request.served(),
                        request.threadId(),
                        request.runId(),
                        request.requestId(),
                        FeedPosition.whole(after) - 1);
        A2aFrames frames =
                new A2aFrames(asked.rpc(), tasks.at(found, state), found.assistantId(), parts.scalars(), reader, after);
        return Reply.events(frames, new Reply.Subject(operation, request.threadId()));
    }

    // --- tasks ---

    private A2aTasks.Found find(Asked asked, Operation operation) {
        String id = asked.params().requireText("id");
        return tasks.find(asked.request(), gate, operation, id, asked.agent().id());
    }

    private Reply get(Asked asked) {
        A2aTasks.Found found = find(asked, Operation.Threads.READ);
        int length = historyLength(asked.params());
        return answer(asked, tasks.now(found), task -> asked.rpc().dialect().task(task.remembering(length)));
    }

    private static int historyLength(Body params) {
        return params.integer("historyLength", 0, Integer.MAX_VALUE).orElse(-1);
    }

    private static <T> Reply answer(Asked asked, CompletableFuture<T> facts, Function<T, JsonNode> written) {
        return later(asked, facts, facts.thenApply(known -> asked.rpc().answer(written.apply(known))));
    }

    private Reply subscribe(Asked asked) {
        A2aTasks.Found found = find(asked, Operation.Threads.READ);
        if (found.state().isOver()) {
            throw RpcFault.of(
                    Kind.UNSUPPORTED_OPERATION, "the task is over, so there is nothing to stream; ask for it instead");
        }
        RunRequest newest = found.newest();
        long after = parts.feeds().after(newest.served(), newest.threadId(), newest.runId(), book.startOf(newest));
        TaskState now = found.state() == TaskState.SUBMITTED ? TaskState.SUBMITTED : TaskState.WORKING;
        return events(asked, newest, after, now, Operation.Threads.READ);
    }

    private Reply cancel(Asked asked) {
        A2aTasks.Found found = find(asked, Operation.Threads.UPDATE);
        RunRequest newest = found.newest();
        if (found.state().isOver() || !newest.cancelRun()) {
            throw RpcFault.of(Kind.TASK_NOT_CANCELABLE, "the task is over, and cannot be cancelled");
        }
        boolean isUnderWay = newest.requested() != null && newest.end() == null;
        CompletableFuture<TaskFacts> ended = isUnderWay
                ? newest.outcome().thenApply(outcome -> tasks.rested(of(newest), outcome))
                : CompletableFuture.completedFuture(tasks.at(of(newest), TaskState.CANCELED));
        return answer(asked, ended, task -> asked.rpc().dialect().task(task));
    }

    private Reply list(Asked asked) {
        Body params = asked.params();
        String context = params.text("contextId")
                .map(id -> Ids.require("contextId", id))
                .orElseThrow(() -> RpcFault.invalid("'contextId' is missing; tasks are listed by their context"));
        int size = params.integer("pageSize", 1, MOST_LISTED).orElse(LISTED);
        int offset = offset(params.text("pageToken"));
        int length = historyLength(params);
        Optional<TaskState> state = params.text("status").flatMap(TaskState::read);
        boolean artifacts = params.flag("includeArtifacts", false);
        ApiRequest request = asked.request().on(Map.of("thread_id", context));
        Decision decision = gate.decide(request, Operation.Threads.READ);
        List<A2aTasks.Found> all = gate.find(decision, context).isEmpty()
                ? List.of()
                : tasks.list(context, asked.agent().id()).stream()
                        .filter(found -> state.isEmpty() || found.state() == state.get())
                        .collect(Collectors.toList());
        List<CompletableFuture<TaskFacts>> page =
                all.stream().skip(offset).limit(size).map(tasks::now).toList();
        CompletableFuture<List<TaskFacts>> facts = CompletableFuture.allOf(page.toArray(CompletableFuture[]::new))
                .thenApply(done -> page.stream().map(CompletableFuture::join).toList());
        return answer(asked, facts, known -> {
            ArrayNode listed = Json.array();
            known.forEach(task -> listed.add(
                    asked.rpc().dialect().task((artifacts ? task : task.withoutArtifacts()).remembering(length))));
            ObjectNode answer = Json.object();
            answer.set("tasks", listed);
            answer.put("nextPageToken", offset + size < all.size() ? Integer.toString(offset + size) : "");
            answer.put("pageSize", size);
            answer.put("totalSize", all.size());
            return answer;
        });
    }

    private static int offset(Optional<String> token) {
        try {
            return token.map(Integer::parseUnsignedInt)
                    .filter(number -> number >= 0)
                    .orElse(0);
        } catch (NumberFormatException none) {
            throw RpcFault.invalid("'pageToken' must be that of the page before");
        }
    }
}
