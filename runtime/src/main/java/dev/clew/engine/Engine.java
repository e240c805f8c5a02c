package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.edit.StoredThreads;
import dev.clew.engine.edit.ThreadEdit;
import dev.clew.engine.events.EventQueue;
import dev.clew.engine.events.QueuedStream;
import dev.clew.engine.follow.FollowedStore;
import dev.clew.engine.follow.Follower;
import dev.clew.engine.follow.LogTail;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.request.LeaseRelease;
import dev.clew.engine.request.Request;
import dev.clew.engine.schedule.ScheduleBook;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.Owner;
import dev.clew.engine.stored.ThreadCancellation;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Witness;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.queue.RunQueue;
import dev.clew.queue.Worker;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.stream.RunTap;
import dev.clew.stream.StreamMode;
import dev.clew.task.IllegalStepException;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the workflows of one graph: admits requests, and has its parts activate runs, wake sleepers and tell who waits. */
public final class Engine implements Wiring, AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final EngineSettings settings;
    private final String owner;
    private final Workflows workflows;
    private final Claims claims = new Claims(new EngineClaimant(this));
    private final Activations activations;
    private final Sleepers sleepers;
    private final Backlog backlog;
    private final Streams streams = new Streams();
    private final Taps taps = new Taps();
    private final ThreadSignals signals = new ThreadSignals();
    private final ThreadWatch watch;
    private final LeaseRelease releases;
    private final QueueWorkers workers = new QueueWorkers(this);
    private volatile boolean closed;

    public Engine(EngineSettings settings) {
        this.settings = settings;
        this.owner = Owner.open(this, settings.time().freshId());
        this.workflows = new Workflows(settings.executes() ? settings.checkpointer() : null);
        this.watch = new ThreadWatch(settings.time(), signals, this::hand);
        this.releases = new LeaseRelease(claims, settings.lease(), settings.time(), this::hand, () -> closed);
        this.activations = new Activations(this);
        this.sleepers = new Sleepers(this);
        this.backlog = new Backlog(this);
    }

    /** What a graph was wired with. */
    public static Engine of(Wiring wiring) {
        return (Engine) wiring;
    }

    EngineSettings settings() {
        return settings;
    }

    String owner() {
        return owner;
    }

    Workflows workflows() {
        return workflows;
    }

    Claims claims() {
        return claims;
    }

    Activations activations() {
        return activations;
    }

    Sleepers sleepers() {
        return sleepers;
    }

    Backlog backlog() {
        return backlog;
    }

    Streams streams() {
        return streams;
    }

    Taps taps() {
        return taps;
    }

    /** Lets a tap hear all runs that are executed here. */
    public AutoCloseable tap(RunTap tap) {
        return taps.add(tap);
    }

    /** The checkpointer; empty if nothing is stored. */
    public Optional<Checkpointer> store() {
        return Optional.ofNullable(settings.checkpointer());
    }

    public Codec codec() {
        return settings.codec();
    }

    /** The workflows that were registered, in that order. */
    public List<Workflow<?, ?>> registered() {
        return List.copyOf(workflows.all());
    }

    ThreadSignals signals() {
        return signals;
    }

    LeaseRelease releases() {
        return releases;
    }

    ThreadWatch watch() {
        return watch;
    }

    Checkpoints checkpoints(Checkpointer store) {
        return new Checkpoints(store, settings.codec());
    }

    /** What it takes to follow runs that other graphs and processes execute. */
    FollowedStore followed(Checkpointer store) {
        return new FollowedStore(
                store,
                settings.codec(),
                settings.time(),
                claims,
                watch,
                settings.lease(),
                settings.executes(),
                () -> closed);
    }

    /** Registers a workflow. */
    public <I, O extends @Nullable Object> Workflow<I, O> workflow(WorkflowSpec<I, O> spec) {
        if (settings.checkpointer() != null) {
            new SpecTypes(spec, settings.codec()).check();
        }
        requireCache(spec);
        EngineWorkflow<I, O> workflow = new EngineWorkflow<>(this, spec);
        workflows.add(workflow);
        return workflow;
    }

    /** A task that asks to be cached must not run uncached without a word. */
    private void requireCache(WorkflowSpec<?, ?> spec) {
        if (settings.executes()
                && settings.cache() == null
                && settings.time().world().requiresCache()) {
            ResultCache.cachedTasks(List.of(spec)).stream().findFirst().ifPresent(task -> {
                throw new IllegalRequestException(
                        "graph builder: task '" + task.name() + "' of workflow '" + spec.name()
                                + "' is @Cached, but the graph has no cache; add .cache(TaskCache.inMemory()), or that of a"
                                + " database, to the builder, or remove @Cached");
            });
        }
    }

    // --- admission ---

    <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            EngineWorkflow<?, O> workflow, Request request, RunConfig config) {
        return admit(workflow, request, config, Promise.handedOut());
    }

    /** Admits a request whose result goes here; who wants to hear of it is known by that. */
    <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            EngineWorkflow<?, O> workflow, Request request, RunConfig config, CompletableFuture<RunResult<O>> result) {
        return admit(workflow, request, config, result, null);
    }

    /** Admits a request that a worker took from a queue, or that a caller makes. */
    <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            EngineWorkflow<?, O> workflow,
            Request request,
            RunConfig config,
            CompletableFuture<RunResult<O>> result,
            @Nullable TakenRequest taken) {
        Witness witness = settings.time().world().witness();
        witness.entered();
        witness.awaited(result);
        try {
            // The last thread to leave a run that parks may still be in one of its scopes when it wakes the run.
            if (!(request instanceof Request.Wake)) {
                requireOutsideScope(workflow.name());
            }
            requireOpen();
            Refusals.requireExecutes(settings, workflow.name(), request);
            QueuedRequests.requireNone(workflow, config, request);
            Checkpointer store = settings.checkpointer();
            if (store == null) {
                BreakpointCalls.requireNone(workflow.name(), config);
                if (request instanceof Request.Input input) {
                    workflow.spec().requireAdmitted(null, input.value());
                }
                runUnstored(workflow, request, config, result);
            } else {
                Request wanted =
                        onceMore(store, config).<Request>map(Request.Wake::new).orElse(request);
                new Admission<>(Ticket.of(this, workflow, wanted, config, store, result, taken)).admit();
            }
        } catch (RuntimeException | Error refused) {
            result.completeExceptionally(refused);
        } finally {
            witness.left();
        }
        return result;
    }

    /** The run of the request that a configuration notes, if it was noted before. */
    private Optional<String> onceMore(Checkpointer store, RunConfig config) {
        return config.request()
                .flatMap(note ->
                        NotedRequests.of(this, store, requireThread(config)).known(note));
    }

    /** Gives work to the executor. What keeps it from running, or leaves it, goes to this consumer. Never throws. */
    void hand(Runnable work, Consumer<Throwable> lost) {
        try {
            settings.executor().execute(LastResort.around(work, lost));
        } catch (Throwable refused) {
            LastResort.around(() -> lost.accept(refused), LastResort.logging("work that the executor refused"))
                    .run();
        }
    }

    void requireOutsideScope(String workflow) {
        Frame scope = CurrentAttempt.scope();
        if (scope != null) {
            throw new IllegalStepException(
                    "workflow '" + workflow + "' was invoked from the code of "
                            + scope.where()
                            + "; a scope calls another workflow as its child: use run.invoke(workflow, input) or run.child(workflow).start(input)");
        }
    }

    void requireOpen() {
        if (closed) {
            throw new RequestRefusedException(Reason.CLOSED, "the graph is closed and takes no more runs");
        }
    }

    static String requireThread(RunConfig config) {
        return config.threadId()
                .orElseThrow(() -> new RequestRefusedException(
                        "a graph with a checkpointer needs a thread id: use RunConfig.thread(id)"));
    }

    /** The contexts that a run gets, if they are all that its workflow needs. */
    Contexts requireContexts(WorkflowSpec<?, ?> spec, RunConfig config) {
        Contexts contexts = Contexts.of(config, settings);
        contexts.requireFor(spec);
        return contexts;
    }

    private <O extends @Nullable Object> void runUnstored(
            EngineWorkflow<?, O> workflow, Request request, RunConfig config, CompletableFuture<RunResult<O>> result) {
        if (!(request instanceof Request.Input input)) {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER,
                    "workflow '" + workflow.name()
                            + "' has no checkpointer, so there is nothing to continue; build its graph with .checkpointer(…)");
        }
        config.runId().ifPresent(id -> {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER,
                    "workflow '" + workflow.name() + "' has no checkpointer, so run '" + id
                            + "' could not be found again, and the same call would run it twice; build its graph with"
                            + " .checkpointer(…), or use RunConfig.none()");
        });
        Contexts contexts = requireContexts(workflow.spec(), config);
        activations.begin(
                Activation.unstored(workflow, input.value(), config, contexts, settings.time()), List.of(), result);
    }

    // --- who waits, and who watches ---

    /** Waits for a run that somebody executes or has parked, here or elsewhere; where nobody is left, it is woken. */
    @SuppressWarnings("unchecked")
    <O extends @Nullable Object> void join(
            EngineWorkflow<?, O> workflow,
            String threadId,
            String runId,
            Runnable wake,
            CompletableFuture<RunResult<O>> result) {
        Activations.Running<?> here = activations.of(threadId, runId);
        CompletableFuture<?> known = here != null ? here.result() : sleepers.result(threadId, runId);
        CompletableFuture<RunResult<O>> shared = (CompletableFuture<RunResult<O>>) known;
        backlog.left(result);
        if (shared != null && shared != result) {
            streams.handOn(result, shared);
            if (here != null) {
                streams.follow(result, here.session());
            }
            Relay.results(shared, result);
            return;
        }
        new Follower<>(
                        followed(requireStore("following a run")),
                        workflow.spec(),
                        threadId,
                        runId,
                        wake,
                        () -> {},
                        result)
                .follow();
    }

    /** What a reader takes a run's events from; a task that waits there gives its permit back meanwhile. */
    EventQueue reader(Collection<StreamMode> modes) {
        EventQueue reader = settings.waiting().queue(modes, settings.streamStall());
        reader.waits(CallerWait::around);
        return reader;
    }

    /** Streams what a thread's run does, until it rests: as it happens where this graph has the run, else from its log. */
    @SuppressWarnings("unchecked")
    <O extends @Nullable Object> RunStream<O> watch(
            EngineWorkflow<?, O> workflow, String threadId, Collection<StreamMode> modes) {
        EventQueue reader = reader(modes);
        CompletableFuture<RunResult<O>> result = (CompletableFuture<RunResult<O>>) having(workflow, threadId);
        if (result == null) {
            return tail(workflow, threadId, reader);
        }
        reader.begin();
        streams.open(result, reader);
        Activations.Running<?> here = activations.of(threadId);
        if (here != null) {
            streams.follow(here.result(), here.session());
        }
        return QueuedStream.of(reader, () -> result, settings.executor());
    }

    /** Streams what the log of another graph's run has from now on. */
    private <O extends @Nullable Object> RunStream<O> tail(
            EngineWorkflow<?, O> workflow, String threadId, EventQueue reader) {
        requireOpen();
        Checkpointer store = settings.checkpointer();
        if (store == null) {
            throw new RequestRefusedException(
                    Reason.NOT_RUNNING,
                    "thread '" + threadId + "' is not being run by this graph, which has no checkpointer to read it"
                            + " from, so there is nothing to watch");
        }
        LogTail<O> tail = LogTail.of(
                followed(store),
                workflow.spec(),
                path -> workflows.resultType(workflow.spec(), path),
                threadId,
                reader,
                new CallersFuture<>());
        return QueuedStream.of(reader, tail::result, settings.executor());
    }

    /** The result of the thread's run, where this graph executes it or has parked it; else null. */
    private @Nullable CompletableFuture<?> having(EngineWorkflow<?, ?> workflow, String threadId) {
        Activations.Running<?> here = activations.of(threadId);
        if (here != null) {
            return here.session().activation().workflow() == workflow ? here.result() : null;
        }
        return sleepers.result(workflow, threadId);
    }

    boolean isClosed() {
        return closed;
    }

    // --- threads ---

    public Housekeeping housekeeping() {
        return new Housekeeping(this);
    }

    Checkpointer requireStore(String call) {
        Checkpointer store = settings.checkpointer();
        if (store == null) {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER, call + " needs a checkpointer; build the graph with .checkpointer(…)");
        }
        return store;
    }

    ThreadReading reading() {
        return new ThreadReading(this);
    }

    /** Where runs of graphs pause whose configuration says nothing of it. */
    public Breakpoints breakpoints() {
        return settings.breakpoints();
    }

    /** The threads of a workflow of this graph, as their logs have them. */
    public StoredThreads threads(WorkflowSpec<?, ?> spec) {
        return new StoredThreads(
                claims,
                requireStore("reading the logs of threads"),
                settings.codec(),
                spec,
                config -> edit("updateState", spec, config));
    }

    /** An edit by hand of the thread that the configuration names. */
    ThreadEdit edit(String call, WorkflowSpec<?, ?> spec, RunConfig config) {
        requireOutsideScope(spec.name());
        requireOpen();
        return new ThreadEdit(
                claims, requireStore(call), settings.codec(), settings.time(), spec, config, requireThread(config));
    }

    boolean cancel(EngineWorkflow<?, ?> workflow, String threadId) {
        Checkpointer store = requireStore("cancel");
        Activations.Running<?> here = activations.of(threadId);
        boolean asked = here != null && here.isOf(workflow) && here.session().cancel();
        return asked || cancelElsewhere(store, workflow, threadId, null);
    }

    /** Cancels a run that is not executed here (any more): the one that is meant, or the thread's newest. */
    boolean cancelElsewhere(
            Checkpointer store, EngineWorkflow<?, ?> workflow, String threadId, @Nullable String onlyRun) {
        return cancelElsewhere(store, workflow, threadId, onlyRun, () -> true);
    }

    /** The same, if that is still meant once the thread was read. */
    boolean cancelElsewhere(
            Checkpointer store,
            EngineWorkflow<?, ?> workflow,
            String threadId,
            @Nullable String onlyRun,
            BooleanSupplier isMeant) {
        ThreadCancellation.Outcome outcome =
                new ThreadCancellation(store, claims, workflow.spec()::isNamed, threadId, onlyRun, isMeant).cancel();
        if (outcome == ThreadCancellation.Outcome.DONE) {
            signals.signal(threadId, ThreadSignals.Event.OVER);
            sleepers.cancelled(threadId, "thread '" + threadId + "', workflow '" + workflow.name() + "'");
        }
        return outcome != ThreadCancellation.Outcome.NOTHING;
    }

    // --- queues ---

    /** Takes runs from a queue from now on, and until the engine is closed. */
    public void work(Worker worker) {
        workers.add(worker);
    }

    /** The requests of the checkpointer's queues. */
    public RunQueue queue() {
        return requireStore("queue").queue();
    }

    /** The schedules of the checkpointer. */
    public ScheduleBook schedules() {
        return new ScheduleBook(requireStore("schedule"));
    }

    // --- the end ---

    /**
     * Drops everything in memory at once, as if the process had died: nothing more is written, claims are not given
     * back, and who waits is told. For the test kit.
     */
    public void crash() {
        closed = true;
        workers.crash();
        sleepers.close();
        backlog.close();
        activations.crash();
        forget();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            workers.close();
            sleepers.close();
            backlog.close();
            activations.close(settings.closeTimeout());
        } finally {
            forget();
        }
    }

    private void forget() {
        Owner.close(owner);
        workflows.close();
        settings.time().close();
    }
}
