package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.world.Repeating;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Continues parked runs when they are due, in a graph that has recovered: whichever process parked them. A graph that has a worker
 * leaves that to the worker.
 */
public final class DueRunPoller implements DueRuns.Slots {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RunningHost host;
    private final BooleanSupplier hasWorker;
    private final DueRuns due;
    private final int most;

    // Guarded by this object.
    private int running;
    private boolean full;
    private @Nullable Repeating rounds;

    public DueRunPoller(RunningHost host, BooleanSupplier hasWorker) {
        this.host = host;
        this.hasWorker = hasWorker;
        this.due = DueRuns.parked(host);
        this.most = Backlog.most(host);
    }

    /** Looks from now on, until the graph is closed. */
    public synchronized void begin() {
        if (rounds == null && !host.isClosed()) {
            rounds = host.settings().time().every(PAUSE, "clew-due", this::lookSoon);
        }
    }

    /** The timer's thread, and that of a run, only hand the look over. */
    private void lookSoon() {
        if (!host.isClosed() && !hasWorker.getAsBoolean()) {
            host.hand(
                    this::look,
                    refused -> LOG.warn("the executor takes no work; runs that are due are continued later", refused));
        }
    }

    private void look() {
        int free;
        synchronized (this) {
            free = most - running;
            running = most;
        }
        int begun = 0;
        try {
            begun = due.begin(free, Duration.ZERO, this);
        } catch (RuntimeException unwell) {
            LOG.warn("runs that are due could not be looked for; the next look is in {}", PAUSE, unwell);
        } finally {
            synchronized (this) {
                running -= free - begun;
                full = begun == free;
            }
        }
    }

    @Override
    public boolean isOpen() {
        return !host.isClosed();
    }

    @Override
    public synchronized void occupied() {
        running++;
    }

    @Override
    public void freed() {
        boolean more;
        synchronized (this) {
            running--;
            more = full;
        }
        if (more) {
            lookSoon();
        }
    }
}
