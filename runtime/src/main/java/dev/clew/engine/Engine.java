package dev.clew.engine;

import dev.clew.checkpoint.CheckpointQuery;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Durability;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.world.Witness;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.ThreadState;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowSpec;
import dev.clew.stream.EventQueue;
import dev.clew.stream.StreamMode;
import dev.clew.task.IllegalStepException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the workflows of one graph: admits requests, drives activations, keeps leases, wakes sleepers. */
public final class Engine implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    /** Workflow names in use in this process, by checkpointer, so that two of one name are found at build(). */
    private static final Map<Checkpointer, Set<String>> NAMES =
            java.util.Collections.synchronizedMap(new java.util.WeakHashMap<>());

    private final EngineSettings settings;
    private final String owner;
    private final Map<String, EngineWorkflow<?, ?>> workflows = new LinkedHashMap<>();
    private final Map<String, Running<?>> running = new ConcurrentHashMap<>();
    private final Claims claims = new Claims(this);
    private final Leases leases;
    private final Sleepers sleepers;
    private final Backlog backlog;
    private final Streams streams = new Streams();
    private final Bells bells = new Bells();
    private volatile boolean closed;
    private volatile boolean crashed;

    public Engine(EngineSettings settings) {
        this.settings = settings;
        this.owner = Owner.open(this, settings.time().freshId());
        this.leases = new Leases(settings, this::stopLost, this::stopCancelled);
        this.sleepers = new Sleepers(this);
        this.backlog = new Backlog(this);
    }

    /** A run that this graph executes, and who waits for it. */
    private record Running<O extends @Nullable Object>(Session session, CompletableFuture<RunResult<O>> result) {}

    EngineSettings settings() {
        return settings;
    }

    String owner() {
        return owner;
    }

    Claims claims() {
        return claims;
    }

    Sleepers sleepers() {
        return sleepers;
    }

    Backlog backlog() {
        return backlog;
    }

    Bells bells() {
        return bells;
    }

    Checkpoints checkpoints(Checkpointer store) {
        return new Checkpoints(store, settings.codec());
    }

    // --- workflows ---

    /** Registers a workflow. */
    public <I, O extends @Nullable Object> Workflow<I, O> workflow(WorkflowSpec<I, O> spec) {
        EngineWorkflow<I, O> workflow = new EngineWorkflow<>(this, spec);
        Checkpointer store = settings.checkpointer();
        boolean taken = workflows.containsKey(spec.name())
                || store != null && !namesOf(store).add(spec.name());
        if (!taken) {
            workflows.put(spec.name(), workflow);
        } else {
            throw new RequestRefusedException(
                    Reason.TAKEN,
                    "two workflows are named '" + spec.name()
                            + "' on one checkpointer in this process, so their threads could not be told apart; name one with"
                            + " @Entrypoint(name = …), or build one graph and share it");
        }
        return workflow;
    }

    @Nullable
    EngineWorkflow<?, ?> workflow(String name) {
        return workflows.get(name);
    }

    private static Set<String> namesOf(Checkpointer store) {
        return NAMES.computeIfAbsent(store, s -> ConcurrentHashMap.newKeySet());
    }

    /** The names of its workflows. */
    Set<String> names() {
        return workflows.keySet();
    }

    List<? extends WorkflowSpec<?, ?>> specs() {
        return workflows.values().stream().map(EngineWorkflow::spec).toList();
    }

    // --- admission ---

    <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            EngineWorkflow<?, O> workflow, Request request, RunConfig config) {
        return admit(workflow, request, config, new CompletableFuture<>());
    }

    /** Admits a request whose result goes here; who wants to hear of it is known by that. */
    <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            EngineWorkflow<?, O> workflow, Request request, RunConfig config, CompletableFuture<RunResult<O>> result) {
        Witness witness = settings.time().world().witness();
        witness.entered();
        witness.awaited(result);
        try {
            // The last thread to leave a run that parks may still be in one of its scopes when it wakes the run.
            if (!(request instanceof Request.Wake)) {
                requireOutsideScope(workflow.name());
            }
            requireOpen();
            Checkpointer store = settings.checkpointer();
            if (store == null) {
                runUnstored(workflow, request, config, result);
            } else {
                new Admission<>(Ticket.of(this, workflow, request, config, store, result)).admit();
            }
        } catch (RuntimeException refused) {
            result.completeExceptionally(refused);
        } finally {
            witness.left();
        }
        return result;
    }

    void requireOutsideScope(String workflow) {
        if (CurrentScope.get() != null) {
            throw new IllegalStepException(
                    "workflow '" + workflow + "' was invoked from the code of "
                            + CurrentScope.get().where()
                            + "; a scope calls another workflow as its child: use run.invoke(workflow, input) or run.start(workflow, input)");
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

    /** Whether an owner cannot come back: a dead process, a closed graph, or this one without such a run. */
    boolean isGone(String other, String threadId) {
        return other.equals(owner) ? !claims.begun(threadId) && !running.containsKey(threadId) : Owner.knownGone(other);
    }

    private <O extends @Nullable Object> void runUnstored(
            EngineWorkflow<?, O> workflow, Request request, RunConfig config, CompletableFuture<RunResult<O>> result) {
        if (!(request instanceof Request.Input input)) {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER,
                    "workflow '" + workflow.name()
                            + "' has no checkpointer, so there is nothing to go on with; build its graph with .checkpointer(…)");
        }
        Contexts contexts = requireContexts(workflow.spec(), config);
        Time time = settings.time();
        String runId = config.runId().orElseGet(time::freshId);
        RunRecord run = new RunRecord(
                runId,
                "",
                null,
                time.freshSeed(config.threadId().orElse(""), runId),
                Time.toInstant(time.micros()),
                ThreadStatus.RUNNING,
                null);
        activate(
                new Activation(
                        workflow,
                        config,
                        Durability.EXIT,
                        config.threadId().orElse(""),
                        run,
                        null,
                        null,
                        new RunLog(),
                        input.value(),
                        null,
                        contexts,
                        false,
                        0),
                List.of(),
                result);
    }

    // --- activations ---

    <O extends @Nullable Object> void activate(
            Activation activation, List<LogEntry> entries, CompletableFuture<RunResult<O>> result) {
        Session session = new Session(activation, settings, s -> ended(s, result));
        Claim claim = activation.claim();
        if (claim != null) {
            running.put(activation.threadId(), new Running<>(session, result));
            claims.settle(activation.threadId());
            sleepers.awakened(activation, result);
            leases.keep(claim, session);
        } else {
            running.put(activation.run().runId(), new Running<>(session, result));
        }
        streams.follow(result, session);
        if (closed) {
            // Closing may have looked for runs before this one was there.
            session.stop(Suspension.Reason.SHUTDOWN, null);
            return;
        }
        entries.forEach(session.journal()::append);
        session.events().tell((l, r) -> {
            if (activation.resumed()) {
                l.runResumed(r);
            } else {
                l.runStarted(r);
            }
        });
        session.start();
    }

    private <O extends @Nullable Object> void ended(Session session, CompletableFuture<RunResult<O>> result) {
        Activation activation = session.activation();
        Ending.Ended<O> ended = new Ending<O>(session).end();
        Claim claim = activation.claim();
        if (claim != null) {
            leases.drop(claim);
            running.computeIfPresent(activation.threadId(), (id, here) -> here.session() == session ? null : here);
        } else {
            running.remove(activation.run().runId());
        }
        Checkpointer store = settings.checkpointer();
        if (store != null && claim != null && !closed && !session.journal().isFinished()) {
            GivingBack.of(this, store, activation.threadId());
        }
        if (session.leave() && store != null && !crashed) {
            cancelLate(store, activation);
        }
        if (ended instanceof Ending.Ended.Asleep<O> asleep) {
            sleepers.sleep(activation, asleep.wakeAt(), result);
        } else if (ended instanceof Ending.Ended.Failed<O> error) {
            wakeLater(activation, error.wakeAt());
            result.completeExceptionally(error.error());
        } else if (ended instanceof Ending.Ended.Result<O> paused) {
            wakeLater(activation, paused.wakeAt());
            result.complete(paused.result());
        }
        backlog.left(result);
        boolean paused = isPaused(ended);
        if (!paused) {
            bells.ring(activation.threadId());
        }
        session.runner().detached().left(paused);
    }

    /** The run came to rest while it was cancelled. Whoever waits for it must hear of its end, even if this fails. */
    private void cancelLate(Checkpointer store, Activation activation) {
        try {
            cancelParked(
                    store,
                    activation.workflow().name(),
                    activation.threadId(),
                    activation.run().runId());
        } catch (RuntimeException failed) {
            LOG.warn("{} came to rest while it was cancelled, and could not be ended", activation.where(), failed);
        }
    }

    private static boolean isPaused(Ending.Ended<?> ended) {
        return ended instanceof Ending.Ended.Asleep<?>
                || ended instanceof Ending.Ended.Result<?> result
                        && result.result() instanceof RunResult.Interrupted<?>;
    }

    private void wakeLater(Activation activation, @Nullable Instant wakeAt) {
        if (wakeAt != null) {
            sleepers.wakeLater(activation, wakeAt);
        }
    }

    /** What this graph executes of this run, or null. */
    @Nullable
    Activation executing(String threadId, String runId) {
        Running<?> here = running.get(threadId);
        return here != null && here.session().runId().equals(runId)
                ? here.session().activation()
                : null;
    }

    /** Waits for a run that somebody executes or has parked, here or elsewhere; where nobody is left, it is woken. */
    @SuppressWarnings("unchecked")
    <O extends @Nullable Object> void join(
            EngineWorkflow<?, O> workflow,
            String threadId,
            String runId,
            Runnable wake,
            CompletableFuture<RunResult<O>> result) {
        Running<?> here = running.get(threadId);
        Session session = here != null && here.session().runId().equals(runId) ? here.session() : null;
        CompletableFuture<?> known = here != null && session != null ? here.result() : sleepers.result(threadId, runId);
        CompletableFuture<RunResult<O>> shared = (CompletableFuture<RunResult<O>>) known;
        backlog.left(result);
        if (shared != null && shared != result) {
            streams.handOn(result, shared);
            if (session != null) {
                streams.follow(result, session);
            }
            Relay.results(shared, result);
            return;
        }
        new Follower<>(this, workflow, threadId, runId, wake, result).follow();
    }

    Streams streams() {
        return streams;
    }

    /** Streams what a thread's run does, until it rests: as it happens where this graph has the run, else from its log. */
    @SuppressWarnings("unchecked")
    <O extends @Nullable Object> RunStream<O> watch(
            EngineWorkflow<?, O> workflow, String threadId, Collection<StreamMode> modes) {
        EventQueue reader = settings.waiting().queue(modes, settings.streamStall());
        CompletableFuture<RunResult<O>> result = (CompletableFuture<RunResult<O>>) having(workflow, threadId);
        if (result == null) {
            return LogTail.watch(this, workflow, threadId, reader);
        }
        reader.begin();
        streams.open(result, reader);
        Running<?> here = running.get(threadId);
        if (here != null) {
            streams.follow(here.result(), here.session());
        }
        return RunStream.of(reader, () -> result, settings.executor());
    }

    /** The result of the thread's run, where this graph executes it or has parked it; else null. */
    private @Nullable CompletableFuture<?> having(EngineWorkflow<?, ?> workflow, String threadId) {
        Running<?> here = running.get(threadId);
        if (here != null) {
            return here.session().activation().workflow() == workflow ? here.result() : null;
        }
        return sleepers.result(workflow, threadId);
    }

    boolean isClosed() {
        return closed;
    }

    private void stopLost(Session session, Throwable why) {
        session.stop(Suspension.Reason.STORAGE, why);
    }

    private void stopCancelled(Session session) {
        if (!session.cancel()) {
            LOG.debug("{} had ended before it could be cancelled", session.where());
        }
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

    <O extends @Nullable Object> ThreadState<O> state(EngineWorkflow<?, O> workflow, RunConfig config) {
        return new StateReader(this, requireStore("state"))
                .read(
                        workflow.spec(),
                        requireThread(config),
                        config.checkpoint().orElse(null));
    }

    <O extends @Nullable Object> List<HistoryEntry<O>> history(EngineWorkflow<?, O> workflow, CheckpointQuery query) {
        Checkpointer store = requireStore("history");
        return new History(store, checkpoints(store)).list(workflow.spec(), query);
    }

    <O extends @Nullable Object> Stream<HistoryEntry<O>> historyStream(
            EngineWorkflow<?, O> workflow, CheckpointQuery query) {
        Checkpointer store = requireStore("historyStream");
        return HistoryPages.stream(new History(store, checkpoints(store)), workflow.spec(), query);
    }

    boolean cancel(EngineWorkflow<?, ?> workflow, String threadId) {
        Checkpointer store = requireStore("cancel");
        Running<?> here = running.get(threadId);
        return here != null && here.session().cancel() || cancelParked(store, workflow.name(), threadId, null);
    }

    private boolean cancelParked(Checkpointer store, String workflow, String threadId, @Nullable String onlyRun) {
        ThreadCancellation.Outcome outcome =
                new ThreadCancellation(store, claims, workflow, threadId, onlyRun).cancel();
        if (outcome == ThreadCancellation.Outcome.DONE) {
            bells.ring(threadId);
            sleepers.cancelled(threadId, "thread '" + threadId + "', workflow '" + workflow + "'");
        }
        return outcome != ThreadCancellation.Outcome.NOTHING;
    }

    // --- the end ---

    /**
     * Drops everything in memory at once, as if the process had died: nothing more is written, claims are not given
     * back, and who waits is told. For the test kit.
     */
    public void crash() {
        crashed = true;
        closed = true;
        sleepers.close();
        backlog.close();
        leases.close();
        running.values().forEach(r -> r.session().crash());
        forget();
    }

    private void forget() {
        Owner.close(owner);
        Checkpointer store = settings.checkpointer();
        if (store != null) {
            namesOf(store).removeAll(workflows.keySet());
        }
        settings.time().close();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sleepers.close();
        backlog.close();
        List<CompletableFuture<?>> results = new ArrayList<>();
        running.values().forEach(r -> results.add(r.result().handle((value, error) -> true)));
        await(results, settings.closeTimeout());
        running.values().forEach(r -> r.session().stop(Suspension.Reason.SHUTDOWN, null));
        results.removeIf(CompletableFuture::isDone);
        await(results, Duration.ofSeconds(10));
        leases.close();
        forget();
    }

    private void await(List<CompletableFuture<?>> results, Duration atMost) {
        try {
            if (!settings.waiting().join(CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)), atMost)) {
                LOG.debug("not every run came to rest within {}", atMost);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
