package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.effect.UndoFailed;
import dev.clew.engine.caller.CallerThread;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.edit.Fork;
import dev.clew.engine.edit.Update;
import dev.clew.engine.events.EventQueue;
import dev.clew.engine.events.QueuedStream;
import dev.clew.engine.host.Host;
import dev.clew.engine.queue.QueuedAnswers;
import dev.clew.engine.queue.QueuedHandle;
import dev.clew.engine.queue.QueuedRequests;
import dev.clew.engine.queue.RequestedRun;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.ChildThread;
import dev.clew.engine.run.Events;
import dev.clew.engine.run.RunGraph;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.schedule.ScheduleDefinition;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.world.Mismatches;
import dev.clew.flow.Final;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.OnCancel;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.TaskInfo;
import dev.clew.flow.Workflow;
import dev.clew.index.RequestNote;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.QueuedRun;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleState;
import dev.clew.schedule.Ticks;
import dev.clew.spi.OutboxWorkflow;
import dev.clew.spi.RequestedWorkflow;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadState;
import dev.clew.stream.StreamMode;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A workflow of one engine. */
public final class EngineWorkflow<I, O extends @Nullable Object>
        implements Workflow<I, O>, OutboxWorkflow<I>, RequestedWorkflow<O>, RunWorkflow<I, O> {
    private final Engine engine;
    private final WorkflowSpec<I, O> spec;
    private final Mismatches mismatches = new Mismatches();

    public EngineWorkflow(Engine engine, WorkflowSpec<I, O> spec) {
        this.engine = engine;
        this.spec = spec;
    }

    @Override
    public WorkflowSpec<I, O> spec() {
        return spec;
    }

    @Override
    public Mismatches mismatches() {
        return mismatches;
    }

    Engine engine() {
        return engine;
    }

    @Override
    public TaskSpec<?> rootSpec() {
        return spec.asRoot();
    }

    @Override
    public RunGraph graph() {
        return engine.runGraph();
    }

    @Override
    public ChildThread onThread(RunConfig config) {
        return new EngineChildThread(this, config);
    }

    @Override
    public RunResult<O> invoke(I input, RunConfig config) {
        return CallerThread.await(name(), start(input, config, Promise.blocking()));
    }

    @Override
    public RunResult<O> invoke(RunConfig config) {
        return CallerThread.await(name(), start(config, Promise.blocking()));
    }

    @Override
    public RunResult<O> invoke(Command command, RunConfig config) {
        return CallerThread.await(name(), engine.admit(this, Request.of(command), config, Promise.blocking()));
    }

    @Override
    public RunStream<O> stream(I input, RunConfig config, StreamMode... modes) {
        return stream(result -> start(input, config, result), modes);
    }

    @Override
    public RunStream<O> stream(RunConfig config, StreamMode... modes) {
        return stream(result -> start(config, result), modes);
    }

    @Override
    public RunStream<O> stream(Command command, RunConfig config, StreamMode... modes) {
        return stream(result -> engine.admit(this, Request.of(command), config, result), modes);
    }

    /** Streams what is started with this future, and comes to it. */
    private RunStream<O> stream(UnaryOperator<CompletableFuture<RunResult<O>>> start, StreamMode... modes) {
        EventQueue reader = engine.following().reader(modes(modes));
        CompletableFuture<RunResult<O>> result = Promise.whileTrue(() -> !reader.isDetached());
        engine.streams().open(result, reader);
        CompletableFuture<RunResult<O>> started = start.apply(result);
        return QueuedStream.of(reader, () -> started, engine.settings().executor());
    }

    @Override
    public RunStream<O> watch(String threadId, StreamMode... modes) {
        return engine.following().watch(this, threadId, modes(modes));
    }

    @Override
    public RunStream<O> watch(RunConfig config, StreamMode... modes) {
        return watch(Host.requireThread(config), modes);
    }

    private static List<StreamMode> modes(StreamMode... modes) {
        return modes.length == 0 ? List.of(StreamMode.UPDATES) : List.of(modes);
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(I input, RunConfig config) {
        return start(input, config, Promise.handedOut());
    }

    private CompletableFuture<RunResult<O>> start(I input, RunConfig config, CompletableFuture<RunResult<O>> result) {
        try {
            requireInput(input);
        } catch (RequestRefusedException refused) {
            result.completeExceptionally(refused);
            return result;
        }
        return engine.admit(this, new Request.Input(input), asked(config), result);
    }

    /** A configuration of a caller's, with what the listener gives a run on its way. */
    private RunConfig asked(RunConfig config) {
        return Events.requested(engine.settings().listener(), name(), config);
    }

    private void requireInput(@Nullable I input) {
        if (input == null) {
            throw new RequestRefusedException("workflow '" + name()
                    + "' needs an input, and null is none; to continue a run, use invoke(Command.proceed(), config)");
        }
        if (!spec.hasInput()) {
            throw new RequestRefusedException("workflow '" + name() + "' takes no input; use invoke(config)");
        }
    }

    private void requireNoInput() {
        if (spec.hasInput()) {
            throw new RequestRefusedException("workflow '" + name() + "' needs an input of type " + spec.inputType()
                    + "; use invoke(input, config)");
        }
    }

    @Override
    public RunHandle<O> enqueue(I input, RunConfig config) {
        requireInput(input);
        return enqueued(input, config);
    }

    @Override
    public RunHandle<O> enqueue(RunConfig config) {
        requireNoInput();
        return enqueued(null, config);
    }

    @Override
    public RunHandle<O> enqueue(Command answers, RunConfig config) {
        CallerThread.requireOutsideScope(name());
        engine.requireOpen();
        Checkpointer store = engine.requireStore("enqueue");
        String threadId = Host.requireThread(config);
        String runId = new QueuedAnswers(engine, store, this).answer(Request.of(answers), config);
        String requestId = config.request().map(RequestNote::requestId).orElse(runId);
        return new QueuedHandle<>(engine, this, store, threadId, runId, requestId);
    }

    private RunHandle<O> enqueued(@Nullable I input, RunConfig config) {
        CallerThread.requireOutsideScope(name());
        engine.requireOpen();
        Checkpointer store = engine.requireStore("enqueue");
        String runId = new QueuedRequests(engine, store).enqueue(this, input, asked(config));
        return new QueuedHandle<>(engine, this, store, Host.requireThread(config), runId);
    }

    @Override
    public Schedule schedule(String name, Ticks ticks, I input, RunConfig config, ScheduleOptions options) {
        requireInput(input);
        return scheduled(name, ticks, input, config, options);
    }

    @Override
    public Schedule schedule(String name, Ticks ticks, RunConfig config, ScheduleOptions options) {
        requireNoInput();
        return scheduled(name, ticks, null, config, options);
    }

    private Schedule scheduled(String name, Ticks ticks, @Nullable I input, RunConfig config, ScheduleOptions options) {
        CallerThread.requireOutsideScope(name());
        engine.requireOpen();
        Contexts.requireMade(config, engine.settings());
        return engine.schedules()
                .define(new ScheduleDefinition(
                        engine.settings().codec(),
                        name,
                        name(),
                        ticks,
                        input,
                        spec.hasInput() ? inputType() : null,
                        config,
                        options));
    }

    @Override
    public Schedule schedule(String name) {
        return engine.schedules().schedule(name, spec::isNamed);
    }

    @Override
    public List<ScheduleState> schedules() {
        return engine.schedules().list(spec::isNamed);
    }

    @Override
    public QueuedRun request(I input, RunConfig config) {
        requireInput(input);
        return requested(input, config);
    }

    @Override
    public QueuedRun request(RunConfig config) {
        requireNoInput();
        return requested(null, config);
    }

    private QueuedRun requested(@Nullable I input, RunConfig config) {
        CallerThread.requireOutsideScope(name());
        engine.requireOpen();
        return new QueuedRequests(engine, engine.requireStore("enqueue")).outbox(this, input, asked(config));
    }

    @Override
    public Optional<Requested<O>> requested(String threadId, String requestId) {
        return RequestedRun.find(engine, this, engine.requireStore("requested"), threadId, requestId);
    }

    @Override
    public RunHandle<O> handle(String runId, String threadId) {
        return new QueuedHandle<>(engine, this, engine.requireStore("handle"), threadId, runId);
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(RunConfig config) {
        return start(config, Promise.handedOut());
    }

    private CompletableFuture<RunResult<O>> start(RunConfig config, CompletableFuture<RunResult<O>> result) {
        try {
            requireNoInput();
        } catch (RequestRefusedException refused) {
            result.completeExceptionally(refused);
            return result;
        }
        return engine.admit(this, new Request.Input(null), asked(config), result);
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(Command command, RunConfig config) {
        return engine.admit(this, Request.of(command), config);
    }

    @Override
    public List<RunResult<O>> batch(List<I> inputs, List<RunConfig> configs) {
        if (inputs.size() != configs.size()) {
            throw new RequestRefusedException(
                    "batch got " + inputs.size() + " inputs and " + configs.size() + " configurations");
        }
        List<CompletableFuture<RunResult<O>>> started = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            started.add(start(inputs.get(i), configs.get(i), Promise.blocking()));
        }
        started.forEach(run -> CallerThread.await(name(), run.handle((done, failed) -> true)));
        return started.stream().map(run -> CallerThread.await(name(), run)).toList();
    }

    @Override
    public ThreadState<O> state(String threadId) {
        return state(RunConfig.thread(threadId));
    }

    @Override
    public ThreadState<O> state(RunConfig config) {
        return engine.reading().state(spec(), config);
    }

    @Override
    public List<HistoryEntry<O>> history(String threadId) {
        return history(CheckpointQuery.of(threadId));
    }

    @Override
    public List<HistoryEntry<O>> history(RunConfig config) {
        CheckpointQuery all = CheckpointQuery.of(Host.requireThread(config));
        return history(config.checkpoint().map(all::id).orElse(all));
    }

    @Override
    public List<HistoryEntry<O>> history(CheckpointQuery query) {
        return engine.reading().history(spec(), query);
    }

    @Override
    public Stream<HistoryEntry<O>> historyStream(CheckpointQuery query) {
        return engine.reading().historyStream(spec(), query);
    }

    @Override
    public RunConfig updateState(RunConfig config, @Nullable O value) {
        return update(config, value);
    }

    @Override
    public RunConfig updateState(RunConfig config, @Nullable O value, @Nullable Object saved) {
        return update(config, Final.of(value, saved));
    }

    private RunConfig update(RunConfig config, @Nullable Object value) {
        return new Update(engine.edit("updateState", spec, config), spec).to(value);
    }

    @Override
    public RunConfig fork(RunConfig config) {
        return new Fork(engine.edit("fork", spec, config)).at(null);
    }

    @Override
    public RunConfig fork(RunConfig config, ForkPoint point) {
        return new Fork(engine.edit("fork", spec, config)).at(point);
    }

    @Override
    public boolean cancel(String threadId) {
        return engine.cancel(this, threadId);
    }

    @Override
    public boolean cancel(RunConfig config) {
        return cancel(Host.requireThread(config));
    }

    @Override
    public boolean cancel(String threadId, OnCancel then) {
        return then == OnCancel.LEAVE
                ? cancel(threadId)
                : CallerThread.await(name(), new CancelledUndo(engine, this, threadId).begin());
    }

    @Override
    public boolean cancel(RunConfig config, OnCancel then) {
        return cancel(Host.requireThread(config), then);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public List<String> formerly() {
        return spec.formerly();
    }

    @Override
    public TypeRef<I> inputType() {
        return spec.inputType();
    }

    @Override
    public TypeRef<O> outputType() {
        return spec.outputType();
    }

    @Override
    public Optional<TypeRef<?>> savedType() {
        return spec.savedType();
    }

    @Override
    public List<TaskInfo> tasks() {
        return spec.taskInfos();
    }

    @Override
    public List<InterruptKey<?, ?>> questions() {
        boolean isUndone = spec.tasks().stream().anyMatch(task -> task.undo().isPresent());
        return isUndone
                ? Stream.concat(spec.questions().stream(), Stream.of(UndoFailed.KEY))
                        .toList()
                : spec.questions();
    }

    @Override
    public Optional<String> schema(TypeRef<?> type) {
        return engine.settings().codec().schema(type);
    }

    @Override
    public String toString() {
        return "Workflow[" + name() + "]";
    }
}
