package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.caller.Relay;
import dev.clew.engine.follow.ParkedRunPoller;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowCancelledException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Continues, when they are due, the runs that this graph parked; who waits for one goes on waiting. */
public final class Sleepers implements AutoCloseable {
    private final RunningHost host;
    private final Map<String, Sleeper<?>> sleepers = new ConcurrentHashMap<>();
    private final ParkedRunPoller poller;

    /** Threads whose runs are being woken: they are no sleepers any more, and not claimed yet. */
    private final Set<String> waking = ConcurrentHashMap.newKeySet();

    /** The thread that was looked after last; the next turn begins behind it. One thread at a time polls. */
    private volatile String lookedAfter = "";

    public Sleepers(RunningHost host) {
        this.host = host;
        this.poller = new ParkedRunPoller(host.settings().time(), host::hand, host::isClosed, this::lookAfter);
    }

    /** A parked run, and its alarm; where nobody waits for it, nobody hears of its result. */
    private record Sleeper<O extends @Nullable Object>(
            Parked<O> parked, Instant wakeAt, Alarm alarm, CompletableFuture<RunResult<O>> result, boolean awaited) {
        boolean leadsTo(CompletableFuture<?> other) {
            return result == other;
        }
    }

    /** Set once its sleeper is known: an earlier one could go off, and the run park again, before that. */
    private static final class Alarm {
        private @Nullable Future<?> set;
        private boolean off;

        synchronized void set(Future<?> alarm) {
            set = alarm;
            if (off) {
                alarm.cancel(false);
            }
        }

        synchronized void cancel() {
            off = true;
            if (set != null) {
                set.cancel(false);
            }
        }
    }

    /** Who sleeps, and what it needs to go on. */
    private record Parked<O extends @Nullable Object>(
            RunWorkflow<?, O> workflow, String threadId, String runId, RunConfig config) {
        @SuppressWarnings("unchecked")
        static <O extends @Nullable Object> Parked<O> of(Activation activation) {
            return new Parked<>(
                    (RunWorkflow<?, O>) activation.workflow(),
                    activation.threadId(),
                    activation.run().runId(),
                    activation.config());
        }

        String where() {
            return Activation.where(workflow.name(), threadId, runId);
        }
    }

    /** Takes charge of a run whose callers go on waiting. */
    <O extends @Nullable Object> void sleep(
            Activation activation, Instant wakeAt, CompletableFuture<RunResult<O>> result) {
        sleep(Parked.of(activation), wakeAt, result, true);
    }

    /** Takes charge of a run whose callers know that it is paused. */
    void wakeLater(Activation activation, Instant wakeAt) {
        sleep(Parked.of(activation), wakeAt, Promise.handedOut(), false);
    }

    private <O extends @Nullable Object> void sleep(
            Parked<O> parked, Instant wakeAt, CompletableFuture<RunResult<O>> result, boolean awaited) {
        Sleeper<O> sleeper = new Sleeper<>(parked, wakeAt, new Alarm(), result, awaited);
        Sleeper<?> before = sleepers.put(parked.threadId(), sleeper);
        if (before != null) {
            replace(before, parked.runId(), result);
        }
        Future<?> alarm = alarm(wakeAt, () -> wakeSoon(parked, result));
        if (alarm == null) {
            sleepers.remove(parked.threadId(), sleeper);
            result.completeExceptionally(closed(parked.where()));
            return;
        }
        sleeper.alarm().set(alarm);
        if (awaited) {
            poller.begin();
        }
        // Who cancelled or continued the run, or closed the graph, before the run was known here could not tell.
        lookAfter(sleeper);
    }

    private <O extends @Nullable Object> void lookAfter(Sleeper<O> sleeper) {
        if (host.isClosed() || !isParked(sleeper.parked())) {
            sleeper.alarm().cancel();
            wake(sleeper.parked(), sleeper.result());
        }
    }

    /** Looks after some of the runs that somebody waits for; false where there is none. */
    private boolean lookAfter(int most) {
        List<String> awaited = sleepers.entrySet().stream()
                .filter(sleeping -> sleeping.getValue().awaited())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        int from = 0;
        while (from < awaited.size() && awaited.get(from).compareTo(lookedAfter) <= 0) {
            from++;
        }
        for (int i = 0; i < Math.min(most, awaited.size()); i++) {
            String threadId = awaited.get((from + i) % awaited.size());
            lookedAfter = threadId;
            Sleeper<?> sleeper = sleepers.get(threadId);
            if (sleeper != null) {
                lookAfter(sleeper);
            }
        }
        return !awaited.isEmpty();
    }

    /** Null where the graph is closed. */
    private @Nullable Future<?> alarm(Instant wakeAt, Runnable wake) {
        EngineSettings settings = host.settings();
        Duration delay = Time.left(Time.toMicros(wakeAt), settings.time().micros());
        try {
            return host.isClosed() ? null : settings.time().after(delay, wake);
        } catch (RejectedExecutionException closedMeanwhile) {
            return null;
        }
    }

