package dev.clew.engine.admission;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.RequestTakenException;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.host.Host;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.request.Leases;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.stored.StoredSettings;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.Durability;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.spi.WorkflowSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request for a thread, and the future that gets its result.
 *
 * @param durability what the run that is opened or goes on promises
 * @param result completed in any case, once
 * @param taken the request of a queue that this is for; null if a caller asked
 */
public record Ticket<O extends @Nullable Object>(
        RunningHost host,
        RunWorkflow<?, O> workflow,
        Request request,
        RunConfig config,
        String threadId,
        Checkpointer store,
        Checkpoints checkpoints,
        Durability durability,
        CompletableFuture<RunResult<O>> result,
        @Nullable TakenRequest taken) {

    public static <O extends @Nullable Object> Ticket<O> of(
            RunningHost host,
            RunWorkflow<?, O> workflow,
            Request request,
            RunConfig config,
            Checkpointer store,
            CompletableFuture<RunResult<O>> result,
            @Nullable TakenRequest taken) {
        return new Ticket<>(
                host,
                workflow,
                request,
                config,
                Host.requireThread(config),
                store,
                host.checkpoints(store),
                config.durability().orElse(host.settings().durability()),
                result,
                taken);
    }

    WorkflowSpec<?, O> spec() {
        return workflow.spec();
    }

    /** What the workflow has saved on the thread. */
    SavedValues<O> saved() {
        return new SavedValues<>(checkpoints, threadId, spec());
    }

    EngineSettings settings() {
        return host.settings();
    }

    /** The contexts that a new run gets, if they are all that its workflow needs. */
    Contexts contexts() {
        return host.requireContexts(spec(), config);
    }

    /** The contexts that a run of this opening gets, if they are all that its workflow needs. */
    Contexts contexts(CheckpointRecord opening) {
        return host.requireContexts(spec(), config(opening));
    }

    /** The same for another request. */
    Ticket<O> asking(Request other) {
        return new Ticket<>(host, workflow, other, config, threadId, store, checkpoints, durability, result, taken);
    }

    /** The configuration, with what the run's opening and the graph's builder say where it says nothing. */
    RunConfig config(CheckpointRecord opening) {
        RunConfig all = StoredSettings.completed(config, settings().codec(), threadId, opening);
        Breakpoints always = settings().breakpoints();
        return all.breakpoints().isPresent() || always.equals(Breakpoints.NONE)
                ? all
                : all.pauseBefore(always.before().toArray(NodeRef[]::new))
                        .pauseAfter(always.after().toArray(NodeRef[]::new));
    }

    /** The checkpoint of this id, which the configuration names. */
    CheckpointRecord requireNamed(String id) {
        return checkpoints.find(threadId, id).orElseThrow(() -> Refusals.unknownCheckpoint(this, id));
    }

    /** The newest run of a thread. */
    StoredRun load(ThreadRecord thread) {
        return StoredRun.head(store, host.settings().codec(), thread, requireRan(thread));
    }

    /** The newest run of a thread, for its result. */
    StoredRun loadForResult(ThreadRecord thread) {
        return StoredRun.forResult(store, host.settings().codec(), thread, requireRan(thread));
    }

    private String requireRan(ThreadRecord thread) {
        String runId = thread.head().runId();
        if (runId == null) {
            throw new RequestRefusedException(
                    Reason.NEVER_RAN, "thread '" + threadId + "' never ran; invoke it with an input");
        }
        return runId;
    }

    /** Whether the thread has changed since it was read, so that what was read after it does not belong to it. */
    boolean moved(ThreadRecord read) {
        return store.thread(threadId)
                .filter(now -> now.epoch() == read.epoch() && now.head().equals(read.head()))
                .isEmpty();
    }

    /**
     * Claims the thread and starts the run; false if the thread changed after it was read.
     *
     * @param name the workflow's name that the thread is bound to from now on
     * @param what what the claim is for
     */
    boolean own(
            String name,
            @Nullable ThreadRecord thread,
            Write first,
            Function<Claim, Activation> activation,
            List<LogEntry> entries,
            Claims.Purpose what) {
        Leases.Sent claimed = host.activations().claiming();
        Optional<Claim> claim;
        try {
            claim = host.claims().forRun(store, threadId, name, thread, first, what);
        } catch (RequestTakenException taken) {
            throw new RequestRefusedException(Reason.TAKEN, String.valueOf(taken.getMessage()));
        }
        claim.ifPresent(owned -> begin(() -> activation.apply(owned), claimed, entries));
        if (claim.isEmpty() && taken != null) {
            taken.requireReserved(store, threadId, host.owner());
        }
        return claim.isPresent();
    }

    /** A claim that continues a run. */
    Claims.Purpose continues() {
        return Claims.Purpose.of(taken == null ? null : taken.requestId());
    }

    /** A claim that opens a run, and removes what another one has. */
    Claims.Purpose opens(@Nullable RunRecord rolledBack) {
        return taken == null
                ? new Claims.Purpose(null, config.runId().orElse(null), rolledBack)
                : new Claims.Purpose(taken.requestId(), null, rolledBack);
    }

    private void begin(Supplier<Activation> activation, Leases.Sent claimed, List<LogEntry> entries) {
        if (taken != null) {
            taken.begin();
        }
        try {
            host.activations().begin(activation.get(), claimed, entries, result);
        } catch (RuntimeException | Error broken) {
            // The run is not known yet, so nothing else gives the claim back.
            host.claims().settle(threadId);
            host.releases().release(store, threadId);
            throw broken;
        }
    }
}
