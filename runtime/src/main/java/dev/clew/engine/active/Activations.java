package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.caller.Relay;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.request.Leases;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.RunLogging;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.run.Scopes;
import dev.clew.engine.run.Session;
import dev.clew.engine.scope.Frames;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.world.LastResort;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The runs that one graph executes: begins them, and when one comes to rest, tells everybody whom that concerns. */
public final class Activations {
    private static final Scopes SCOPES = new Frames();

    /** How long sealed runs may take to leave. */
    private static final Duration LEAVING = Duration.ofSeconds(10);

    private final RunningHost host;
    private final EngineSettings settings;
    private final Leases leases;

    /** By thread; by run where nothing is stored. */
    private final Map<String, Running<?>> running = new ConcurrentHashMap<>();

    private volatile boolean crashed;

    public Activations(RunningHost host) {
        this.host = host;
        this.settings = host.settings();
        this.leases = new Leases(
                settings.checkpointer(), settings.lease(), ThreadWatch.Pace.EXECUTED.shortest(), settings.time());
    }

    /** A run that is executed here, and who waits for it. */
    public record Running<O extends @Nullable Object>(Session session, CompletableFuture<RunResult<O>> result) {
        public boolean isOf(RunWorkflow<?, ?> workflow) {
            return session.activation().workflow().name().equals(workflow.name());
        }
    }

    /** What is executed here of a thread, or null. */
    @Nullable
    public Running<?> of(String threadId) {
        return running.get(threadId);
    }

    /** What is executed here of a thread's run, or null. */
    @Nullable
    public Running<?> of(String threadId, String runId) {
        Running<?> here = running.get(threadId);
        return here != null && here.session().runId().equals(runId) ? here : null;
    }

    /** Stops a run, and unwinds its code, if its thread may be another process's by now. */
    public void requireClaim(Session session) {
        Claim claim = session.activation().claim();
        @Nullable CheckpointException lost = claim == null ? null : stopIfLost(claim, session);
        if (lost != null) {
            throw new Suspension(Suspension.Reason.STORAGE, lost);
        }
    }

    /** Stops a run if its thread may be another process's by now, and says why; null if it is still this one's. */
    private @Nullable CheckpointException stopIfLost(Claim claim, Session session) {
        try {
            leases.require(claim);
            return null;
        } catch (CheckpointException lost) {
            session.stop(Suspension.Reason.STORAGE, lost);
            return lost;
        }
    }

    /** Now, for a claim that is sent next, and that an activation begins with. */
    public Leases.Sent claiming() {
        return leases.sending();
    }

    /**
     * Begins an activation. Once its session is known here, whatever goes wrong ends it as a run ends.
     *
     * @param claimed when its claim was sent
     */
    public <O extends @Nullable Object> void begin(
            Activation activation,
            Leases.Sent claimed,
            List<LogEntry> entries,
            CompletableFuture<RunResult<O>> result) {
        Session session = new Session(activation, settings, SCOPES, s -> ended(s, result));
        Claim claim = activation.claim();
        if (claim != null) {
            running.put(activation.threadId(), new Running<>(session, result));
            host.claims().settle(activation.threadId());
        } else {
            running.put(activation.run().runId(), new Running<>(session, result));
        }
        LastResort.run(() -> begin(session, claimed, entries, result), session::fault);
    }

    private <O extends @Nullable Object> void begin(
            Session session, Leases.Sent claimed, List<LogEntry> entries, CompletableFuture<RunResult<O>> result) {
        Activation activation = session.activation();
        // First, since they count the claims that made no progress: what goes wrong below is one of them.
        entries.forEach(session.journal()::append);
        Claim claim = activation.claim();
        if (claim != null) {
            host.sleepers().awakened(activation, result);
            leases.keep(claim, claimed, new SessionLease(host, session));
        }
        host.streams().follow(result, session);
        host.taps().follow(session);
        if (host.isClosed()) {
            // Closing may have looked for runs before this one was there.
            session.stop(Suspension.Reason.SHUTDOWN, null);
            return;
        }
        session.events().tell((l, r) -> {
            if (activation.resumed()) {
                l.runResumed(r);
            } else {
                l.runStarted(r);
            }
        });
        // Frozen since it was claimed, this process may not own the thread any more, and what it has read may be old.
        if (claim != null && stopIfLost(claim, session) != null) {
            return;
        }
        session.start();
    }

