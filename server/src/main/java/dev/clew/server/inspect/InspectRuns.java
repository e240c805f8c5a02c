package dev.clew.server.inspect;

import dev.clew.index.ThreadRow;
import dev.clew.server.api.Gate;
import dev.clew.server.api.Parts;
import dev.clew.server.auth.Operation;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.CheckpointIds;
import dev.clew.state.RunTrace;
import dev.clew.state.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One run: its steps page by page, one value at a time, and what happened when. */
public final class InspectRuns {
    private static final int MOST_STEPS = 500;
    private static final int MOST_BUCKETS = 1_000;

    private final Gate gate;
    private final RunTraces traces;
    private final StepValues values;
    private final RunLog log;
    private final Supplier<Instant> clock;

    public InspectRuns(Parts parts) {
        this.gate = new Gate(parts);
        this.traces = new RunTraces(parts);
        ShownValues shown = ShownValues.of(parts);
        this.values = new StepValues(parts.operator(), shown);
        this.log = new RunLog(parts, shown);
        this.clock = parts.store()::now;
    }

    public List<Route> routes() {
        Operation read = Operation.Threads.READ;
        String run = "/clew/threads/{thread_id}/runs/{run_id}";
        return List.of(
                Route.get(run, read, this::run),
                Route.get(run + "/steps", read, this::steps),
                Route.get(run + "/value", read, this::value),
                Route.get(run + "/timeline", read, this::timeline),
                Route.get(run + "/log", read, this::log));
    }

    private TraceTree tree(ApiRequest request) {
        ThreadRow row = gate.thread(request, Operation.Threads.READ);
        return traces.of(row.info().threadId(), request.path("run_id"));
    }

    private Reply run(ApiRequest request) {
        TraceTree tree = tree(request);
        RunTrace trace = tree.trace();
        ObjectNode run = Json.object();
        run.put("thread_id", trace.threadId());
        run.put("run_id", trace.runId());
        run.put("number", trace.number());
        run.put("status", InspectThreads.word(trace.status()));
        run.put("opened_by", CheckpointIds.out(trace.openedBy()));
        run.set(
                "completed_by",
                Json.text(Optional.ofNullable(trace.completedBy())
                        .map(CheckpointIds::out)
                        .orElse(null)));
        run.set("started_at", Json.time(trace.startedAt()));
        run.set("last_at", Json.time(tree.end()));
        run.put("entries", trace.entries());
        ArrayNode recoveries = Json.array();
        trace.recoveries().forEach(at -> recoveries.add(Json.time(at)));
        run.set("recoveries", recoveries);
        run.set("failure", StepRows.failure(trace.failure()));
        run.set("blocked_by", Json.text(trace.blockedBy()));
        TraceTree.Origin origin = tree.origin();
        if (origin != null) {
            ObjectNode forked = Json.object();
            forked.set("run_id", Json.text(origin.runId()));
            forked.set("at", Json.time(origin.at()));
            run.set("forked_from", forked);
        }
        run.put("steps", tree.size());
        ObjectNode counts = Json.object();
        tree.counts().forEach((status, count) -> counts.put(InspectThreads.word(status), count));
        run.set("counts", counts);
        return Reply.json(run);
    }

    private Reply steps(ApiRequest request) {
        TraceTree tree = tree(request);
        int limit = request.queryInt("limit", 1, MOST_STEPS, 200);
        Optional<Predicate<TraceTree.Node>> only = only(request);
        String parent = request.query("parent").orElse("");
        if (!parent.isEmpty() && tree.find(parent).isEmpty()) {
            throw ApiRefusal.notFound("the run has no step '" + parent + "'");
        }
        List<TraceTree.Node> all = only.map(wanted -> matching(tree, wanted)).orElseGet(() -> tree.children(parent));
        int from = from(request, tree, all);
        ArrayNode steps = Json.array();
        all.subList(from, Math.min(all.size(), from + limit)).forEach(node -> steps.add(StepRows.of(tree, node)));
        ObjectNode page = Json.object();
        page.set("steps", steps);
        page.put("total", all.size());
        page.put("from", from);
        page.set(
                "next",
                from + limit < all.size() ? Json.text(all.get(from + limit - 1).path()) : Json.nothing());
        return Reply.json(page);
    }

    /** Filters look at all steps, whatever their scope; empty if there is none. */
    private static Optional<Predicate<TraceTree.Node>> only(ApiRequest request) {
        List<Predicate<TraceTree.Node>> all = new ArrayList<>();
        if (request.queryFlag("all")) {
            all.add(node -> true);
        }
        request.query("path").ifPresent(path -> all.add(node -> node.path().equals(path)));
        if (request.queryFlag("again")) {
            all.add(node -> !node.step.reruns().isEmpty());
        }
        request.query("status")
                .map(InspectRuns::status)
                .ifPresent(wanted -> all.add(node -> node.step.state().status() == wanted));
        request.query("q")
                .map(text -> text.toLowerCase(Locale.ROOT))
                .ifPresent(text ->
                        all.add(node -> node.path().toLowerCase(Locale.ROOT).contains(text)));
        return all.stream().reduce(Predicate::and);
    }

    private static StepState.Status status(String word) {
        try {
            return StepState.Status.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw ApiRefusal.invalid("the parameter 'status' is '" + word
                    + "'; there are pending, retrying, succeeded, failed, cancelled and withdrawn");
        }
    }

    private static List<TraceTree.Node> matching(TraceTree tree, Predicate<TraceTree.Node> wanted) {
        List<TraceTree.Node> found = new ArrayList<>();
        tree.all().forEach(node -> {
            if (wanted.test(node)) {
                found.add(node);
            }
        });
        return found;
    }

    /** The index after the step that {@code after} names; or {@code from}, an index. */
    private static int from(ApiRequest request, TraceTree tree, List<TraceTree.Node> all) {
        Optional<String> after = request.query("after");
        if (after.isEmpty()) {
            return Math.min(all.size(), request.queryInt("from", 0, Integer.MAX_VALUE, 0));
        }
        TraceTree.Node last = tree.find(after.get())
                .orElseThrow(() -> ApiRefusal.invalid(
                        "the parameter 'after' must be the path of a step of this run, not '" + after.get() + "'"));
        int index = 0;
        while (index < all.size() && all.get(index).index <= last.index) {
            index++;
        }
        return index;
    }

    private Reply value(ApiRequest request) {
        TraceTree tree = tree(request);
        String path = request.query("path")
                .orElseThrow(() -> ApiRefusal.invalid("the parameter 'path' is missing; it names a step"));
        TraceTree.Node node =
                tree.find(path).orElseThrow(() -> ApiRefusal.notFound("the run has no step '" + path + "'"));
        return Reply.json(
                values.read(request, tree.trace(), node.step, gate.allows(request, Operation.Server.INSPECT)));
    }

    private Reply log(ApiRequest request) {
        RunTrace trace = tree(request).trace();
        return Reply.json(
                log.page(request, trace.threadId(), trace.runId(), gate.allows(request, Operation.Server.INSPECT)));
    }

    private Reply timeline(ApiRequest request) {
        TraceTree tree = tree(request);
        int buckets = request.queryInt("buckets", 1, MOST_BUCKETS, 100);
        return Reply.json(new Timeline(tree, clock.get()).buckets(buckets));
    }
}
