package dev.clew.engine.scope;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.core.Suspension;
import dev.clew.flow.SwallowedPauseException;

/**
 * A body that catches every signal which unwinds it, and calls again, would go round for ever. Its thread is parked for
 * good instead: no code of the body runs any more, and nobody waits for it. Java has no other way to stop it.
 */
final class Runaway {
    /** So many refused calls are no clean-up any more. */
    static final int MOST_REFUSALS = 1_000;

    private Runaway() {}

    /** Ends the run as blocked, unless it goes on without this scope, and never returns. On the scope's own thread. */
    static void leaveAlone(Frame frame, Suspension seal) {
        SwallowedPauseException why = new SwallowedPauseException(
                frame.where(), MOST_REFUSALS, seal.reason().name(), seal.why());
        LOG.error("{}", why.getMessage());
        if (frame.attempt().isLive()) {
            frame.session().stop(Suspension.Reason.MISMATCH, why);
        }
        while (true) {
            frame.session().waiting().park(frame);
            // An interrupted thread would not park.
            frame.session().waiting().interrupted();
        }
    }
}
