package dev.clew.engine;

import dev.clew.engine.core.Suspension;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

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
     * Publishes a step's recorded outcome once it is durable: at once, or later on another thread, which then settles the
     * step, too.
     *
     * @return whether it is published, so that the caller settles the step
     * @throws Suspension if the store refuses it
     */
    boolean publish(Step step, Outcomes.Recorded recorded, Runnable publication) {
        CompletionStage<Void> written = recorded.durable();
        if (written == null) {
            publication.run();
            return true;
        }
        boolean busy = step.joinedWithOthers && step.isCalledHere() || runner.isBusy();
        if (!busy || step.cacheKey != null || written.toCompletableFuture().isDone()) {
            session.journal().await(written);
            publication.run();
            return true;
        }
        written.whenComplete((done, broken) -> {
            durable.add(() -> runner.attempts().guarded(step, () -> {
                session.journal().await(written);
                publication.run();
                runner.settle(step, recorded.outcome());
            }));
            drainElsewhere();
        });
        return false;
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
