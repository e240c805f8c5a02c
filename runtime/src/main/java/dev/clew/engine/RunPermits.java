package dev.clew.engine;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The permits of one run: the graph's, and where the configuration limits the run, its own before. */
final class RunPermits {
    private final Session session;
    private final Permits graph;
    private final @Nullable Permits run;

    RunPermits(Session session, Permits graph, @Nullable Permits run) {
        this.session = session;
        this.graph = graph;
        this.run = run;
    }

    void acquire(int depth, Runnable granted) {
        if (run == null) {
            graph.acquire(depth, granted);
        } else {
            run.acquire(depth, () -> graph.acquire(depth, granted));
        }
    }

    boolean tryAcquire() {
        if (run != null && !run.tryAcquire()) {
            return false;
        }
        boolean got = graph.tryAcquire();
        if (!got && run != null) {
            run.release();
        }
        return got;
    }

    void release() {
        graph.release();
        if (run != null) {
            run.release();
        }
    }

    void release(Attempt attempt) {
        boolean held = session.lockedGet(() -> {
            boolean has = attempt.permit;
            attempt.permit = false;
            return has;
        });
        if (held) {
            release();
        }
    }

    /** A scope that waited goes on as soon as it has a permit again; the root needs none. */
    void reacquire(Attempt attempt) {
        if (attempt.step().isRoot()) {
            return;
        }
        Semaphore gate = new Semaphore(0);
        acquire(attempt.step().depth(), gate::release);
        gate.acquireUninterruptibly();
        session.locked(() -> attempt.permit = true);
    }
}
