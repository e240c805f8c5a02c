package dev.clew.engine;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowCancelledException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Continues, when they are due, the runs that this graph parked; who waits for one goes on waiting. */
final class Sleepers implements AutoCloseable {
    private final Engine engine;
    private final Map<String, Sleeper> sleepers = new ConcurrentHashMap<>();

    Sleepers(Engine engine) {
        this.engine = engine;
    }

    private record Sleeper(String runId, Instant wakeAt, Future<?> alarm, CompletableFuture<?> result) {}

    /** Who sleeps, and what it needs to go on. */
    private record Parked<O extends @Nullable Object>(
            EngineWorkflow<?, O> workflow, String threadId, String runId, RunConfig config) {
        String where() {
            return Activation.where(workflow.name(), threadId, runId);
        }
    }

    @SuppressWarnings("unchecked")
    <O extends @Nullable Object> void sleep(
            Activation activation, Instant wakeAt, CompletableFuture<RunResult<O>> result) {
        EngineWorkflow<?, O> workflow = (EngineWorkflow<?, O>) activation.workflow();
        sleep(
                new Parked<>(workflow, activation.threadId(), activation.run().runId(), activation.config()),
                wakeAt,
                result);
    }

    /** Takes charge of a run that another graph parked. */
    <O extends @Nullable Object> void adopt(
            EngineWorkflow<?, O> workflow, String threadId, String runId, Instant wakeAt) {
        Parked<O> parked = new Parked<>(workflow, threadId, runId, RunConfig.thread(threadId));
        sleep(parked, wakeAt, new CompletableFuture<>());
    }

    @SuppressWarnings("unchecked")
    private <O extends @Nullable Object> void sleep(
            Parked<O> parked, Instant wakeAt, CompletableFuture<RunResult<O>> result) {
        if (engine.isClosed()) {
            result.completeExceptionally(closed(parked.where()));
            return;
        }
        long left = Time.toMicros(wakeAt) - engine.settings().time().micros();
        Future<?> alarm = engine.settings()
                .time()
                .after(
                        Duration.ofNanos(Math.max(0, Math.min(left, Long.MAX_VALUE / 1_000)) * 1_000),
                        () -> engine.settings().executor().execute(() -> wake(parked, result)));
        Sleeper before = sleepers.put(parked.threadId(), new Sleeper(parked.runId(), wakeAt, alarm, result));
        if (before != null && before.result() != result) {
            before.alarm().cancel(false);
            Relay.results(result, (CompletableFuture<RunResult<O>>) (CompletableFuture<?>) before.result());
        }
    }

    private <O extends @Nullable Object> void wake(Parked<O> parked, CompletableFuture<RunResult<O>> result) {
        sleepers.computeIfPresent(parked.threadId(), (id, newest) -> newest.result() == result ? null : newest);
        if (engine.isClosed()) {
            result.completeExceptionally(closed(parked.where()));
            return;
        }
        Relay.results(
                engine.admit(
                        parked.workflow(),
                        new Request.Wake(),
                        parked.config().runId(parked.runId()),
                        engine.streams().reader(result)),
                result);
    }

    /** Whether this graph has an alarm set for that moment of that run. */
    boolean knows(String threadId, String runId, Instant wakeAt) {
        Sleeper sleeper = sleepers.get(threadId);
        return sleeper != null
                && sleeper.runId().equals(runId)
                && sleeper.wakeAt().equals(wakeAt);
    }

    private static RequestRefusedException closed(String where) {
        return new RequestRefusedException(
                where + " sleeps, and its graph was closed; recover() continues it when it is due");
    }

    /** Who waits for a run that sleeps here, or null. */
    @Nullable
    CompletableFuture<?> result(String threadId, String runId) {
        Sleeper sleeper = sleepers.get(threadId);
        return sleeper != null && sleeper.runId().equals(runId) ? sleeper.result() : null;
    }

    void cancelled(String threadId, String where) {
        Sleeper sleeper = sleepers.remove(threadId);
        if (sleeper != null) {
            sleeper.alarm().cancel(false);
            sleeper.result().completeExceptionally(new WorkflowCancelledException(where));
        }
    }

    @Override
    public void close() {
        sleepers.forEach((threadId, sleeper) -> {
            sleeper.alarm().cancel(false);
            sleeper.result().completeExceptionally(closed("the run of thread '" + threadId + "'"));
        });
        sleepers.clear();
    }
}
