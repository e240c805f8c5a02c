package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.client.wire.Names;
import dev.clew.client.wire.Outcome;
import dev.clew.client.wire.RunCalls;
import dev.clew.client.wire.RunEvents;
import dev.clew.client.wire.ServerFault;
import dev.clew.client.wire.Start;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WhenInterrupted;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.value.WaitInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs of one workflow of a server. Thread-safe. */
final class RemoteRuns<O extends @Nullable Object> {
    private static final long BUSY_PAUSE_MILLIS = 200;

    private final RunCalls calls;
    private final Faults faults;
    private final Bodies bodies;
    private final Results<O> results;

    RemoteRuns(RunCalls calls, Faults faults, Bodies bodies, Results<O> results) {
        this.calls = calls;
        this.faults = faults;
        this.bodies = bodies;
        this.results = results;
    }

    /** The same for calls that wait less long for a server that is away. */
    RemoteRuns<O> patience(Duration patience) {
        return new RemoteRuns<>(calls.patience(patience), faults, bodies, results);
    }

    RunCalls calls() {
        return calls;
    }

    Faults faults() {
        return faults;
    }

    Results<O> results() {
        return results;
    }

    Target target(RunConfig config) {
        return faults.of(config.threadId().orElse(""), () -> Target.of(config, calls.kind()));
    }

    /** How a request is sent: in the background, waited for, or streamed. */
    interface Sending<T> {
        /** Says in the body what this way needs. */
        default void prepare(Map<String, @Nullable Object> body) {}

        T send(Start request) throws IOException;
    }

    /** What became of a call: an older request that it only repeats, or what was sent. */
    record Sent<T>(
            Target target, @Nullable String older, @Nullable T made) {}

    // --- inputs ---

    /** Starts a run with an input, unless the run was started before. */
    <T> Sent<T> start(@Nullable Object input, RunConfig config, String strategy, Sending<T> sending) {
        Target target = target(config);
        return faults.of(target.threadId(), () -> {
            if (target.isNamed()) {
                Optional<Doc> older = newest(target);
                if (older.isPresent()) {
                    requireSame(target, oldest(target), input);
                    return new Sent<T>(target, older.get().text("run_id").orElseThrow(), null);
                }
            }
            requireNotAsking(target, config);
            String key = Names.key(target.runId());
            Map<String, @Nullable Object> body =
                    bodies.of(config, target.runId(), key, Bodies.strategy(config, strategy));
            body.put("input", input);
            sending.prepare(body);
            Start request = new Start(target.thread(), body, key);
            return new Sent<>(target, null, admitted(config, () -> sending.send(request)));
        });
    }