    /** Where the store cannot say, the alarm or the next look finds out; who waits must not suffer for it. */
    private boolean isParked(Parked<?> parked) {
        Checkpointer store = host.settings().checkpointer();
        ThreadRecord thread;
        try {
            thread = store == null ? null : store.thread(parked.threadId()).orElse(null);
        } catch (RuntimeException | Error unwell) {
            LOG.debug("{} could not be looked after", parked.where(), unwell);
            return true;
        }
        return thread != null
                && thread.lease() == null
                && !thread.cancelRequested()
                && thread.head().wakeAt() != null
                && parked.runId().equals(thread.head().runId());
    }

    private <O extends @Nullable Object> void wake(Parked<O> parked, CompletableFuture<RunResult<O>> result) {
        waking.add(parked.threadId());
        try {
            sleepers.computeIfPresent(parked.threadId(), (id, newest) -> newest.leadsTo(result) ? null : newest);
            admit(parked, result);
        } finally {
            waking.remove(parked.threadId());
        }
    }

    private <O extends @Nullable Object> void admit(Parked<O> parked, CompletableFuture<RunResult<O>> result) {
        if (host.isClosed()) {
            result.completeExceptionally(closed(parked.where()));
            return;
        }
        Promise<RunResult<O>> next = Promise.leadingTo(result);
        host.streams().handOn(result, next);
        Relay.results(host.admit(parked.workflow(), new Request.Wake(parked.runId()), parked.config(), next), result);
    }

    /** A run that is parked here goes on before its time; none is no error. */
    public void awaken(String threadId, String runId) {
        Sleeper<?> sleeper = sleepers.get(threadId);
        if (sleeper != null && sleeper.parked().runId().equals(runId)) {
            sleeper.alarm().cancel();
            wakeSoon(sleeper);
        }
    }

    private <O extends @Nullable Object> void wakeSoon(Sleeper<O> sleeper) {
        wakeSoon(sleeper.parked(), sleeper.result());
    }

    /** Wakes it on the executor; if that is not possible, its callers are told so. */
    private <O extends @Nullable Object> void wakeSoon(Parked<O> parked, CompletableFuture<RunResult<O>> result) {
        host.hand(() -> wake(parked, result), LastResort.failing(parked.where() + " could not be woken", result));
    }

    /** A run of the thread goes on here: the alarm is off, and who waits hears of it. */
    void awakened(Activation activation, CompletableFuture<?> result) {
        Sleeper<?> sleeper = sleepers.remove(activation.threadId());
        if (sleeper != null) {
            replace(sleeper, activation.run().runId(), result);
        }
    }

    @SuppressWarnings("unchecked")
    private <O extends @Nullable Object> void replace(Sleeper<O> before, String runId, CompletableFuture<?> result) {
        before.alarm().cancel();
        if (!before.parked().runId().equals(runId)) {
            wake(before.parked(), before.result());
        } else if (!before.leadsTo(result)) {
            host.streams().handOn(before.result(), result);
            Relay.results((CompletableFuture<RunResult<O>>) result, before.result());
        }
    }

    /** Whether this graph has an alarm set for that moment of that run, or wakes it just now. */
    public boolean knows(String threadId, String runId, Instant wakeAt) {
        if (waking.contains(threadId)) {
            return true;
        }
        Sleeper<?> sleeper = sleepers.get(threadId);
        return sleeper != null
                && sleeper.parked().runId().equals(runId)
                && sleeper.wakeAt().equals(wakeAt);
    }

    private RequestRefusedException closed(String where) {
        boolean stored = host.settings().checkpointer() != null;
        return new RequestRefusedException(
                Reason.CLOSED,
                where
                        + (stored
                                ? " sleeps, and its graph was closed; recover() continues it when it is due"
                                : RunCompletion.LOST));
    }

    /** What callers that wait for a run that sleeps here will get, or null. */
    @Nullable
    public CompletableFuture<?> result(String threadId, String runId) {
        Sleeper<?> sleeper = sleepers.get(threadId);
        return sleeper != null && sleeper.awaited() && sleeper.parked().runId().equals(runId) ? sleeper.result() : null;
    }

    /** {@link #result(String, String)} of whatever run of the workflow sleeps on the thread. */
    @Nullable
    public CompletableFuture<?> result(RunWorkflow<?, ?> workflow, String threadId) {
        Sleeper<?> sleeper = sleepers.get(threadId);
        return sleeper != null && sleeper.awaited() && sleeper.parked().workflow() == workflow
                ? sleeper.result()
                : null;
    }

    public void cancelled(String threadId, String where) {
        Sleeper<?> sleeper = sleepers.remove(threadId);
        if (sleeper != null) {
            sleeper.alarm().cancel();
            sleeper.result().completeExceptionally(new WorkflowCancelledException(where));
        }
    }

    @Override
    public void close() {
        sleepers.forEach((threadId, sleeper) -> {
            sleeper.alarm().cancel();
            sleeper.result().completeExceptionally(closed("the run of thread '" + threadId + "'"));
        });
        sleepers.clear();
    }
}
