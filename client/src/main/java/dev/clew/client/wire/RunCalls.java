package dev.clew.client.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs of a server: started once, waited for, found again and cancelled. Threads and runs are named as the server names them.
 * Thread-safe.
 */
public final class RunCalls {
    /** The metadata of a run that name the request which made it. */
    public static final String REQUEST = "clew_request";

    private static final Set<String> UNDER_WAY = Set.of("pending", "running");
    private static final int NOT_FOUND = 404;

    private final Http http;
    private volatile @Nullable Doc info;

    public RunCalls(Http http) {
        this.http = http;
    }

    /** What all requests go through. */
    public Http http() {
        return http;
    }

    /** The same for calls that wait less long for a server that is away. */
    public RunCalls patience(Duration patience) {
        RunCalls other = new RunCalls(http.with(http.endpoint().patience(patience)));
        other.info = info;
        return other;
    }

    /** What the server says of itself; asked once. Nothing if it does not say. */
    public Doc info() throws IOException {
        Doc known = info;
        if (known == null) {
            known = http.get("/info");
            info = known;
        }
        return known;
    }

    public ServerKind kind() throws IOException {
        return ServerKind.of(info());
    }

    /** The path of a thread. */
    public static String path(String thread) {
        return "/threads/" + Names.segment(thread);
    }

    private static String path(String thread, String run) {
        return path(thread) + "/runs/" + Names.segment(run);
    }

    // --- starting ---

    /** Makes a request whose run goes on in the background, and returns the run's id. */
    public String start(Start request) throws IOException {
        return request.begin(this, "").runId();
    }

    /** Makes a request, and waits for how its run ends. */
    public Outcome startAndAwait(Start request) throws IOException {
        Start.Begun begun = request.begin(this, "/wait");
        Http.Opened answer = begun.answer();
        if (answer != null) {
            try (answer) {
                return ended(request.thread(), begun.runId(), answer.document());
            } catch (IOException cut) {
                // The run goes on there, and is waited for by its id.
                return await(request.thread(), begun.runId());
            }
        }
        return await(request.thread(), begun.runId());
    }

    /** Makes a request, and streams what its run does. */
    public RunEvents startAndStream(Start request, List<String> modes) throws IOException {
        Start.Begun begun = request.begin(this, "/stream");
        return new RunEvents(this, request.thread(), begun.runId(), begun.answer(), modes);
    }

    /** Streams what a run does that was started before. */
    public RunEvents stream(String thread, String run, List<String> modes) {
        return new RunEvents(this, thread, run, null, modes);
    }

    /** The run that a request made; empty if none is listed with its key. */
    Optional<String> requested(String thread, String key) throws IOException {
        return runs(thread).stream()
                .filter(run ->
                        run.get("metadata").text(REQUEST).filter(key::equals).isPresent())
                .findFirst()
                .flatMap(run -> run.text("run_id"));
    }

    // --- finding ---

    /** The runs of a thread, newest first; none of a thread that is not there. */
    public List<Doc> runs(String thread) throws IOException {
        return runs(thread, 1_000);
    }

    /** The newest runs of a thread. */
    public List<Doc> runs(String thread, int most) throws IOException {
        try {
            // Servers sort them in different ways.
            return http.get(path(thread) + "/runs?limit=" + most).items().stream()
                    .sorted((one, other) -> other.text("created_at")
                            .orElse("")
                            .compareTo(one.text("created_at").orElse("")))
                    .toList();
        } catch (ServerFault fault) {
            if (fault.status() == NOT_FOUND) {
                return List.of();
            }
            throw fault;
        }
    }

    /** The status of a run, as servers name it. */
    public String status(String thread, String run) throws IOException {
        return http.get(path(thread, run)).text("status").orElse("");
    }

    /** Whether a run has not ended. */
    boolean isUnderWay(String thread, String run) throws IOException {
        return UNDER_WAY.contains(status(thread, run));
    }

    /** Whether a run, as servers list it, has not ended. */
    public static boolean isUnderWay(Doc run) {
        return run.text("status").filter(UNDER_WAY::contains).isPresent();
    }

    /** The newest state of a thread; nothing if the thread is not there. */
    public Doc state(String thread) throws IOException {
        return found(path(thread) + "/state");
    }

    /** What a path answers; nothing if it is not there. */
    public Doc found(String path) throws IOException {
        try {
            return http.get(path);
        } catch (ServerFault fault) {
            if (fault.status() == NOT_FOUND) {
                return Doc.NOTHING;
            }
            throw fault;
        }
    }

    /** The list that a path answers to a question with a body; none if the path is not there. */
    public List<Doc> queried(String path, Map<String, ?> body) throws IOException {
        try {
            return http.query(path, body).items();
        } catch (ServerFault fault) {
            if (fault.status() == NOT_FOUND) {
                return List.of();
            }
            throw fault;
        }
    }

