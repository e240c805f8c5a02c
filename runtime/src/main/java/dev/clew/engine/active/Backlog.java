package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.caller.Promise;
import dev.clew.engine.caller.Relay;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.Slot;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs that a sweep found and that wait to go on, so that thousands of them do not start thousands of threads. Only so
 * many go on at a time; one that rests, falls asleep, or turns out to be somebody else's makes room for the next.
 */
public final class Backlog implements AutoCloseable {
    /** A run's body may do little but wait, so few permits for tasks are no reason to recover one by one. */
    private static final int LEAST = 64;

    private final RunningHost host;
    private final int most;

    // Guarded by this object.
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    private final Map<String, Waiting<?>> known = new HashMap<>();
    private final List<CompletableFuture<?>> going = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private boolean pumping;

    public Backlog(RunningHost host) {
        this.host = host;
        this.most = most(host);
    }

    /** How many runs continue at a time. */
    static int most(RunningHost host) {
        return Math.max(LEAST, host.settings().permits().limit());
    }

    private record Waiting<O extends @Nullable Object>(
            RunWorkflow<?, O> workflow, String threadId, String runId, CompletableFuture<RunResult<O>> result) {
        String key() {
            return Backlog.key(threadId, runId);
        }

        void start(RunningHost host) {
            CompletableFuture<?> unused =
                    host.admit(workflow, new Request.Wake(runId), RunConfig.thread(threadId), result);
        }
    }

    /** A run that continues in a slot of another's. */
    private record Held(CompletableFuture<?> result, Slot slot) {}

    /** Adds a run, once; {@link #pump} follows. Gives what it will come to. */
    @SuppressWarnings("FutureReturnValueIgnored") // whoever has the future is told by it
    public synchronized <O extends @Nullable Object> CompletableFuture<?> add(
            RunWorkflow<?, O> workflow, String threadId, String runId) {
        Waiting<O> added = new Waiting<>(workflow, threadId, runId, Promise.handedOut());
        Waiting<?> before = known.putIfAbsent(added.key(), added);
        if (before != null) {
            return before.result();
        }
        waiting.add(added);
        Relay.engineStage(added.result());
        added.result().whenComplete((value, error) -> left(added.result()));
        return added.result();
    }

    /** Whether a run waits here to go on. */
    synchronized boolean has(String threadId, String runId) {
        return known.containsKey(key(threadId, runId));
    }

    private static String key(String threadId, String runId) {
        return threadId + '\n' + runId;
    }

    /** Makes runs go on while there is room, on this thread, unless another one is at it. */
    public void pump() {
        synchronized (this) {
            if (pumping) {
                return;
            }
            pumping = true;
        }
        for (Waiting<?> next = take(); next != null; next = take()) {
            next.start(host);
        }
    }

    private synchronized @Nullable Waiting<?> take() {
        Waiting<?> next = going.size() < most ? waiting.poll() : null;
        if (next == null) {
            pumping = false;
            return null;
        }
        known.remove(next.key());
        if (!next.result().isDone()) {
            going.add(next.result());
        }
        return next;
    }

    /** Notes that the run of this result holds a slot, until it has left. */
    synchronized void occupy(CompletableFuture<?> result, Slot slot) {
        held.add(new Held(result, slot));
    }

    /** The slot that the run of this result holds; empty for none. */
    public synchronized Optional<Slot> slot(CompletableFuture<?> result) {
        return held.stream()
                .filter(one -> one.result() == result)
                .map(Held::slot)
                .findFirst();
    }

    /** Continues a run in its slot. If another process takes it first, the result is that its thread is busy. */
    <O extends @Nullable Object> void begin(
            RunWorkflow<?, O> workflow, String threadId, String runId, CompletableFuture<RunResult<O>> result) {
        CompletableFuture<?> unused =
                host.admit(workflow, new Request.Wake(runId, false), RunConfig.thread(threadId), result);
    }

    /** A run needs no thread any more; most of those that do not were never here. */
    public void left(CompletableFuture<?> result) {
        takeSlot(result).ifPresent(Slot::leave);
        synchronized (this) {
            boolean known = !going.isEmpty() && going.removeIf(other -> other == result);
            if (!known || waiting.isEmpty()) {
                return;
            }
        }
        host.hand(
                this::pump,
                refused -> LOG.warn(
                        "the executor takes no work; what waits to be recovered is left for another graph", refused));
    }

    private synchronized Optional<Slot> takeSlot(CompletableFuture<?> result) {
        Optional<Slot> found = slot(result);
        found.ifPresent(slot -> held.removeIf(one -> one.slot() == slot));
        return found;
    }

    @Override
    public void close() {
        List<Waiting<?>> dropped;
        synchronized (this) {
            dropped = new ArrayList<>(waiting);
            waiting.clear();
            known.clear();
        }
        dropped.forEach(run -> run.result()
                .completeExceptionally(new RequestRefusedException(
                        Reason.CLOSED,
                        "the graph was closed before it could recover the" + " run of thread '" + run.threadId()
                                + "'; recover() continues it")));
    }
}
