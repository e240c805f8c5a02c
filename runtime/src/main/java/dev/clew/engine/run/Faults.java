package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.world.LastResort;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Faults on the engine's side of a run: each stops the run, and the first is logged. */
final class Faults {
    private final Session session;
    private final Executor executor;
    private final AtomicBoolean any = new AtomicBoolean();

    Faults(Session session, Executor executor) {
        this.session = session;
        this.executor = executor;
    }

    /** Whether a fault was logged. */
    boolean any() {
        return any.get();
    }

    /** Stops the run. A closed log and a lost store are no faults: they stop the run for their own reason. */
    void stop(Throwable thrown) {
        if (thrown instanceof Suspension closed) {
            session.stop(closed.reason(), closed.why());
            return;
        }
        if (any.compareAndSet(false, true)) {
            LOG.error("the engine failed in {}; the run stops and is recoverable", session.where(), thrown);
        } else {
            LOG.debug("the engine failed again in {}", session.where(), thrown);
        }
        session.stop(Suspension.Reason.CRASHED, thrown);
    }

    /**
     * Does the engine's part of a durable call. An error in it is a fault of the engine's side, whatever its class: the code
     * that made the call gets the signal to unwind, so that no outcome of its own comes of it.
     */
    <T extends @Nullable Object> T stopIn(Supplier<T> part) {
        try {
            return part.get();
        } catch (Suspension unwinding) {
            throw unwinding;
        } catch (Error broken) {
            stop(broken);
            throw new Suspension(Suspension.Reason.CRASHED, broken);
        }
    }

    /** Runs work that must not wait for this thread's locks: on the executor, or here if it takes no work. */
    void runApart(Runnable work) {
        Runnable guarded = LastResort.around(work, this::stop);
        try {
            executor.execute(guarded);
        } catch (Throwable refused) {
            guarded.run();
        }
    }
}