    /** Sends until the thread is free, if the caller has patience. */
    private static <T> T admitted(RunConfig config, Faults.Call<T> call) throws IOException {
        Duration patience = config.whenBusy().map(WhenBusy::patience).orElse(Duration.ZERO);
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return call.make();
            } catch (ServerFault busy) {
                if (busy.status() != 409 || System.nanoTime() - until >= 0) {
                    throw busy;
                }
            }
            try {
                Thread.sleep(BUSY_PAUSE_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new WaitInterruptedException("interrupted while a busy thread of a server was waited for");
            }
        }
    }

    /** A server abandons what a thread asks when a new input comes; a caller must have said so. */
    private void requireNotAsking(Target target, RunConfig config) throws IOException {
        if (target.isFresh() || config.whenInterrupted() == WhenInterrupted.ABANDON) {
            return;
        }
        List<PendingInterrupt<?, ?>> pending = results.questions(Outcome.questions(calls.state(target.thread())));
        if (!pending.isEmpty()) {
            throw new RequestRefusedException(
                    Reason.INTERRUPTED,
                    "thread '" + target.threadId() + "' waits for answers to " + pending
                            + "; answer them, or give RunConfig.whenInterrupted(WhenInterrupted.ABANDON)");
        }
    }

    private static void requireSame(Target target, Doc older, @Nullable Object input) {
        Object before = older.get("kwargs").get("input").value();
        Object now = input == null ? null : Doc.parse(Doc.write(input)).value();
        if (!Objects.equals(before, now)) {
            throw new RequestRefusedException(
                    Reason.OTHER_INPUT,
                    "run '" + target.runId() + "' of thread '" + target.threadId()
                            + "' was started with another input; use a new run id");
        }
    }

    // --- commands ---

    /** Answers what a thread asks, or lets its run continue. */
    <T> Sent<T> command(Command command, RunConfig config, Sending<T> sending) {
        return command(command, config, UUID.randomUUID().toString(), sending);
    }

    private void requireNoUndo(Command command) {
        if (command instanceof Command.Undo) {
            throw faults.unsupported("undo of what a run has done", "undo it where its graph is, by Command.undo()");
        }
    }

    /** {@link #command(Command, RunConfig, Sending)} under a key that makes it one request, however often it is made. */
    <T> Sent<T> command(Command command, RunConfig config, String key, Sending<T> sending) {
        requireNoUndo(command);
        if (config.threadId().isEmpty()) {
            throw new RequestRefusedException("an answer needs a thread id: RunConfig.thread(…)");
        }
        Target asked = target(config);
        return faults.of(asked.threadId(), () -> {
            List<Doc> runs = calls.runs(asked.thread());
            Target target = asked.isNamed() ? asked : asked.run(runs.isEmpty() ? asked.runId() : runOf(runs.get(0)));
            Optional<Doc> sentBefore = runs.stream()
                    .filter(run -> run.get("metadata")
                            .text(RunCalls.REQUEST)
                            .filter(key::equals)
                            .isPresent())
                    .findFirst();
            if (sentBefore.isPresent()) {
                return new Sent<T>(target, sentBefore.get().text("run_id").orElseThrow(), null);
            }
            Map<String, @Nullable Object> body =
                    bodies.of(config, target.runId(), key, Bodies.strategy(config, "enqueue"));
            List<PendingInterrupt<?, ?>> pending = List.of();
            if (command == Command.proceed()) {
                body.put("input", null);
            } else {
                pending = results.questions(Outcome.questions(calls.state(target.thread())));
                body.put(
                        "command",
                        Map.of(
                                "resume",
                                Answers.of(
                                        command,
                                        target.threadId(),
                                        pending,
                                        results.values().codec())));
            }
            sending.prepare(body);
            Start request = new Start(target.thread(), body, key);
            return new Sent<>(target, null, taken(target, pending, () -> sending.send(request)));
        });
    }

    private static <T> T taken(Target target, List<PendingInterrupt<?, ?>> pending, Faults.Call<T> call)
            throws IOException {
        try {
            return call.make();
        } catch (ServerFault refused) {
            if (refused.status() == 422 && refused.body().has("pending")) {
                throw new AnswerRefusedException(
                        target.threadId(),
                        AnswerRefusedException.Reason.WRONG_TYPE,
                        String.valueOf(refused.getMessage()),
                        pending);
            }
            throw refused;
        }
    }

    // --- results ---

    /** Sends and waits. */
    Sending<Outcome> waiting() {
        return calls::startAndAwait;
    }

    /** Sends and does not wait; gives the server's id of the run. */
    Sending<String> background() {
        return calls::start;
    }

    /** Sends, and streams what happens. */
    Sending<RunEvents> streaming(List<String> modes) {
        return new Sending<>() {
            @Override
            public void prepare(Map<String, @Nullable Object> body) {
                Bodies.streaming(body, modes);
            }

            @Override
            public RunEvents send(Start request) throws IOException {
                return calls.startAndStream(request, modes);
            }
        };
    }

    /** What a call gave that waits. */
    RunResult<O> result(Sent<Outcome> sent, RunConfig config) {
        Target target = sent.target();
        String older = sent.older();
        Outcome outcome = sent.made() != null
                ? sent.made()
                : faults.of(target.threadId(), () -> calls.await(target.thread(), Objects.requireNonNull(older)));
        return results.of(target, outcome, breakpoint(target, config, outcome));
    }

    /** What a run gave that the server knows under this id. */
    RunResult<O> await(Target target, String run, RunConfig config) {
        return result(new Sent<>(target, run, null), config);
    }

    /** The nodes at which a run pauses that was asked to; none if it did not. */
    private List<NodeRef> breakpoint(Target target, RunConfig config, Outcome outcome) {
        if (config.breakpoints().isEmpty() || outcome.status() != Outcome.Status.DONE) {
            return List.of();
        }
        Doc state = faults.of(target.threadId(), () -> calls.state(target.thread()));
        return state.get("next").items().stream()
                .flatMap(next -> next.text().stream())
                .map(NodeRef::of)
                .toList();
    }

    // --- finding ---

    /** The newest request for a run; empty if there is none. */
    Optional<Doc> newest(Target target) throws IOException {
        return calls.runs(target.thread()).stream()
                .filter(run -> runOf(run).equals(target.runId()))
                .findFirst();
    }

    private Doc oldest(Target target) throws IOException {
        List<Doc> all = calls.runs(target.thread()).stream()
                .filter(run -> runOf(run).equals(target.runId()))
                .toList();
        return all.isEmpty() ? Doc.NOTHING : all.get(all.size() - 1);
    }

    /** The id of a run as its caller names it. */
    static String runOf(Doc run) {
        return run.get("metadata").text(Bodies.RUN).or(() -> run.text("run_id")).orElse("");
    }

    /** Cancels what runs on a thread; false if nothing does. */
    boolean cancel(Target target, boolean anyRun) {
        return faults.of(target.threadId(), () -> {
            boolean some = false;
            for (Doc run : calls.runs(target.thread())) {
                if (RunCalls.isUnderWay(run) && (anyRun || runOf(run).equals(target.runId()))) {
                    some |= calls.cancel(target.thread(), run.text("run_id").orElseThrow());
                }
            }
            return some;
        });
    }

    /** What a thread asks. */
    List<PendingInterrupt<?, ?>> pending(Target target) {
        return faults.of(target.threadId(), () -> results.questions(Outcome.questions(calls.state(target.thread()))));
    }
}
