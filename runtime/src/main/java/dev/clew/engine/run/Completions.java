package dev.clew.engine.run;

import dev.clew.engine.core.Suspension;
import java.util.ArrayList;
import java.util.List;
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
    /** So many steps are settled in one use of the run's lock. */
    private static final int MOST = 256;

    private final Session session;
    private final StepRunner runner;
    private final Queue<Ready> durable = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();

    Completions(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /** A step whose outcome is durable, or whose write has failed. */
    record Ready(Step step, Outcome outcome, CompletionStage<Void> written, Runnable publication) {}

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
        if (!isBusyWith(step)
                || step.cacheKey != null
                || written.toCompletableFuture().isDone()) {
            session.journal().await(written);
            publication.run();
            return true;
        }
        Ready ready = new Ready(step, recorded.outcome(), written, publication);
        written.whenComplete((done, broken) -> {
            durable.add(ready);
            drainElsewhere();
        });
        return false;
    }

    /** Whether the calling thread, which ended a step, has others to run or to join, so that it waits for no disk. */
    boolean isBusyWith(Step step) {
        return step.joinedWithOthers && step.isCalledHere() || runner.isBusy();
    }

    private void drainElsewhere() {
        if (draining.compareAndSet(false, true)) {
            runner.hand(this::drain);
        }
    }

    private void drain() {
        List<Ready> published = new ArrayList<>();
        for (Ready next = durable.poll(); next != null; next = durable.poll()) {
            publish(next, published);
            // A slow reader holds up no step whose outcome is published already.
            if (published.size() >= MOST || !session.isUnheard()) {
                settle(published);
            }
        }
        settle(published);
        draining.set(false);
        if (!durable.isEmpty()) {
            drainElsewhere();
        }
    }

    private void publish(Ready ready, List<Ready> published) {
        runner.endings().guarded(ready.step(), () -> {
            session.journal().await(ready.written());
            ready.publication().run();
            published.add(ready);
        });
    }

    private void settle(List<Ready> published) {
        if (!published.isEmpty()) {
            List<Ready> settled = List.copyOf(published);
            published.clear();
            runner.endings().guarded(settled.get(0).step(), () -> runner.settle(settled));
        }
    }
}
