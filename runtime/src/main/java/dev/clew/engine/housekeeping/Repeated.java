package dev.clew.engine.housekeeping;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.Engine;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunStoppedException;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * A sweep that a graph repeats with a pause before each, until the graph is closed. One that fails is logged, told to the
 * listener, and followed by the next.
 *
 * @param name what it is called on the builder
 */
record Repeated(Engine engine, String name, Duration pause, Runnable sweep) {
    void begin() {
        Future<?> unused = engine.settings().time().later(pause, () -> engine.hand(this::once, this::refused));
    }

    /** The executor takes no work now; it may do so the next time. */
    private void refused(Throwable why) {
        if (!engine.isClosed()) {
            failed(why);
            begin();
        }
    }

    private void once() {
        if (engine.isClosed()) {
            return;
        }
        try {
            sweep.run();
        } catch (RuntimeException | Error failed) {
            if (!engine.isClosed()) {
                failed(failed);
            }
        }
        if (!engine.isClosed()) {
            begin();
        }
    }

    private void failed(Throwable why) {
        LOG.warn("a sweep of {} failed; the next one is in {}", name, pause, why);
        RunListener listener = engine.settings().listener();
        if (listener != null) {
            try {
                listener.sweepFailed(name, told(why));
            } catch (RuntimeException | Error broken) {
                LOG.warn("a run listener threw, and was ignored", broken);
            }
        }
    }

    private RuntimeException told(Throwable why) {
        return why instanceof RuntimeException known
                ? known
                : new RunStoppedException("a sweep of " + name + " failed", why);
    }
}
