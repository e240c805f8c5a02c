package dev.clew.client;

import dev.clew.client.Capabilities.Feature;
import dev.clew.client.wire.Doc;
import dev.clew.client.wire.RunCalls;
import dev.clew.client.wire.RunEvents;
import dev.clew.client.wire.ServerKind;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.ChildWorkflow;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadState;
import dev.clew.stream.StreamMode;
import dev.clew.value.TypeRef;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of a server, called as if it were one of this program: LangGraph's {@code RemoteGraph} for Java. It speaks to Clew's
 * server and to LangGraph's. Thread-safe; holds no connection open between calls.
 *
 * <pre>{@code
 * RemoteWorkflow<String, Essay> write = RemoteWorkflow.builder("http://127.0.0.1:8123", "EssayFlow.write", String.class, Essay.class)
 *     .header("x-api-key", secrets::current)
 *     .question(EssayFlow.REVIEW)
 *     .build();
 *
 * RunResult<Essay> result = write.invoke("rain", RunConfig.thread("essay-1"));
 * if (result instanceof RunResult.Interrupted<Essay> pause) {
 *   write.invoke(pause.only(EssayFlow.REVIEW).answer(verdict), RunConfig.thread("essay-1"));
 * }
 * }</pre>
 *
 * <p>A request that starts something starts one run: if its answer is lost, Clew's server knows its key, and at LangGraph's the run is
 * looked for by what the request was named, for five seconds before it is sent again.
 * A wait or a stream that is cut goes on at the same place, over restarts of the server, for as long as the builder's {@code patience}
 * allows. Interrupting the caller ends its wait, not the run.
 *
 * <p>A failure of a server's run is a {@link dev.clew.flow.WorkflowFailedException} that names the class which was thrown there;
 * what the protocol lacks throws {@link RequestRefusedException} with {@code UNSUPPORTED}; a server that is away or wants credentials
 * throws {@link RemoteServerException}.
 *
 * <p>In a body, {@code run.invoke(remote, input)} makes it a child: its start, each look at it and each answer are steps, the caller is
 * parked between looks, and what it asks is asked by the caller.
 *
 * @param <I> the input's type; {@link Void} for a workflow without input
 * @param <O> the type of the value that callers get
 */