    /** Changes something, once: if the answer is lost, the caller must look. */
    public Doc changed(String path, Map<String, ?> body) throws IOException {
        try (Http.Opened answer = http.open("POST", path, body, Map.of())) {
            return answer.document();
        }
    }

    /** Why the run of a thread failed. */
    public static Outcome failureIn(Doc state, Doc thread) {
        Doc error = thread.get("error");
        return error.has("error") && state.get("tasks").items().isEmpty()
                ? Outcome.failed(
                        error.text("error").orElse("Error"),
                        error.text("message").orElse(""))
                : Outcome.failedIn(state);
    }

    /** Why one task of a state failed. */
    public static Outcome failureOf(Doc task) {
        return Outcome.failedIn(new Doc(Map.of("tasks", List.of(task.members()))));
    }

    // --- waiting ---

    /** Waits for how a run ends, however long that takes. */
    public Outcome await(String thread, String run) throws IOException {
        return awaited(thread, run, null)
                .orElseThrow(() -> new IllegalStateException("a wait without a limit has ended without an outcome"));
    }

    /** {@link #await} for this long at most; empty if it has not ended by then. */
    public Optional<Outcome> await(String thread, String run, Duration atMost) throws IOException {
        return awaited(thread, run, System.nanoTime() + atMost.toNanos());
    }

    private Optional<Outcome> awaited(String thread, String run, @Nullable Long until) throws IOException {
        Backoff looks = new Backoff(http.endpoint().patience());
        while (true) {
            Optional<Outcome> ended = joined(thread, run, until);
            boolean mayBePast =
                    ended.isPresent() && ended.get().status() == Outcome.Status.PAUSED && kind() == ServerKind.CLEW;
            Optional<Outcome> now = mayBePast ? new Present(this, thread, run).of(ended.get()) : ended;
            if (now.isPresent() || isPast(until)) {
                return now;
            }
            looks.pause(until);
        }
    }

    /** How the request ended. */
    private Optional<Outcome> joined(String thread, String run, @Nullable Long until) throws IOException {
        boolean joins = kind() == ServerKind.CLEW;
        Backoff backoff = new Backoff(http.endpoint().patience());
        while (true) {
            boolean began = false;
            try (Http.Opened answer = http.open("GET", path(thread, run) + "/join", null, Map.of())) {
                began = true;
                if (until != null) {
                    answer.body().until(until);
                }
                if (joins) {
                    return Optional.of(ended(thread, run, answer.document()));
                }
                // What LangGraph's servers join with is the thread's present state, and no JSON for some values.
                byte[] unused = answer.body().readAllBytes();
                backoff.reset();
            } catch (IOException cut) {
                if (began) {
                    backoff.reset();
                }
                if (isPast(until)) {
                    return Optional.empty();
                }
                backoff.pauseOrThrow(cut);
            } catch (ServerFault fault) {
                if (!fault.isPassing()) {
                    throw fault;
                }
                backoff.pauseOrThrow(fault);
            }
            if (!joins) {
                Optional<Outcome> outcome = outcome(thread, run);
                if (outcome.isPresent() || isPast(until)) {
                    return outcome;
                }
                backoff.pauseOrThrow(new IOException("the run '" + run + "' was not waited for"));
            }
        }
    }

    private static boolean isPast(@Nullable Long until) {
        return until != null && System.nanoTime() - until >= 0;
    }

    /** An empty object is what a cancelled run gives, and what a run may give. */
    private Outcome ended(String thread, String run, Doc answer) throws IOException {
        boolean mayBeCancelled = answer.isObject() && answer.members().isEmpty();
        return mayBeCancelled && status(thread, run).equals("interrupted")
                ? Outcome.cancelled()
                : Outcome.ofAnswer(answer);
    }

    /** How a run has ended, by its status and the state of its thread; empty if it has not. */
    private Optional<Outcome> outcome(String thread, String run) throws IOException {
        String status = status(thread, run);
        return switch (status) {
            case "success" -> Optional.of(Outcome.ofState(state(thread)));
            case "error" -> Optional.of(Outcome.failedIn(state(thread)));
            case "timeout" -> Optional.of(Outcome.failed("TimeoutError", "the server's limit for runs"));
            case "interrupted" -> Optional.of(Outcome.cancelled());
            default -> Optional.empty();
        };
    }

    // --- ending ---

    /** Cancels a run; false if it has ended. */
    public boolean cancel(String thread, String run) throws IOException {
        if (!isUnderWay(thread, run)) {
            return false;
        }
        try {
            Doc unused = http.repeatable("POST", path(thread, run) + "/cancel?wait=0&action=interrupt", Map.of());
            return true;
        } catch (ServerFault fault) {
            if (fault.status() == NOT_FOUND || fault.status() == 409) {
                return false;
            }
            throw fault;
        }
    }
}
