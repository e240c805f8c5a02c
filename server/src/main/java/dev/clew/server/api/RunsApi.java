package dev.clew.server.api;

import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.auth.Principal;
import dev.clew.server.catalog.NameUuid;
import dev.clew.server.catalog.Served;
import dev.clew.server.feed.FeedPosition;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.PathIds;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Ids;
import dev.clew.server.wire.RunFrames;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs: started, waited for, streamed, listed and cancelled. */
public final class RunsApi {
    private static final int MOST_CANCELLED = 1_000;

    private final Parts parts;
    private final Gate gate;
    private final RequestBook book;
    private final RunStarter starter;
    private final WebhookRuns hooks;

    public RunsApi(Parts parts, RequestBook book) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.book = book;
        this.starter = new RunStarter(parts, gate, book);
        this.hooks = new WebhookRuns(parts, book);
    }

    /** What starts runs. */
    public RunStarter starter() {
        return starter;
    }

    /** What was kept of the body of a request; nothing if it is not known. */
    public ObjectNode kwargs(String threadId, String requestId) {
        return book.find(threadId, requestId)
                .map(request -> request.content().kwargs())
                .orElseGet(Json::object);
    }

    public List<Route> routes() {
        Operation start = Operation.Threads.CREATE_RUN;
        Operation read = Operation.Threads.READ;
        return List.of(
                Route.post("/threads/{thread_id}/runs", start, request -> created(started(request))),
                Route.post("/threads/{thread_id}/runs/wait", start, request -> waiting(started(request))),
                Route.post("/threads/{thread_id}/runs/stream", start, request -> streaming(started(request))),
                Route.get("/threads/{thread_id}/runs", read, this::list),
                Route.get("/threads/{thread_id}/runs/{run_id}", read, this::get),
                Route.delete("/threads/{thread_id}/runs/{run_id}", Operation.Threads.UPDATE, this::delete),
                Route.get("/threads/{thread_id}/runs/{run_id}/join", read, this::join),
                Route.get("/threads/{thread_id}/runs/{run_id}/stream", read, this::joinStream),
                Route.post("/threads/{thread_id}/runs/{run_id}/cancel", Operation.Threads.UPDATE, this::cancel),
                Route.post("/runs/cancel", Operation.Threads.UPDATE, this::cancelMany),
                Route.post("/runs", start, request -> created(startedAlone(request))),
                Route.post("/runs/wait", start, request -> waiting(startedAlone(request))),
                Route.post("/runs/stream", start, request -> streaming(startedAlone(request))),
                Route.post("/runs/batch", start, this::batch),
                Route.get("/runs/{run_id}", read, this::getAlone),
                Route.get("/runs/{run_id}/join", read, this::joinAlone),
                Route.get("/runs/{run_id}/stream", read, this::joinStreamAlone),
                Route.post("/runs/{run_id}/cancel", Operation.Threads.UPDATE, this::cancelAlone));
    }

    // --- starting ---

    /** A request, and the path under which its run is found. */
    private record Accepted(RunStarter.Started started, String path) {}

    private Accepted started(ApiRequest request) {
        Caller caller = gate.caller(request, Operation.Threads.CREATE_RUN);
        Body given = new Assistants(parts).applied(request, request.body());
        RunBody body = RunBody.of(given, parts.catalog());
        String threadId = Ids.requireThread(request.path("thread_id"));
        RunStarter.Started started = hooks.start(
                given,
                body,
                threadId,
                request.header("idempotency-key").orElse(null),
                (id, accepted) -> starter.start(caller, threadId, body, id, RunStarter.Place.NAMED, accepted));
        return new Accepted(started, path(threadId, started.request().requestId()));
    }

    /** Starts, or answers, as {@code POST /threads/{thread_id}/runs} does. */
    RunStarter.Started start(ApiRequest request) {
        return started(request).started();
    }

    /** Starts as {@code POST /runs} does. */
    RunStarter.Started startAlone(ApiRequest request) {
        return startedAlone(request).started();
    }

    private static String path(String threadId, String requestId) {
        return "/threads/" + PathIds.write(threadId) + path(requestId);
    }

    private static String path(String requestId) {
        return "/runs/" + PathIds.write(requestId);
    }

    private Accepted startedAlone(ApiRequest request) {
        return startedAlone(
                gate.caller(request, Operation.Threads.CREATE_RUN),
                new Assistants(parts).applied(request, request.body()),
                request.header("idempotency-key").orElse(null));
    }

    /** Starts a run on a thread of its own. */
    RunRequest alone(ApiRequest request, Body body) {
        Caller caller = gate.caller(request, Operation.Threads.CREATE_RUN);
        String key = request.header("idempotency-key").orElse(null);
        return startedAlone(caller, new Assistants(parts).applied(request, body), key)
                .started()
                .request();
    }

    /**
     * Starts a run on a thread of its own, whose id is the run's. Keys of clients are no secret, so a run that was given one has a
     * thread of its caller's: others who use the same key have another.
     *
     * @param key the id that the client gives the run; null for none
     */
    private Accepted startedAlone(Caller caller, Body given, @Nullable String key) {
        RunBody body = RunBody.of(given, parts.catalog());
        String requestId = key == null ? Ids.fresh() : Ids.require("Idempotency-Key", key);
        String threadId = key == null ? requestId : threadOf(caller.who(), key);
        RunStarter.Place place = body.keepThread() ? RunStarter.Place.OWN : RunStarter.Place.TEMPORARY;
        RunStarter.Started started = hooks.start(
                given,
                body,
                threadId,
                requestId,
                (id, accepted) -> starter.start(caller, threadId, body, id, place, accepted));
        return new Accepted(started, path(started.request().requestId()));
    }

    private static String threadOf(Principal who, String key) {
        return NameUuid.ofRunAlone(who.identity(), key);
    }

    private Reply created(Accepted accepted) {
        ObjectNode run = RunViews.of(accepted.started().request());
        run.put("status", Outcome.PENDING);
        return Reply.json(run).with("Content-Location", accepted.path());
    }

    private Reply waiting(Accepted accepted) {
        RunStarter.Started started = accepted.started();
        return later(
                started.request(),
                accepted.path(),
                Outcome::answer,
                () -> left(started.request(), started.body().cancelOnDisconnect()));
    }

    private Reply streaming(Accepted accepted) {
        RunStarter.Started started = accepted.started();
        RunBody body = started.body();
        return stream(started.request(), started.after(), body.modes(), body.subgraphs(), body.cancelOnDisconnect())
                .with("Content-Location", accepted.path())
                .with("Location", accepted.path() + "/stream");
    }

    private Reply stream(
            RunRequest asked, long after, Set<String> modes, boolean subgraphs, boolean cancelOnDisconnect) {
        Served served = asked.served();
        FeedReader reader = parts.feeds()
                .run(served, asked.threadId(), asked.runId(), asked.requestId(), FeedPosition.whole(after) - 1);
        RunFrames.Subject subject = new RunFrames.Subject(
                asked.threadId(),
                asked.runId(),
                asked.requestId(),
                served.graphId(),
                served.assistantId(),
                served.graph().isPresent());
        return Reply.events(
                new RunFrames(reader, after, subject, modes, subgraphs, () -> left(asked, cancelOnDisconnect)));
    }

    private void left(RunRequest asked, boolean cancels) {
        if (cancels) {
            boolean unused = asked.cancel();
        }
    }

    private Reply batch(ApiRequest request) {
        Caller caller = gate.caller(request, Operation.Threads.CREATE_RUN);
        JsonNode document = request.document();
        if (!(document instanceof ArrayNode all) || all.isEmpty()) {
            throw ApiRefusal.invalid("the body must be a list of runs, at least one");
        }
        List<Body> bodies = new ArrayList<>();
        all.forEach(one -> {
            if (!(one instanceof ObjectNode object)) {
                throw ApiRefusal.invalid("the body must be a list of objects");
            }
            bodies.add(new Assistants(parts).applied(request, new Body(object)));
        });
        // All are checked before the first is stored.
        bodies.forEach(body -> {
            hooks.check(body);
            RunBody.of(body, parts.catalog());
        });
        ArrayNode runs = Json.array();
        bodies.forEach(body ->
                runs.add(RunViews.of(startedAlone(caller, body, null).started().request())));
        return Reply.json(runs);
    }

    // --- finding ---

    private RunRequest find(ApiRequest request, Operation operation) {
        Decision decision = gate.decide(request, operation);
        String threadId =
                gate.thread(decision, request.path("thread_id")).info().threadId();
        String id = request.path("run_id");
        return book.find(threadId, id)
                .orElseThrow(() -> ApiRefusal.notFound("the thread '" + threadId + "' has no run '" + id + "'"));
    }

    private RunRequest findAlone(ApiRequest request, Operation operation) {
        Decision decision = gate.decide(request, operation);
        String id = request.path("run_id");
        // One sentence for what is not there and for what others have.
        return book.find(id, id)
                .or(() -> book.find(threadOf(request.principal(), id), id))
                .or(() -> book.find(id))
                .filter(asked -> gate.find(decision, asked.threadId()).isPresent())
                .orElseThrow(() -> ApiRefusal.notFound("there is no run '" + id + "'"));
    }

    private Reply list(ApiRequest request) {
        String threadId = gate.thread(request, Operation.Threads.READ).info().threadId();
        int limit = request.queryInt("limit", 0, 1_000, 10);
        int offset = request.queryInt("offset", 0, Integer.MAX_VALUE, 0);
        Optional<String> status = request.query("status");
        Set<String> select = Select.ofRun(request.queryList("select"));
        ArrayNode runs = Json.array();
        for (RunRequest asked :
                book.listAll(threadId, one -> status.isEmpty() || one.status().equals(status.get()), offset, limit)) {
            ObjectNode run = RunViews.of(asked);
            if (!select.isEmpty()) {
                run.retain(select);
            }
            runs.add(run);
        }
        return Reply.json(runs);
    }

    private Reply get(ApiRequest request) {
        return Reply.json(RunViews.of(find(request, Operation.Threads.READ)));
    }

    private Reply getAlone(ApiRequest request) {
        return Reply.json(RunViews.of(findAlone(request, Operation.Threads.READ)));
    }

    // --- joining ---

    private Reply join(ApiRequest request) {
        RunRequest asked = find(request, Operation.Threads.READ);
        return joined(request, asked, path(asked.threadId(), asked.requestId()));
    }

    private Reply joinAlone(ApiRequest request) {
        RunRequest asked = findAlone(request, Operation.Threads.READ);
        return joined(request, asked, path(asked.requestId()));
    }

    private Reply joined(ApiRequest request, RunRequest asked, String path) {
        boolean cancels = request.queryFlag("cancel_on_disconnect");
        return later(asked, path, Outcome::answer, () -> left(asked, cancels));
    }

    /** An answer that is made of how a request ends. */
    private static Reply later(RunRequest asked, String path, Function<Outcome, JsonNode> answer, Runnable left) {
        CompletableFuture<Outcome> outcome = asked.outcome();
        return Reply.later(EndedWait.of(outcome.thenApply(answer), outcome), left)
                .with("Content-Location", path)
                .with("Location", path + "/join");
    }

    private Reply joinStream(ApiRequest request) {
        RunRequest asked = find(request, Operation.Threads.READ);
        return joinedStream(request, asked, path(asked.threadId(), asked.requestId()));
    }

    private Reply joinStreamAlone(ApiRequest request) {
        RunRequest asked = findAlone(request, Operation.Threads.READ);
        return joinedStream(request, asked, path(asked.requestId()));
    }

    private Reply joinedStream(ApiRequest request, RunRequest asked, String path) {
        Body body = new Body(asked.content().kwargs());
        List<String> wanted = RunBody.requireModes(request.queryList("stream_mode"));
        Set<String> modes = wanted.isEmpty() ? RunBody.modes(body) : new LinkedHashSet<>(wanted);
        boolean cancels = request.queryFlag("cancel_on_disconnect");
        String last = request.header("last-event-id").orElse("");
        long after = FeedPosition.read(last).orElseGet(() -> start(asked));
        return stream(asked, after, modes, body.flag("stream_subgraphs", false), cancels)
                .with("Content-Location", path)
                .with("Location", path + "/stream" + asBefore(wanted, cancels));
    }

    /** The query with which a client that was cut off reads on. */
    private static String asBefore(List<String> modes, boolean cancels) {
        List<String> query = new ArrayList<>();
        modes.forEach(mode -> query.add("stream_mode=" + URLEncoder.encode(mode, StandardCharsets.UTF_8)));
        if (cancels) {
            query.add("cancel_on_disconnect=true");
        }
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    /** The position after what earlier requests of the same run did. */
    private long start(RunRequest asked) {
        return parts.feeds().after(asked.served(), asked.threadId(), asked.runId(), book.startOf(asked));
    }

    // --- ending ---

    private Reply cancel(ApiRequest request) {
        RunRequest asked = find(request, Operation.Threads.UPDATE);
        return cancelled(request, asked, path(asked.threadId(), asked.requestId()));
    }

    private Reply cancelAlone(ApiRequest request) {
        RunRequest asked = findAlone(request, Operation.Threads.UPDATE);
        return cancelled(request, asked, path(asked.requestId()));
    }

    private Reply cancelled(ApiRequest request, RunRequest asked, String path) {
        if (request.query("action")
                .filter(action -> !Set.of("interrupt", "rollback").contains(action))
                .isPresent()) {
            throw ApiRefusal.invalid("the parameter 'action' must be interrupt or rollback");
        }
        boolean unused = asked.cancel();
        if (request.queryFlag("wait")) {
            return later(asked, path, outcome -> Json.object(), () -> {});
        }
        return Reply.empty(202);
    }

    private Reply cancelMany(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.UPDATE);
        Body body = request.body();
        String threadId = body.requireText("thread_id");
        gate.thread(decision, threadId);
        List<String> ids = body.texts("run_ids");
        List<RunRequest> found = ids.isEmpty()
                ? book.list(threadId, RunRequest::isUnderWay, 0, MOST_CANCELLED)
                : ids.stream().flatMap(id -> book.find(threadId, id).stream()).toList();
        if (found.isEmpty() && !ids.isEmpty()) {
            throw ApiRefusal.notFound("the thread '" + threadId + "' has no such run");
        }
        found.forEach(asked -> {
            boolean unused = asked.cancel();
        });
        return Reply.empty(204);
    }

    private Reply delete(ApiRequest request) {
        RunRequest asked = find(request, Operation.Threads.UPDATE);
        if (asked.requested() == null) {
            throw ApiRefusal.invalid("the run '" + asked.requestId()
                    + "' was started without this API; it is deleted with its thread, or by 'prune'");
        }
        if (asked.isUnderWay() || !book.delete(asked)) {
            throw ApiRefusal.conflict("the run '" + asked.requestId() + "' is not over; cancel it first");
        }
        return Reply.empty(204);
    }
}
