package dev.clew.engine.queue;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.stored.StoredRun;
import dev.clew.queue.HeldRequest;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import java.util.List;
import java.util.Optional;

/** The requests that no worker takes before a person has acted. */
public record HeldRequests(RunningHost host) {
    private Checkpointer store() {
        return host.requireStore("queue");
    }

    /** Up to 1,000 held requests of a queue, with their causes. */
    public List<HeldRequest> of(String queue) {
        Checkpointer store = store();
        return store.queue().list(QueueQuery.all().queue(queue).state(RequestState.HELD)).stream()
                .map(row -> held(store, row))
                .toList();
    }

    private HeldRequest held(Checkpointer store, RequestRow row) {
        QueuedRun request = row.request();
        Optional<RunRecord> run =
                row.isOpened() ? store.run(request.threadId(), request.requestId()) : Optional.empty();
        Optional<RunRecord> rests = run.filter(one -> isHeldByItsRun(one.status()));
        String cause =
                rests.map(one -> cause(request, one)).orElseGet(() -> new QueuedRequests(host, store).cause(row));
        RunStatus status = rests.map(one -> RunStatus.of(one.status())).orElse(RunStatus.HELD);
        return new HeldRequest(request.threadId(), request.requestId(), request.workflow(), status, cause);
    }

    private String cause(QueuedRun request, RunRecord run) {
        return run.status() == ThreadStatus.STUCK
                ? "it was claimed " + StoredRun.MAX_STALLS + " times without progress"
                : StoredRun.detail(host.settings().codec(), request.threadId(), run)
                        .orElse("its code does not fit what it has recorded");
    }

    private static boolean isHeldByItsRun(ThreadStatus status) {
        return status == ThreadStatus.BLOCKED || status == ThreadStatus.STUCK;
    }

    /** Lets a held request be taken again, or continues its run as {@code Command.proceed()} does; false if it is not held. */
    public boolean retry(String threadId, String runId) {
        Checkpointer store = store();
        Optional<RequestRow> held = store.queue().find(threadId, runId).filter(row -> row.state() == RequestState.HELD);
        if (held.isEmpty()) {
            return false;
        }
        return store.queue().retry(threadId, runId)
                || new EnqueuedProceed(host, store, threadId, null, null).proceeds(runId);
    }
}
