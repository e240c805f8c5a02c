package dev.clew.engine.queue;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.request.OtherDeployments;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.ThreadBusyException;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.value.CodecException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Gives back what a worker took and could not open or continue, or ends it. Thread-safe. */
final class UnopenedRequests {
    private final RunningHost host;
    private final RunQueue queue;
    private final QueuedRequests requests;
    private final OtherDeployments others;

    /** What could not be given back, because the store failed. */
    private final Queue<GiveBack> owed = new ConcurrentLinkedQueue<>();

    UnopenedRequests(RunningHost host, Checkpointer store, OtherDeployments others) {
        this.host = host;
        this.queue = store.queue();
        this.requests = new QueuedRequests(host, store);
        this.others = others;
    }

    /**
     * A request was not opened or continued.
     *
     * @param failed why; null if there was nothing to do
     */
    void add(RequestRow row, @Nullable Throwable failed) {
        QueuedRun request = row.request();
        if (failed instanceof ThreadBusyException || failed == null) {
            giveBack(request, GiveBack.Reason.THREAD_BUSY, null);
        } else if (failed instanceof CodecException unreadable) {
            unreadable(row, unreadable);
        } else if (failed instanceof RequestRefusedException refused) {
            refused(row, refused);
        } else if (failed instanceof CheckpointException unwell) {
            LOG.warn("{} could not be opened, because the store failed; it is tried again", where(request), unwell);
            giveBack(request, GiveBack.Reason.STORAGE, null);
        } else {
            LOG.warn("{} could not be opened; it is tried again", where(request), failed);
            giveBack(request, GiveBack.Reason.FAILED, null);
        }
    }

    private void unreadable(RequestRow row, CodecException unreadable) {
        QueuedRun request = row.request();
        if (others.get(row, where(request), unreadable)) {
            return;
        }
        LOG.error(
                "{} is held: what it was enqueued with cannot be read by this version of the code",
                where(request),
                unreadable);
        giveBack(
                request, GiveBack.Reason.UNREADABLE, requests.detail(request, String.valueOf(unreadable.getMessage())));
    }

    private void refused(RequestRow row, RequestRefusedException refused) {
        QueuedRun request = row.request();
        switch (refused.reason()) {
            case CLOSED -> giveBack(request, GiveBack.Reason.CLOSING, null);
            case UNSETTLED_EFFECT -> giveBack(request, GiveBack.Reason.THREAD_BUSY, null);
            case INTERRUPTED -> {
                if (request.abandons() && !row.isOpened()) {
                    LOG.debug("{} does not wait for a person", where(request), refused);
                    end(request, refused);
                } else {
                    // A question was asked, or an answer came, after the queue had looked: it waits for its turn.
                    giveBack(request, GiveBack.Reason.THREAD_BUSY, null);
                }
            }
            default -> {
                if (row.isOpened()) {
                    LOG.warn("{} could not be continued; it is tried again", where(request), refused);
                    giveBack(request, GiveBack.Reason.FAILED, null);
                } else {
                    LOG.warn("{} was refused when its turn came", where(request), refused);
                    end(request, refused);
                }
            }
        }
    }

    private void end(QueuedRun request, RequestRefusedException refused) {
        boolean unused = queue.end(
                request.threadId(), request.requestId(), RequestState.REFUSED, requests.refusal(request, refused));
        host.signals().signal(request.threadId(), ThreadSignals.Event.OVER);
    }

    private void giveBack(QueuedRun request, GiveBack.Reason reason, byte @Nullable [] detail) {
        GiveBack back = new GiveBack(request.threadId(), request.requestId(), host.owner(), reason, detail);
        try {
            queue.giveBack(back);
        } catch (CheckpointException unwell) {
            // That the store failed must not count as an attempt, as the end of the reservation would.
            owed.add(back);
            throw unwell;
        }
    }

    /** Gives back what could not be given back before. */
    void giveBackAgain() {
        for (GiveBack back = owed.peek(); back != null; back = owed.peek()) {
            queue.giveBack(back);
            owed.remove(back);
        }
    }

    /** Why a worker that takes no more does not open what it took. */
    static RequestRefusedException closing() {
        return new RequestRefusedException(
                RequestRefusedException.Reason.CLOSED,
                "the graph was closed, or its worker stopped, before it could open the run");
    }

    static String where(QueuedRun request) {
        return "the queued run '" + request.requestId() + "' of thread '" + request.threadId() + "', workflow '"
                + request.workflow() + "', queue '" + request.queue() + "',";
    }
}
