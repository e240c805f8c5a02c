package dev.clew.engine;

import dev.clew.flow.RequestRefusedException;
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

    private record Sleeper(String runId, Future<?> alarm, CompletableFuture<?> result) {}

    <O extends @Nullable Object> void sleep(
            Activation activation, Instant wakeAt, CompletableFuture<RunResult<O>> result) {
        String threadId = activation.threadId();
        if (engine.isClosed()) {
            result.completeExceptionally(closed(activation.where()));
            return;
        }
        long left = Time.toMicros(wakeAt) - engine.settings().time().micros();
        Future<?> alarm = engine.settings()
                .time()
                .after(
                        Duration.ofNanos(Math.max(0, Math.min(left, Long.MAX_VALUE / 1_000)) * 1_000),
                        () -> engine.settings().executor().execute(() -> wake(activation, result)));
        Sleeper before = sleepers.put(threadId, new Sleeper(activation.run().runId(), alarm, result));
        if (before != null && before.result() != result) {
            before.alarm().cancel(false);
        }
    }

    @SuppressWarnings("unchecked")
    private <O extends @Nullable Object> void wake(Activation activation, CompletableFuture<RunResult<O>> result) {
        sleepers.remove(activation.threadId());
        if (engine.isClosed()) {
            result.completeExceptionally(closed(activation.where()));
            return;
        }
        EngineWorkflow<?, O> workflow = (EngineWorkflow<?, O>) activation.workflow();
        Relay.results(
                engine.admit(
                        workflow,
                        new Request.Wake(),
                        activation.config(),
                        engine.streams().reader(result)),
                result);
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
