package dev.clew.engine;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.request.LeaseHolder;

/** A session as the holder of its thread's lease. */
record SessionLease(Engine engine, Session session) implements LeaseHolder {
    @Override
    public void lost(Throwable why) {
        // A run that stops may read and write the store, which may be what hangs.
        engine.hand(() -> session.stop(Suspension.Reason.STORAGE, why), session::fault);
    }

    @Override
    public void cancel() {
        if (!session.cancel()) {
            Engine.LOG.debug("{} had ended before it could be cancelled", session.where());
        }
    }

    @Override
    public void fetchAnswers() {
        engine.hand(session.answers()::fetch, session::fault);
    }
}
