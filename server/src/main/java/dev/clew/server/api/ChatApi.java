package dev.clew.server.api;

import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.chat.ChatFrames;
import dev.clew.server.chat.ChatShape;
import dev.clew.server.chat.Completion;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Workflows as models of a chat: in the form of OpenAI's API, and of MLflow's, which is the same at another address. */
public final class ChatApi {
    private static final Set<String> NOT_OFFERED = Set.of("tools", "functions", "response_format", "logprobs", "audio");

    private final Parts parts;
    private final Gate gate;
    private final Assistants assistants;
    private final RunsApi runs;
    private final Duration awaited;

    /**
     * @param runs starts runs on threads of their own
     * @param awaited how long an answer that is not streamed is waited for
     */
    public ChatApi(Parts parts, RunsApi runs, Duration awaited) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.assistants = new Assistants(parts);
        this.runs = runs;
        this.awaited = awaited;
    }

    public List<Route> routes() {
        Operation start = Operation.Threads.CREATE_RUN;
        return List.of(
                Route.get("/v1/models", Operation.Assistants.SEARCH, this::models),
                Route.post("/v1/chat/completions", start, this::complete),
                Route.post("/invocations", start, this::complete),
                Route.get("/ping", null, request -> Reply.json(Json.object())));
    }

    private Reply models(ApiRequest request) {
        gate.decide(request, Operation.Assistants.SEARCH);
        ArrayNode data = Json.array();
        chatty().forEach(served -> {
            ObjectNode model = Json.object();
            model.put("id", served.graphId());
            model.put("object", "model");
            model.put("created", 0);
            model.put("owned_by", "clew");
            data.add(model);
        });
        ObjectNode models = Json.object();
        models.put("object", "list");
        models.set("data", data);
        return Reply.json(models);
    }

    private List<Served> chatty() {
        return parts.catalog().all().stream()
                .filter(served -> ChatShape.of(served).isPresent())
                .toList();
    }

    /** The model that is named; without a name, the only one that there is. */
    private String model(Body body) {
        Optional<String> named = body.text("model");
        List<Served> all = named.isPresent() ? List.of() : chatty();
        return named.or(() -> all.size() == 1 ? Optional.of(all.get(0).graphId()) : Optional.empty())
                .orElseThrow(() -> ApiRefusal.invalid("'model' is missing; it is a required text, one of "
                        + all.stream().map(Served::graphId).toList()));
    }

    private Reply complete(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.CREATE_RUN);
        Body body = request.body();
        body.requireNone(NOT_OFFERED, "is not offered: the workflow decides what it uses and how it answers");
        if (body.integer("n", 1, Integer.MAX_VALUE).orElse(1) != 1) {
            throw ApiRefusal.invalid("'n' must be 1: a workflow gives one answer");
        }
        String model = model(body);
        Served served = assistants.served(decision, model);
        ChatShape shape = ChatShape.of(served)
                .orElseThrow(() -> ApiRefusal.invalid("'" + model + "' cannot be a model of a chat: its input must be a"
                        + " text or have 'messages', and so must its result or its state"));
        JsonNode messages = body.find("messages");
        ObjectNode run = Json.object();
        run.put("assistant_id", model);
        run.set("input", shape.input(messages == null ? Json.nothing() : messages));
        body.object("metadata").ifPresent(metadata -> run.set("metadata", metadata));
        boolean streams = body.flag("stream", false);
        RunRequest started = runs.alone(request, new Body(run));
        Completion completion =
                new Completion(started.requestId(), model, parts.store().now());
        if (streams) {
            FeedReader reader =
                    parts.feeds().run(started.served(), started.threadId(), started.runId(), started.requestId(), -1);
            return Reply.events(new ChatFrames(reader, completion));
        }
        return Reply.awaited(answer(started, completion));
    }

    /** Nobody waits for longer, and a client that leaves cannot be seen to: nothing is sent to it before. */
    @SuppressWarnings("FutureReturnValueIgnored") // only told
    private CompletableFuture<Reply> answer(RunRequest started, Completion completion) {
        CompletableFuture<Outcome> outcome = started.outcome();
        CompletableFuture<Reply> answer = outcome.thenApply(ended -> answered(completion, ended))
                .completeOnTimeout(tooLong(started), awaited.toMillis(), TimeUnit.MILLISECONDS);
        answer.whenComplete((reply, failed) -> outcome.cancel(false));
        return answer;
    }

    private Reply tooLong(RunRequest started) {
        return refused(
                422,
                "invalid_request_error",
                "the run '" + started.requestId() + "' takes longer than " + awaited
                        + " and goes on; use 'stream', or wait for it with GET /runs/" + started.requestId() + "/join");
    }

    private static Reply answered(Completion completion, Outcome outcome) {
        JsonNode answer = outcome.answer();
        if (answer.has("__interrupt__")) {
            return refused(422, "invalid_request_error", ChatFrames.ASKS);
        }
        JsonNode error = answer.path("__error__");
        if (error.isObject()) {
            String why = error.path("error").asString("") + ": "
                    + error.path("message").asString("");
            return refused(500, "server_error", why);
        }
        if (outcome.status().equals(Outcome.INTERRUPTED)) {
            return refused(409, "invalid_request_error", "the run was cancelled");
        }
        return ChatShape.answer(answer)
                .map(text -> Reply.json(completion.whole(text)))
                .orElseGet(() -> refused(422, "invalid_request_error", ChatFrames.NO_TEXT));
    }

    private static Reply refused(int status, String type, String why) {
        ObjectNode body = ApiRefusal.of(status, type, why).body();
        body.set("error", Completion.error(type, why));
        return Reply.json(status, body);
    }
}
