package dev.clew.engine.run;

import dev.clew.engine.setup.Permits;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The permits of one run: the graph's, and where the configuration limits the run, its own before. */
public final class RunPermits {
    private final Session session;
    private final Permits graph;
    private final @Nullable Permits run;

    RunPermits(Session session, Permits graph, @Nullable Permits run) {
        this.session = session;
        this.graph = graph;
        this.run = run;
    }

    void acquire(int depth, Runnable granted) {
        session.waiting().point();
        if (run == null) {
            graph.acquire(depth, granted);
        } else {
            run.acquire(depth, () -> graph.acquire(depth, granted));
        }
    }

    public boolean tryAcquire() {
        session.waiting().point();
        if (run != null && !run.tryAcquire()) {
            return false;
        }
        boolean got = graph.tryAcquire();
        if (!got && run != null) {
            run.release();
        }
        return got;
    }

    public void release() {
        session.waiting().point();
        graph.release();
        if (run != null) {
            run.release();
        }
    }

    /** Gives an attempt's permit back; false where it has none. */
    public boolean release(Attempt attempt) {
        boolean held = session.lockedGet(() -> session.core().takePermit(attempt));
        if (held) {
            release();
        }
        return held;
    }

    /** Waits until an attempt that gave its permit back has one again; one that is over by then gets none. */
    public void reacquire(Attempt attempt, int depth) {
        CompletableFuture<Boolean> granted = new CompletableFuture<>();
        acquire(depth, () -> granted.complete(true));
        session.waiting().join(granted);
        boolean wanted = session.lockedGet(() -> session.core().returnPermit(attempt));
        if (!wanted) {
            release();
        }
    }
}
