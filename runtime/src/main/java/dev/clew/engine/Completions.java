package dev.clew.engine;

import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ends steps once their outcome is as durable as the run promises. A thread that has other steps to run, or to join, does
 * not wait for the disk: their outcomes come into the same commit, and all that became durable with it are ended
 * together, on another thread.
 */
final class Completions {
    private final Session session;
    private final StepRunner runner;
    private final Queue<Runnable> durable = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();

    Completions(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /**
     * Ends the step of an attempt that is over, now or later. What waits for the disk holds no permit meanwhile.
     *
     * @param written completes when the outcome is durable; null where nobody needs to wait
     * @throws Suspension if the store refuses it
     */
    void after(Attempt attempt, @Nullable CompletionStage<Void> written, Runnable ending) {
        if (written == null) {
            ending.run();
            return;
        }
        session.permits().release(attempt);
        Step step = attempt.step();
        boolean busy = step.joinedWithOthers && step.isCalledHere() || runner.isBusy();
        if (!busy || step.cacheKey != null || written.toCompletableFuture().isDone()) {
            session.journal().await(written);
            ending.run();
            return;
        }
        written.whenComplete((done, broken) -> {
            durable.add(() -> runner.attempts().guarded(step, () -> {
                session.journal().await(written);
                ending.run();
            }));
            drainElsewhere();
        });
    }

    private void drainElsewhere() {
        if (draining.compareAndSet(false, true)) {
            runner.hand(this::drain);
        }
    }

    private void drain() {
        for (Runnable next = durable.poll(); next != null; next = durable.poll()) {
            next.run();
        }
        draining.set(false);
        if (!durable.isEmpty()) {
            drainElsewhere();
        }
    }
}
