package dev.clew.server.api;

import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.feed.FeedPosition;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.wire.JoinedFrames;
import dev.clew.server.wire.RunFrames;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The stream of all that the runs of a thread do, in the form of the run endpoints. */
public final class JoinApi {
    private static final String RUN_MODES = "run_modes";
    private static final String LIFECYCLE = "lifecycle";

    /** What a client says that wants all that there is. */
    private static final String FROM_THE_START = "-";

    private final Parts parts;
    private final Gate gate;
    private final Kwargs kwargs;

    /** Finds what the body of a request said. */
    @FunctionalInterface
    public interface Kwargs {
        /** The members that were kept of the body; none if the request is not known. */
        ObjectNode of(String threadId, String requestId);
    }

    public JoinApi(Parts parts, Kwargs kwargs) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.kwargs = kwargs;
    }

    public List<Route> routes() {
        return List.of(Route.get("/threads/{thread_id}/stream", Operation.Threads.READ, this::join));
    }

    private Reply join(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.READ);
        String threadId =
                gate.thread(decision, request.path("thread_id")).info().threadId();
        boolean all = wantsAll(request);
        ThreadRuns runs = new ThreadRuns(parts, threadId);
        long after = after(request, runs);
        // What a run says depends on its beginning, so it is read from there.
        long start = after < 0 ? -1 : FeedPosition.before(FeedPosition.run(after));
        return Reply.events(new JoinedFrames(
                parts.feeds().thread(threadId, start), after, (number, id) -> told(runs, number, id, all)));
    }

    private static boolean wantsAll(ApiRequest request) {
        Set<String> modes = new TreeSet<>(request.queryList("stream_mode"));
        modes.addAll(request.queryList("stream_modes"));
        if (modes.isEmpty()) {
            return true;
        }
        boolean all = modes.remove(RUN_MODES);
        boolean some = modes.remove(LIFECYCLE);
        if (!modes.isEmpty() || !all && !some) {
            throw ApiRefusal.invalid("the parameter 'stream_mode' has " + modes + "; there are " + RUN_MODES + " and "
                    + LIFECYCLE + ". A state that was set is read with GET …/state");
        }
        return all;
    }

    private static long after(ApiRequest request, ThreadRuns runs) {
        String last = request.header("last-event-id").orElse("");
        if (last.isEmpty()) {
            return runs.newest();
        }
        if (last.equals(FROM_THE_START)) {
            return -1;
        }
        return FeedPosition.read(last)
                .orElseThrow(() -> ApiRefusal.invalid(
                        "the header 'Last-Event-ID' must be the id of an event of this server, or '-' for the first"));
    }

    private JoinedFrames.@Nullable Told told(ThreadRuns runs, int number, String requestId, boolean all) {
        Served served = runs.served().orElse(null);
        String runId = runs.run(number);
        if (served == null || runId == null) {
            return null;
        }
        RunFrames.Subject subject = new RunFrames.Subject(
                runs.threadId(),
                runId,
                requestId,
                served.graphId(),
                served.assistantId(),
                served.graph().isPresent());
        Body asked = new Body(kwargs.of(runs.threadId(), requestId));
        return new JoinedFrames.Told(
                subject, all ? RunBody.modes(asked) : Set.of(), asked.flag("stream_subgraphs", false));
    }
}
