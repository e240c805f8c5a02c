package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.client.wire.Outcome;
import dev.clew.client.wire.RunCalls;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.state.RunStatus;
import dev.clew.stream.StreamMode;
import dev.clew.task.TaskTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A run of a server, found again by each call: it may be continued by others meanwhile. */
final class RemoteHandle<O extends @Nullable Object> implements RunHandle<O> {
    private final RemoteRuns<O> runs;
    private final Target target;
    private final @Nullable String requestId;
    private final Executor executor;

    /** @param requestId the server's id of the run; null to find it */
    RemoteHandle(RemoteRuns<O> runs, Target target, @Nullable String requestId, Executor executor) {
        this.runs = runs;
        this.target = target;
        this.requestId = requestId;
        this.executor = executor;
    }

    @Override
    public String threadId() {
        return target.threadId();
    }

    @Override
    public String runId() {
        return target.runId();
    }

    /** The id that the server gave the request: it has one for each, also for one that continues a run. */
    @Override
    public String requestId() {
        return requestId == null ? newestRequest() : requestId;
    }

    @Override
    public RunStatus status() {
        return runs.faults().of(target.threadId(), () -> {
            Doc run = found();
            return switch (run.text("status").orElse("")) {
                case "pending" -> RunStatus.QUEUED;
                case "running" -> RunStatus.RUNNING;
                case "error", "timeout" -> RunStatus.FAILED;
                case "interrupted" -> RunStatus.CANCELLED;
                default -> standing(run);
            };
        });
    }

    /** Of a run whose request has ended well. Only the thread's newest can ask something, or have gone on when that lapsed. */
    private RunStatus standing(Doc run) throws IOException {
        RunCalls calls = runs.calls();
        List<Doc> newest = calls.runs(target.thread(), 1);
        if (newest.isEmpty() || !newest.get(0).text("run_id").equals(run.text("run_id"))) {
            return RunStatus.COMPLETED;
        }
        if (!Outcome.questions(calls.state(target.thread())).isEmpty()) {
            return RunStatus.INTERRUPTED;
        }
        return switch (calls.found(RunCalls.path(target.thread()))
                .text("status")
                .orElse("")) {
            case "busy" -> RunStatus.RUNNING;
            case "error" -> RunStatus.FAILED;
            default -> RunStatus.COMPLETED;
        };
    }

    private Doc found() throws IOException {
        return runs.newest(target)
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.UNKNOWN,
                        "thread '" + target.threadId() + "' has no run '" + target.runId() + "' on the server"));
    }

    private String newestRequest() {
        return runs.faults().of(target.threadId(), () -> found().text("run_id").orElseThrow());
    }

    @Override
    public RunResult<O> result() {
        return runs.await(target, newestRequest(), RunConfig.none());
    }

    @Override
    public RunResult<O> result(Duration atMost) {
        String request = newestRequest();
        Optional<Outcome> outcome =
                runs.faults().of(target.threadId(), () -> runs.calls().await(target.thread(), request, atMost));
        return outcome.map(known -> runs.results().of(target, known, List.of()))
                .orElseThrow(() -> new TaskTimeoutException("run '" + target.runId() + "' of thread '"
                        + target.threadId() + "' has not ended within " + atMost + "; it goes on"));
    }

    @Override
    public CompletableFuture<RunResult<O>> resultAsync() {
        return CompletableFuture.supplyAsync(this::result, executor);
    }

    /** Reads the stream of the run's newest request, which the server keeps for a while. */
    @Override
    public RunStream<O> watch(StreamMode... modes) {
        List<String> wanted = Bodies.modes(modes);
        String request = newestRequest();
        return new RemoteStream<>(
                runs.faults(),
                target.threadId(),
                () -> runs.calls().stream(target.thread(), request, wanted),
                new RemoteEvents<>(runs.results()),
                () -> runs.await(target, request, RunConfig.none()),
                executor);
    }

    /** False: a server does not say of a run that it is held. */
    @Override
    public boolean retry() {
        return false;
    }

    @Override
    public boolean cancel() {
        return runs.cancel(target, false);
    }

    @Override
    public String toString() {
        return "RunHandle[thread '" + target.threadId() + "', run '" + target.runId() + "']";
    }
}