public final class RemoteWorkflow<I, O extends @Nullable Object> extends LimitedWorkflow<I, O>
        implements ChildWorkflow<I, O> {
    private final String name;
    private final TypeRef<I> inputType;
    private final Values<O> output;
    private final List<InterruptKey<?, ?>> keys;
    private final RemoteRuns<O> runs;
    private final RemoteStates<O> states;
    private final Executor executor;

    RemoteWorkflow(
            String name,
            TypeRef<I> inputType,
            Values<O> output,
            List<InterruptKey<?, ?>> keys,
            RemoteRuns<O> runs,
            Executor executor) {
        this.name = name;
        this.inputType = inputType;
        this.output = output;
        this.keys = List.copyOf(keys);
        this.runs = runs;
        this.states = new RemoteStates<>(runs);
        this.executor = executor;
    }

    /**
     * Begins a workflow of a server.
     *
     * @param url where the server is, with the path below which it answers, such as {@code http://127.0.0.1:8123}
     * @param name the assistant: its workflow's name, or its id
     */
    public static <I, O> RemoteWorkflowBuilder<I, O> builder(
            String url, String name, Class<I> inputType, Class<O> outputType) {
        return builder(url, name, TypeRef.of(inputType), TypeRef.of(outputType));
    }

    /** {@link #builder(String, String, Class, Class)} for generic types. */
    public static <I, O extends @Nullable Object> RemoteWorkflowBuilder<I, O> builder(
            String url, String name, TypeRef<I> inputType, TypeRef<O> outputType) {
        return new RemoteWorkflowBuilder<>(url, name, inputType, outputType);
    }

    /** What the server can do; it is asked the first time. */
    public Capabilities capabilities() {
        return runs.faults().of("", () -> {
            Doc info = runs.calls().info();
            boolean isClew = runs.calls().kind() == ServerKind.CLEW;
            Set<Feature> features = isClew ? EnumSet.allOf(Feature.class) : EnumSet.of(Feature.EVENT_IDS);
            return new Capabilities(
                    isClew ? "clew" : "langgraph", info.text("version").orElse(""), features);
        });
    }

    /**
     * A listener that cancels what a cancelled run had started here: give it to the builder of the calling graph. It acts in the
     * process in which the caller is cancelled, and finds by their metadata what earlier processes started. It finds the threads that
     * calls have made: a run on a thread that was there before goes on.
     *
     * <pre>{@code
     * OrdersGraph.builder(new Orders(write)).listener(write.cancelWithCaller())
     * }</pre>
     */
    public RunListener cancelWithCaller() {
        return new CallerListener(runs, executor);
    }

    // --- invoking ---

    @Override
    public RunResult<O> invoke(I input, RunConfig config) {
        return runs.result(runs.start(plain(input), config, "reject", runs.waiting()), config);
    }

    @Override
    public RunResult<O> invoke(RunConfig config) {
        requireNoInput();
        return runs.result(runs.start(null, config, "reject", runs.waiting()), config);
    }

    @Override
    public RunResult<O> invoke(Command command, RunConfig config) {
        return runs.result(runs.command(command, config, runs.waiting()), config);
    }

    private @Nullable Object plain(I input) {
        if (input == null) {
            throw new RequestRefusedException("remote workflow '" + name + "' needs an input, and null is none");
        }
        return Values.plain(output.codec(), input, inputType);
    }

    private void requireNoInput() {
        if (inputType.rawType() != Void.class) {
            throw new RequestRefusedException("remote workflow '" + name + "' needs an input of " + inputType);
        }
    }

    // --- queueing ---

    @Override
    public RunHandle<O> enqueue(I input, RunConfig config) {
        return handle(runs.start(plain(input), config, "enqueue", runs.background()));
    }

    @Override
    public RunHandle<O> enqueue(RunConfig config) {
        requireNoInput();
        return handle(runs.start(null, config, "enqueue", runs.background()));
    }

    @Override
    RunHandle<O> begun(Command command, RunConfig config) {
        return handle(runs.command(command, config, runs.background()));
    }

    private RunHandle<O> handle(RemoteRuns.Sent<String> sent) {
        return new RemoteHandle<>(runs, sent.target(), sent.made() == null ? sent.older() : sent.made(), executor);
    }

    @Override
    public RunHandle<O> handle(String runId, String threadId) {
        return new RemoteHandle<>(runs, runs.target(RunConfig.thread(threadId).runId(runId)), null, executor);
    }

    // --- streaming ---

    @Override
    public RunStream<O> stream(I input, RunConfig config, StreamMode... modes) {
        List<String> wanted = Bodies.modes(modes);
        return streamed(config, wanted, () -> runs.start(plain(input), config, "reject", runs.streaming(wanted)));
    }

    @Override
    public RunStream<O> stream(RunConfig config, StreamMode... modes) {
        requireNoInput();
        List<String> wanted = Bodies.modes(modes);
        return streamed(config, wanted, () -> runs.start(null, config, "reject", runs.streaming(wanted)));
    }

    @Override
    public RunStream<O> stream(Command command, RunConfig config, StreamMode... modes) {
        List<String> wanted = Bodies.modes(modes);
        return streamed(config, wanted, () -> runs.command(command, config, runs.streaming(wanted)));
    }

    /** The run begins now, whether its events are read or not. */
    private RunStream<O> streamed(RunConfig config, List<String> modes, Supplier<RemoteRuns.Sent<RunEvents>> sending) {
        RemoteRuns.Sent<RunEvents> begun = sending.get();
        String run = begun.made() != null ? begun.made().runId() : Objects.requireNonNull(begun.older());
        return reading(
                begun.target(),
                () -> begun.made() != null
                        ? begun.made()
                        : runs.calls().stream(begun.target().thread(), run, modes),
                () -> runs.await(begun.target(), run, config));
    }

    private RunStream<O> reading(Target target, Supplier<RunEvents> events, Supplier<RunResult<O>> result) {
        return new RemoteStream<>(
                runs.faults(), target.threadId(), events, new RemoteEvents<>(runs.results()), result, executor);
    }

    @Override
    public RunStream<O> watch(RunConfig config, StreamMode... modes) {
        Target asked = runs.target(config);
        List<String> wanted = Bodies.modes(modes);
        Doc run = runs.faults().of(asked.threadId(), () -> runs.calls().runs(asked.thread())).stream()
                .filter(RunCalls::isUnderWay)
                .findFirst()
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.NOT_RUNNING, "nothing runs on thread '" + asked.threadId() + "' of the server"));
        String id = run.text("run_id").orElseThrow();
        Target target = asked.run(RemoteRuns.runOf(run));
        return reading(
                target,
                () -> runs.calls().stream(target.thread(), id, wanted),
                () -> runs.await(target, id, RunConfig.none()));
    }

    // --- states ---

    @Override
    public ThreadState<O> state(RunConfig config) {
        return states.state(config);
    }

    @Override
    public List<HistoryEntry<O>> history(String threadId) {
        return history(CheckpointQuery.of(threadId));
    }

    @Override
    public List<HistoryEntry<O>> history(RunConfig config) {
        String threadId = config.threadId()
                .orElseThrow(() -> new RequestRefusedException("a history needs a thread id: RunConfig.thread(…)"));
        CheckpointQuery all = CheckpointQuery.of(threadId);
        return history(config.checkpoint().map(all::id).orElse(all));
    }

    @Override
    public List<HistoryEntry<O>> history(CheckpointQuery query) {
        return historyStream(query).toList();
    }

    @Override
    public Stream<HistoryEntry<O>> historyStream(CheckpointQuery query) {
        return states.history(query);
    }

    @Override
    public RunConfig updateState(RunConfig config, @Nullable O value) {
        return states.update(config, value);
    }

    /**
     * Cancels what runs on the thread.
     *
     * @throws RequestRefusedException with {@code UNSUPPORTED} if nothing runs and the thread waits for answers: the protocol has no
     *     word to withdraw a question
     */
    @Override
    public boolean cancel(RunConfig config) {
        Target target = runs.target(config);
        boolean cancelled = runs.cancel(target, true);
        if (!cancelled && !runs.pending(target).isEmpty()) {
            throw unsupported(
                    "cancel of a run that waits for answers",
                    "answer it, or start anew with RunConfig.whenInterrupted(WhenInterrupted.ABANDON)");
        }
        return cancelled;
    }

    // --- what it is ---

    @Override
    public String name() {
        return name;
    }

    @Override
    public TypeRef<I> inputType() {
        return inputType;
    }

    @Override
    public TypeRef<O> outputType() {
        return output.type();
    }

    /** The questions that the builder was given. */
    @Override
    public List<InterruptKey<?, ?>> questions() {
        return keys;
    }

    @Override
    public Optional<String> schema(TypeRef<?> type) {
        return output.codec().schema(type);
    }

    @Override
    public WorkflowSpec<I, O> asChild(@Nullable RunConfig own) {
        return child(own).waiting();
    }

    @Override
    public WorkflowSpec<I, String> asLaunched(@Nullable RunConfig own) {
        return child(own).launched();
    }

    private RemoteChild<I, O> child(@Nullable RunConfig own) {
        return new RemoteChild<>(runs, name, inputType, output, keys, own);
    }

    @Override
    RuntimeException unsupported(String what, String instead) {
        return runs.faults().unsupported(what, instead);
    }

    @Override
    <T extends @Nullable Object> CompletableFuture<T> async(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, executor);
    }

    @Override
    public String toString() {
        return "RemoteWorkflow[" + name + " at "
                + runs.calls().http().endpoint().base() + "]";
    }
}
