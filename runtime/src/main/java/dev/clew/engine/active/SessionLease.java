package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.request.LeaseHolder;
import dev.clew.engine.run.Session;

/** A session as the holder of its thread's lease. */
record SessionLease(RunningHost host, Session session) implements LeaseHolder {
    @Override
    public void lost(Throwable why) {
        // A run that stops may read and write the store, which may be what hangs.
        host.hand(() -> session.stop(Suspension.Reason.STORAGE, why), session::fault);
    }

    @Override
    public void cancel() {
        if (!session.cancel()) {
            LOG.debug("{} had ended before it could be cancelled", session.where());
        }
    }

    @Override
    public void fetchAnswers() {
        host.hand(session.answers()::fetch, session::fault);
    }
}
