package dev.clew.engine.caller;

import dev.clew.engine.events.EventQueue;
import dev.clew.engine.run.Attempt;
import dev.clew.engine.run.CurrentAttempt;
import dev.clew.engine.run.RunGraph;
import dev.clew.engine.scope.GivenBack;
import dev.clew.engine.world.Witness;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A wait of a task's code for another run. The thread's permits are free meanwhile, so that the other run can get one.
 * Afterwards the thread waits for its turn to have one again; that time does not count against the task's timeout.
 */
public final class CallerWait {
    private final GivenBack permits;
    private final Witness witness;
    private final AtomicBoolean blocked = new AtomicBoolean(true);

    private CallerWait(Attempt attempt) {
        this.permits = GivenBack.of(attempt);
        this.witness = attempt.session().witness();
        witness.blocked();
    }

    /** Begins a wait of the current thread; null where no attempt is on it, so that there is nothing to give back. */
    static @Nullable CallerWait begin() {
        Attempt attempt = CurrentAttempt.get();
        return attempt == null ? null : new CallerWait(attempt);
    }

    /** {@link #begin()} until this is complete. */
    @SuppressWarnings("FutureReturnValueIgnored") // only told
    static @Nullable CallerWait begin(CompletableFuture<?> awaited) {
        CallerWait wait = begin();
        if (wait != null) {
            if (awaited instanceof Promise<?> promise) {
                promise.engineStage();
            }
            awaited.whenComplete((value, failure) -> wait.unblocked());
        }
        return wait;
    }

    /** Waits at a queue of events. */
    public static void around(EventQueue.Wait wait) throws InterruptedException {
        CallerWait begun = begin();
        try {
            wait.here();
        } finally {
            if (begun != null) {
                begun.end();
            }
        }
    }

    private void unblocked() {
        if (blocked.compareAndSet(true, false)) {
            witness.unblocked();
        }
    }

    void end() {
        unblocked();
        permits.takeBack();
    }

    /**
     * The current thread is about to be told that a run failed. If that is because the graph is being closed, the run
     * that asked is sealed as well: its task must not be recorded as failed.
     */
    static void failed() {
        Attempt attempt = CurrentAttempt.inCode();
        if (attempt != null) {
            RunGraph graph = attempt.session().activation().workflow().graph();
            if (graph.isClosed()) {
                graph.seal(attempt.session());
            }
        }
    }
}
