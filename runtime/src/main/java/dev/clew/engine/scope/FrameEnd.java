package dev.clew.engine.scope;

import dev.clew.engine.core.CoreStep;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.run.Cancellations;
import dev.clew.engine.run.Outcome;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Step;
import dev.clew.task.TaskFailedException;
import dev.clew.value.ClewException;
import java.util.List;

/**
 * Ends the code of a scope attempt: waits for the steps that it called and did not join, and ends the losers of its races. On the
 * scope's own thread.
 */
final class FrameEnd {
    private final Session session;
    private final Frame frame;

    FrameEnd(Session session, Frame frame) {
        this.session = session;
        this.frame = frame;
    }

    /** The body returned. Throws the first failure of a step that it did not join, with the later ones suppressed. */
    void returned() {
        frame.settleNow();
        if (frame.seal() != null && frame.attempt().isLive()) {
            // The body came this far although a durable call has thrown: it swallowed what that threw.
            session.runner().endings().swallowed(frame.where());
        }
        frame.requireUnsealed();
        frame.sealingMismatches(() -> {
            frame.replay().requireNothingLeft();
            return true;
        });
        List<Step> rest = called(false);
        if (!rest.isEmpty()) {
            session.witness()
                    .unjoined(frame.where(), rest.stream().map(Step::path).toList());
        }
        frame.await(rest, false);
        Throwable first = null;
        for (Step joined : rest) {
            try {
                Joins.value(frame, joined);
            } catch (ClewException failed) {
                first = Joins.withSuppressed(first, failed);
            }
        }
        if (first instanceof RuntimeException failed) {
            throw failed;
        }
        endLosers();
    }

    private void endLosers() {
        for (Step loser : called(true)) {
            session.runner().cancellations().cancel(loser, frame);
        }
    }

    /** The body threw this: returns what ends the attempt, with later failures of its steps suppressed. */
    Throwable threw(Throwable first) {
        frame.settleNow();
        if (frame.seal() != null || first instanceof Error && !(first instanceof AssertionError)) {
            return first;
        }
        session.runner().cancellations().discardLosers(frame);
        List<Step> rest = called(false);
        try {
            frame.await(rest, false);
            session.lockedGet(() -> Cancellations.unsettled(rest, frame)).forEach(frame::awaitSettled);
        } catch (Suspension sealedMeanwhile) {
            return sealedMeanwhile;
        }
        for (Step ended : rest) {
            if (ended.outcome() instanceof Outcome.Failed failed) {
                Joins.withSuppressed(first, new TaskFailedException(failed.failure()));
            }
        }
        return first;
    }

    /** The steps that were called and not joined: the losers of races, or the others. */
    private List<Step> called(boolean losers) {
        List<CoreStep> all = session.lockedGet(() -> frame.called(losers));
        return all.isEmpty() ? List.of() : all.stream().map(Step.class::cast).toList();
    }
}
