package dev.clew.engine.run;

import dev.clew.engine.core.CoreAttempt;
import dev.clew.engine.core.CoreCallbacks;
import dev.clew.engine.core.CoreScope;
import dev.clew.engine.core.CoreStep;
import dev.clew.engine.core.RunCore;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.world.Time;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a run, and what follows each use of it. It guards the states of steps, attempts and seals, which {@link RunCore}
 * changes, the log, and the places of outcomes in it. No store, codec, listener or other code of users runs under it.
 */
final class RunLock implements CoreCallbacks {
    private final Session session;
    private final EngineSettings settings;
    private final ReentrantLock lock;

    // Guarded by the lock.
    private final RunCore core = new RunCore(this, new Outcome.Cancelled());
    private int freedPermits;

    RunLock(Session session, EngineSettings settings) {
        this.session = session;
        this.settings = settings;
        this.lock = settings.waiting().lock();
    }

    RunCore core() {
        return core;
    }

    /**
     * Changes states. Once the lock is free, writes what was put into the log, gives back the permits that the change freed,
     * and ends the session if the run is at rest.
     */
    <T extends @Nullable Object> T use(Supplier<T> change) {
        boolean over = false;
        boolean writes = false;
        int permits = 0;
        lock.lock();
        try {
            return change.get();
        } finally {
            try {
                if (lock.getHoldCount() == 1) {
                    over = atRest();
                    writes = session.writer().hasNew();
                    permits = freedPermits;
                    freedPermits = 0;
                }
            } finally {
                lock.unlock();
            }
            if (writes) {
                session.writer().drain();
            }
            for (int i = 0; i < permits; i++) {
                session.permits().release();
            }
            if (over) {
                session.over();
            }
        }
    }

    private boolean atRest() {
        return core.mayRest() && core.comesToRest(Time.due(settings.time().micros(), parkAfter()));
    }

    /** How long a wait may be for the run to stay in memory; one that is not stored has no other place. */
    private Duration parkAfter() {
        return settings.checkpointer() == null ? ChronoUnit.FOREVER.getDuration() : settings.parkAfter();
    }

    // --- what the core wants done ---

    @Override
    public void resume(CoreScope scope) {
        ((ScopeAttempt) scope).resume();
    }

    @Override
    public void abandon(CoreAttempt abandoned) {
        Attempt attempt = (Attempt) abandoned;
        session.runner().limits().unwatch(attempt);
        attempt.interrupt();
    }

    @Override
    public void givePermit() {
        freedPermits++;
    }

    @Override
    public void clearAlarm(CoreStep step) {
        Future<?> alarm = ((Step) step).alarm;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
