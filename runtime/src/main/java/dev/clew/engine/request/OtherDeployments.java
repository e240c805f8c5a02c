package dev.clew.engine.request;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.stored.Owner;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.WorkerRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives queued runs that do not fit the code of this deployment to workers of others. While a new version is rolled out, old
 * workers take new runs, and new ones old runs: what does not fit is no fault of the run then.
 */
public record OtherDeployments(@Nullable String deployment, String owner, Checkpointer store, Duration pollEvery) {
    /** How long after its last look a worker counts as one that still takes runs, at least. */
    private static final Duration LIVE = Duration.ofSeconds(30);

    /**
     * Gives a request back, so that another deployment gets it. False, with nothing changed, if this deployment wrote it last,
     * or has no name, or if there is no worker of another one that has not tried it.
     *
     * @param row as it was taken
     */
    public boolean get(RequestRow row, String where, Throwable unfit) {
        if (deployment == null || deployment.equals(row.deployments().last()) || !isAnotherLeft(row, deployment)) {
            return false;
        }
        QueuedRun request = row.request();
        LOG.info(
                "{} does not fit the code of deployment '{}'; workers of another deployment get it: {}",
                where,
                deployment,
                unfit.getMessage());
        store.queue()
                .giveBack(new GiveBack(
                        request.threadId(),
                        request.requestId(),
                        owner,
                        GiveBack.Reason.NOT_THIS_DEPLOYMENT,
                        null,
                        deployment));
        return true;
    }

    private boolean isAnotherLeft(RequestRow row, String deployment) {
        Duration seen = pollEvery.multipliedBy(3).compareTo(LIVE) > 0 ? pollEvery.multipliedBy(3) : LIVE;
        Instant since = store.now().minus(seen);
        return store.queue().state(row.request().queue()).workers().stream()
                .filter(worker -> !deployment.equals(worker.deployment()) && isLive(worker, since))
                .filter(worker -> worker.workflows().contains(row.request().workflow()))
                .anyMatch(worker -> worker.deployment() == null
                        || !row.deployments().excluded().contains(worker.deployment()));
    }

    private static boolean isLive(WorkerRecord worker, Instant since) {
        return worker.seenAt().isAfter(since) && !Owner.knownGone(worker.owner());
    }
}
