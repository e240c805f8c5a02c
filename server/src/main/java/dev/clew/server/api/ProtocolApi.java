package dev.clew.server.api;

import dev.clew.index.ThreadRow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.feed.FeedPosition;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Ids;
import dev.clew.server.view.States;
import dev.clew.server.wire.ThreadFrames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The thread protocol: commands, and one stream of what all runs of a thread do. */
public final class ProtocolApi {
    private static final Set<String> CHANNELS =
            Set.of("lifecycle", "input", "values", "updates", "checkpoints", "tasks", "messages", "tools", "custom");

    private final Parts parts;
    private final Gate gate;
    private final RunStarter starter;

    public ProtocolApi(Parts parts, RunStarter starter) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.starter = starter;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/threads/{thread_id}/commands", Operation.Threads.CREATE_RUN, this::command),
                Route.post("/threads/{thread_id}/stream/events", Operation.Threads.READ, this::events),
                Route.post("/threads/{thread_id}/stream", Operation.Threads.READ, this::events));
    }

    // --- commands ---

    /** A command that is refused: the answer is a document that says so. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String code;

        Refusal(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    private Reply command(ApiRequest request) {
        Body body = request.body();
        JsonNode id = body.find("id");
        if (id == null || !id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 0) {
            return malformed(id, "'id' is missing; it is a required whole number, not negative");
        }
        JsonNode named = body.find("method");
        if (named == null || !named.isString()) {
            return malformed(id, "'method' is missing; it is a required text");
        }
        String method = named.stringValue();
        Caller caller = gate.caller(request, Operation.Threads.CREATE_RUN);
        String threadId = Ids.requireThread(request.path("thread_id"));
        try {
            Body params = body.inner("params");
            boolean isStart = method.equals("run.start");
            return answered(
                    id, threadId, method, isStart ? new Assistants(parts).applied(request, params) : params, caller);
        } catch (Refusal refused) {
            return refused(id, refused.code, String.valueOf(refused.getMessage()));
        } catch (AnswerRefusedException refused) {
            String code = refused.reason() == AnswerRefusedException.Reason.WRONG_TYPE
                    ? "invalid_argument"
                    : "no_such_interrupt";
            return refused(id, code, String.valueOf(refused.getMessage()));
        } catch (ApiRefusal refused) {
            String code = refused.status() == 404 ? "no_such_run" : "invalid_argument";
            return refused(id, code, refused.sentence());
        }
    }

    private Reply answered(JsonNode id, String threadId, String method, Body params, Caller caller) {
        // The position before the run that a command starts.
        long applied = new ThreadRuns(parts, threadId).newest();
        ObjectNode result = switch (method) {
            case "run.start" -> start(threadId, params, caller);
            case "input.respond" -> respond(threadId, params, caller);
            case "state.get" -> state(threadId, caller.decision());
            case "agent.getTree" -> tree(threadId, caller.decision());
            default -> throw new Refusal("unknown_command", "there is no command '" + method + "'");
        };
        ObjectNode answer = Json.object();
        answer.put("type", "success");
        answer.set("id", id);
        answer.set("result", result);
        ObjectNode meta = Json.object();
        meta.put("thread_id", threadId);
        meta.put("applied_through_seq", applied);
        answer.set("meta", meta);
        return Reply.json(answer);
    }

    private static Reply refused(JsonNode id, String code, String message) {
        return Reply.json(error(id, code, message));
    }

    private static ObjectNode error(JsonNode id, String code, String message) {
        ObjectNode answer = Json.object();
        answer.put("type", "error");
        answer.set("id", id);
        answer.put("error", code);
        answer.put("message", message);
        return answer;
    }

    /** No command at all: in the form of the protocol's errors, and in that of all refusals. */
    private static Reply malformed(@Nullable JsonNode id, String message) {
        ObjectNode answer = error(id == null ? Json.nothing() : id, "invalid_argument", message);
        answer.put("code", "invalid_argument");
        answer.put("detail", message);
        return Reply.json(400, answer);
    }

    private ObjectNode start(String threadId, Body params, Caller caller) {
        params.requireNone(Set.of("webhook"), "of a command is not offered: start the run with POST …/runs");
        ObjectNode run = params.node().deepCopy();
        run.put("if_not_exists", "create");
        run.put("stream_resumable", true);
        if (run.has("multitaskStrategy")) {
            run.set("multitask_strategy", run.get("multitaskStrategy"));
        }
        RunStarter.Started started = starter.start(
                caller, threadId, RunBody.of(new Body(run), parts.catalog()), null, RunStarter.Place.NAMED, () -> {});
        ObjectNode result = Json.object();
        result.put("run_id", started.request().requestId());
        return result;
    }

    private ObjectNode respond(String threadId, Body params, Caller caller) {
        params.requireNone(Set.of("update", "goto"), "of an answer is not offered");
        Map<String, @Nullable Object> answers = new LinkedHashMap<>();
        if (params.has("responses")) {
            params.list("responses").forEach(one -> answer(one, answers));
        } else {
            answer(params.node(), answers);
        }
        ThreadRow row = gate.thread(caller.decision(), threadId);
        Served served = Optional.ofNullable(row.info().workflow())
                .flatMap(parts.catalog()::ofThread)
                .orElseThrow(() -> new Refusal("no_such_interrupt", "the thread '" + threadId + "' asks nothing"));
        List<PendingInterrupt<?, ?>> pending = served.workflow().state(threadId).pending();
        for (String id : answers.keySet()) {
            if (pending.stream().noneMatch(question -> question.id().equals(id))) {
                throw new Refusal("no_such_interrupt", "there is no question '" + id + "' that waits for an answer");
            }
        }
        starter.respond(caller, threadId, served, Command.resumeAll(answers));
        return Json.object();
    }

    private static void answer(JsonNode one, Map<String, @Nullable Object> answers) {
        JsonNode id = one.get("interrupt_id");
        if (id == null || !id.isString()) {
            throw new Refusal("invalid_argument", "'interrupt_id' is missing; it is a required text");
        }
        JsonNode response = one.get("response");
        answers.put(id.stringValue(), response == null ? null : Json.plain(response));
    }

    private ObjectNode state(String threadId, Decision decision) {
        ThreadRow row = gate.thread(decision, threadId);
        ObjectNode state = Optional.ofNullable(row.info().workflow())
                .flatMap(parts.catalog()::ofThread)
                .flatMap(served -> States.of(served).state(threadId, null, false))
                .orElseGet(() -> States.none(threadId));
        ObjectNode checkpoint = Json.object();
        JsonNode id = state.get("checkpoint_id");
        checkpoint.set("id", id == null ? Json.nothing() : id);
        ObjectNode result = Json.object();
        result.set("values", state.get("values"));
        result.set("checkpoint", checkpoint);
        return result;
    }

    private ObjectNode tree(String threadId, Decision decision) {
        ThreadRow row = gate.thread(decision, threadId);
        if (row.runId() == null) {
            throw new Refusal("no_such_run", "the thread '" + threadId + "' never ran");
        }
        ObjectNode tree = Json.object();
        tree.set("namespace", Json.array());
        tree.put("status", row.activity().name().toLowerCase(Locale.ROOT));
        tree.put("graph_name", new ThreadRuns(parts, threadId).graph());
        ObjectNode result = Json.object();
        result.set("tree", tree);
        return result;
    }

    // --- events ---

    private Reply events(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.READ);
        String threadId = Ids.requireThread(request.path("thread_id"));
        Optional<ThreadRow> row = parts.book().index().find(threadId);
        if (row.isPresent()) {
            gate.thread(decision, threadId);
        } else if (!decision.only().isEmpty()) {
            throw ApiRefusal.notFound("there is no thread '" + threadId + "'");
        }
        Body body = request.body();
        Set<String> channels = new HashSet<>(body.texts("channels"));
        if (channels.isEmpty()) {
            throw ApiRefusal.badRequest("'channels' is missing; it is a required list of texts");
        }
        for (String channel : channels) {
            if (!CHANNELS.contains(channel) && !channel.startsWith("custom:")) {
                throw ApiRefusal.badRequest("'channels' has '" + channel + "'; there are " + CHANNELS);
            }
        }
        long after = since(request, body);
        return Reply.events(new ThreadFrames(
                parts.feeds().thread(threadId, FeedPosition.whole(after) - 1),
                after,
                subject(threadId),
                new ThreadFrames.Wanted(
                        channels,
                        namespaces(body),
                        body.integer("depth", 0, 1_000).orElse(-1))));
    }

    private static long since(ApiRequest request, Body body) {
        JsonNode since = body.find("since");
        if (since != null) {
            if (!since.isIntegralNumber() || !since.canConvertToLong()) {
                throw ApiRefusal.badRequest("'since' must be the seq of an event, a whole number");
            }
            return since.longValue();
        }
        return request.header("last-event-id")
                .map(FeedPosition::read)
                .filter(position -> position.isPresent())
                .map(position -> position.getAsLong())
                .orElse(-1L);
    }

    private static List<List<String>> namespaces(Body body) {
        List<List<String>> all = new ArrayList<>();
        for (JsonNode one : body.list("namespaces")) {
            List<String> segments = new ArrayList<>();
            for (JsonNode segment : one) {
                if (!segment.isString()) {
                    throw noNamespace();
                }
                segments.add(segment.stringValue());
            }
            if (!one.isArray()) {
                throw noNamespace();
            }
            all.add(segments);
        }
        return all;
    }

    private static ApiRefusal noNamespace() {
        return ApiRefusal.badRequest("'namespaces' must be a list of lists of texts, such as [[\"parent\"]]");
    }

    private ThreadFrames.Subject subject(String threadId) {
        ThreadRuns all = new ThreadRuns(parts, threadId);
        Map<Integer, String> runs = new HashMap<>();
        return new ThreadFrames.Subject(
                threadId, number -> runs.computeIfAbsent(number, unknown -> all.run(number)), all::graph);
    }
}