    /** An activation is over. Each part is done whatever becomes of the others: callers wait for the last ones. */
    private <O extends @Nullable Object> void ended(Session session, CompletableFuture<RunResult<O>> result) {
        Activation activation = session.activation();
        RunEnd<O> ended = new RunCompletion<O>(session).end();
        if (ended instanceof RunEnd.Failed<O> failed) {
            boolean received = Promise.isReceived(result);
            part(session, () -> RunLogging.ended(session, failed.error(), received));
        }
        part(session, () -> forget(session));
        part(session, () -> giveBack(session));
        part(session, () -> session.broadcast().rested());
        if (activation.taken() == null && !ended.isPaused()) {
            // What a worker took, a worker deletes.
            part(session, () -> activation.config().deleteWhenDone().ifPresent(host.deletions()::plan));
        }
        try {
            complete(activation, ended, result);
        } catch (Throwable broken) {
            session.fault(broken);
            result.completeExceptionally(broken);
        }
        part(session, () -> host.backlog().left(result));
        TakenRequest taken = activation.taken();
        if (taken != null) {
            part(session, taken::leave);
        }
        boolean paused = ended.isPaused();
        ThreadSignals.Event event = paused ? ThreadSignals.Event.AT_REST : ThreadSignals.Event.OVER;
        part(session, () -> host.signals().signal(activation.threadId(), event));
        part(session, () -> session.runner().detached().left(paused));
    }

    private static void part(Session session, Runnable work) {
        LastResort.run(work, session::fault);
    }

    private void giveBack(Session session) {
        Activation activation = session.activation();
        Checkpointer store = settings.checkpointer();
        boolean kept = activation.claim() != null && !session.journal().isFinished();
        if (store != null && kept && !host.isClosed()) {
            host.releases().release(store, activation.threadId());
        }
        if (session.forget() && store != null && !crashed) {
            cancelLate(store, activation);
        }
    }

    private <O extends @Nullable Object> void complete(
            Activation activation, RunEnd<O> ended, CompletableFuture<RunResult<O>> result) {
        if (ended instanceof RunEnd.Asleep<O> asleep) {
            if (activation.taken() == null) {
                host.sleepers().sleep(activation, asleep.wakeAt(), result);
            } else if (Promise.isReceived(result)) {
                follow(activation, result);
            }
        } else if (ended instanceof RunEnd.Undoing<O>) {
            // The claim was renewed until a moment ago.
            begin(activation, claiming(), List.of(), result);
        } else if (ended instanceof RunEnd.PassedOn<O>) {
            if (Promise.isReceived(result)) {
                follow(activation, result);
            }
        } else if (ended instanceof RunEnd.Failed<O> error) {
            wakeLater(activation, error.wakeAt());
            result.completeExceptionally(error.error());
        } else if (ended instanceof RunEnd.Result<O> paused) {
            wakeLater(activation, paused.wakeAt());
            result.complete(paused.result());
        }
    }

    private void forget(Session session) {
        Activation activation = session.activation();
        Claim claim = activation.claim();
        if (claim == null) {
            running.remove(activation.run().runId());
            return;
        }
        leases.drop(claim);
        running.computeIfPresent(activation.threadId(), (id, here) -> here.session() == session ? null : here);
    }

    /** The run came to rest while it was cancelled. Whoever waits for it must hear of its end, even if this fails. */
    private void cancelLate(Checkpointer store, Activation activation) {
        try {
            host.cancelElsewhere(
                    store,
                    activation.workflow(),
                    activation.threadId(),
                    activation.run().runId());
        } catch (RuntimeException | Error failed) {
            LOG.warn("{} came to rest while it was cancelled, and could not be ended", activation.where(), failed);
        }
    }

    /** A worker continues the run when it is due; callers here wait until it rests. */
    @SuppressWarnings("unchecked")
    private <O extends @Nullable Object> void follow(Activation activation, CompletableFuture<RunResult<O>> result) {
        CompletableFuture<?> unused = host.admit(
                (RunWorkflow<?, O>) activation.workflow(),
                new Request.Wake(activation.run().runId()),
                RunConfig.thread(activation.threadId()),
                result);
    }

    private void wakeLater(Activation activation, @Nullable Instant wakeAt) {
        if (wakeAt != null && activation.taken() == null) {
            host.sleepers().wakeLater(activation, wakeAt);
        }
    }

    /** Drops all at once: nothing more is written, and claims are not given back. */
    public void crash() {
        crashed = true;
        leases.close();
        running.values().forEach(r -> r.session().crash());
    }

    /** Ends what a run does here, because the graph ends; it stays recoverable. */
    public void seal(Session session) {
        if (crashed) {
            session.crash();
        } else {
            session.stop(Suspension.Reason.SHUTDOWN, null);
        }
    }

    /** Unwinds those that only wait, lets the others end or pause for this long, then seals them. */
    public void close(Duration atMost) {
        List<CompletableFuture<?>> results = new ArrayList<>();
        running.values().forEach(r -> results.add(handled(r.result())));
        running.values().forEach(r -> r.session().drain());
        await(results, atMost);
        running.values().forEach(r -> r.session().stop(Suspension.Reason.SHUTDOWN, null));
        results.removeIf(CompletableFuture::isDone);
        await(results, LEAVING);
        leases.close();
    }

    private static CompletableFuture<?> handled(CompletableFuture<?> result) {
        Relay.engineStage(result);
        return result.handle((value, error) -> true);
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
