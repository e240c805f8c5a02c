package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.active.Activations;
import dev.clew.engine.active.Backlog;
import dev.clew.engine.active.DueDeletions;
import dev.clew.engine.active.DueRunPoller;
import dev.clew.engine.active.EngineClaimant;
import dev.clew.engine.active.Following;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.active.Sleepers;
import dev.clew.engine.active.Streams;
import dev.clew.engine.active.Taps;
import dev.clew.engine.active.Workflows;
import dev.clew.engine.admission.Intake;
import dev.clew.engine.cache.ResultCache;
import dev.clew.engine.caller.CallerThread;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.edit.StoredThreads;
import dev.clew.engine.edit.ThreadEdit;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.format.SpecTypes;
import dev.clew.engine.host.Host;
import dev.clew.engine.queue.QueueWorker;
import dev.clew.engine.queue.QueueWorkers;
import dev.clew.engine.request.LeaseRelease;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.RunGraph;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.schedule.ScheduleBook;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.Owner;
import dev.clew.engine.stored.ThreadCancellation;
import dev.clew.engine.world.LastResort;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.queue.RunQueue;
import dev.clew.queue.Worker;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.stream.RunTap;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the workflows of one graph: admits requests, and has its parts activate runs, wake sleepers and tell who waits. */
public final class Engine implements Wiring, RunningHost, AutoCloseable {
    private final EngineSettings settings;
    private final String owner;
    private final Workflows workflows;
    private final List<Workflow<?, ?>> registered = new CopyOnWriteArrayList<>();
    private final Claims claims = new Claims(new EngineClaimant(this));
    private final Activations activations;
    private final Sleepers sleepers;
    private final Backlog backlog;
    private final DueDeletions deletions;
    private final DueRunPoller dueRuns;
    private final Streams streams = new Streams();
    private final Taps taps = new Taps();
    private final ThreadSignals signals = new ThreadSignals();
    private final ThreadWatch watch;
    private final LeaseRelease releases;
    private final RunGraph runGraph = new EngineRunGraph(this);
    private final Intake intake = new Intake(this);
    private final Following following = new Following(this);
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
        this.deletions = new DueDeletions(this);
        this.dueRuns = new DueRunPoller(this, workers::isTaking);
    }

    /** What a graph was wired with. */
    public static Engine of(Wiring wiring) {
        return (Engine) wiring;
    }

    @Override
    public EngineSettings settings() {
        return settings;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Workflows workflows() {
        return workflows;
    }

    @Override
    public Claims claims() {
        return claims;
    }

    /** This engine, as its runs know it. */
    RunGraph runGraph() {
        return runGraph;
    }

    @Override
    public Activations activations() {
        return activations;
    }

    @Override
    public Sleepers sleepers() {
        return sleepers;
    }

    @Override
    public Backlog backlog() {
        return backlog;
    }

    @Override
    public DueDeletions deletions() {
        return deletions;
    }

    /** Continues parked runs when they are due, once it has begun. */
    public DueRunPoller dueRuns() {
        return dueRuns;
    }

    @Override
    public Streams streams() {
        return streams;
    }

    @Override
    public Taps taps() {
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
        return List.copyOf(registered);
    }

    @Override
    public ThreadSignals signals() {
        return signals;
    }

    @Override
    public LeaseRelease releases() {
        return releases;
    }

    @Override
    public ThreadWatch watch() {
        return watch;
    }

    /** Registers a workflow. */
    public <I, O extends @Nullable Object> Workflow<I, O> workflow(WorkflowSpec<I, O> spec) {
        if (settings.checkpointer() != null) {
            new SpecTypes(spec, settings.codec()).check();
        }
        requireCache(spec);
        settings.contexts().findFor(spec);
        EngineWorkflow<I, O> workflow = new EngineWorkflow<>(this, spec);
        workflows.add(workflow);
        registered.add(workflow);
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

    public <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            RunWorkflow<?, O> workflow, Request request, RunConfig config) {
        return admit(workflow, request, config, Promise.handedOut());
    }

    @Override
    public <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            RunWorkflow<?, O> workflow,
            Request request,
            RunConfig config,
            CompletableFuture<RunResult<O>> result,
            @Nullable TakenRequest taken) {
        return intake.admit(workflow, request, config, result, taken);
    }

    @Override
    public void hand(Runnable work, Consumer<Throwable> lost) {
        try {
            settings.executor().execute(LastResort.around(work, lost));
        } catch (Throwable refused) {
            LastResort.around(() -> lost.accept(refused), LastResort.logging("work that the executor refused"))
                    .run();
        }
    }

    // --- who waits, and who watches ---

    @Override
    public <O extends @Nullable Object> void join(
            RunWorkflow<?, O> workflow,
            String threadId,
            String runId,
            Runnable wake,
            CompletableFuture<RunResult<O>> result) {
        following.join(workflow, threadId, runId, wake, result);
    }

    /** Lets callers watch runs. */
    Following following() {
        return following;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    // --- threads ---

    public ThreadReading reading() {
        return new ThreadReading(this);
    }

    /** Where runs of graphs pause whose configuration says nothing of it. */
    public Breakpoints breakpoints() {
        return settings.breakpoints();
    }

    @Override
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
        CallerThread.requireOutsideScope(spec.name());
        requireOpen();
        return new ThreadEdit(
                claims,
                requireStore(call),
                settings.codec(),
                settings.time(),
                spec,
                config,
                Host.requireThread(config));
    }

    public boolean cancel(RunWorkflow<?, ?> workflow, String threadId) {
        Checkpointer store = requireStore("cancel");
        Activations.Running<?> here = activations.of(threadId);
        boolean asked = here != null && here.isOf(workflow) && here.session().cancel();
        return asked || cancelElsewhere(store, workflow, threadId, null);
    }

    @Override
    public boolean cancelElsewhere(
            Checkpointer store,
            RunWorkflow<?, ?> workflow,
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

    /** Does that for a graph that is in use already. */
    public void startWorker(Worker worker) {
        if (!settings.executes()) {
            throw new RequestRefusedException("a client executes nothing, so it has no worker; use builder(…)");
        }
        work(worker);
    }

    /** The worker of a queue. */
    public QueueWorker worker(String queue) {
        return workers.worker(queue);
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
