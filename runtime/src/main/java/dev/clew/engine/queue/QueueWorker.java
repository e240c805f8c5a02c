package dev.clew.engine.queue;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.active.DueRuns;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.caller.Relay;
import dev.clew.engine.request.OtherDeployments;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.Slot;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.schedule.ScheduleFirer;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Unwrapped;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.Worker;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.ThreadQuery;
import dev.clew.value.CodecException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes runs from a queue and executes them, a number at a time. Runs without a request that are due or have crashed come first, in the
 * same slots. It looks when something becomes ready here, when a slot is free again, and after each pause of its own. One thread at a
 * time looks.
 */
public final class QueueWorker implements AutoCloseable {
    /** How long what is taken stays reserved until it is opened. */
    private static final Duration RESERVATION = Duration.ofSeconds(10);

    /** How many are taken at once at most, so that other workers get some, too. */
    private static final int BATCH = 64;

    private final RunningHost host;
    private final Checkpointer store;
    private final RunQueue queue;
    private final QueuedRequests requests;
    private final OtherDeployments others;
    private final UnopenedRequests unopened;
    private final GoneOwners gone;
    private final Worker worker;
    private final ScheduleFirer schedules;
    private final DueRuns due;
    private final DueRuns.Slots slots = new OwnSlots();
    private final AutoCloseable hints;

    /** What was taken and is not being opened yet: whoever removes a request from here opens it, or gives it back. */
    private final Map<TakenRequest, RequestRow> unstarted = new ConcurrentHashMap<>();

    // Guarded by this object.
    private int running;
    /** How many of these slots are kept for a take that is under way. */
    private int asked;

    private boolean looking;
    private boolean again;
    private @Nullable Future<?> alarm;

    private volatile boolean closed;

    /** Whether it takes nothing, until it is started again. */
    private volatile boolean stopped;

    /** Whether it was closed in good order. */
    private volatile boolean left;

    QueueWorker(RunningHost host, Checkpointer store, Worker worker, ScheduleFirer schedules, DueRuns due) {
        this.host = host;
        this.store = store;
        this.queue = store.queue();
        this.requests = new QueuedRequests(host, store);
        this.others = new OtherDeployments(host.settings().deployment(), host.owner(), store, worker.pollEvery());
        this.unopened = new UnopenedRequests(host, store, others);
        this.gone = new GoneOwners(host, store, worker.queue());
        this.worker = worker;
        this.schedules = schedules;
        this.due = due;
        this.hints = queue.onReady(worker.queue(), this::lookSoon);
    }

    /** Begins to take runs. */
    void begin() {
        tendSoon();
    }

    // --- when to look ---

    private void tendSoon() {
        if (isTaking()) {
            host.hand(this::tend, this::refused);
        }
    }

    /** A look that moves what is due as well; the next one follows after a pause. */
    private void tend() {
        try {
            if (isTaking()) {
                schedules.fireDue();
                host.deletions().look();
                unopened.giveBackAgain();
                gone.takeOver(() -> !isTaking());
                int ready = queue.tend(new WorkerRecord(
                        host.owner(),
                        worker.queue(),
                        host.workflows().names(),
                        worker.concurrency(),
                        store.now(),
                        host.settings().deployment()));
                if (left || stopped) {
                    // The worker was closed or stopped meanwhile, and registered itself again.
                    queue.leave(host.owner(), worker.queue());
                } else if (ready > 0 || due.isTime(worker.pollEvery())) {
                    look();
                }
            }
        } catch (CheckpointException unwell) {
            LOG.warn(
                    "queue '{}' could not be looked at; the next look is in {}",
                    worker.queue(),
                    worker.pollEvery(),
                    unwell);
        } finally {
            scheduleLook();
        }
    }

    private synchronized void scheduleLook() {
        if (isTaking()) {
            if (alarm != null) {
                // A refusal may have set one, too: there is one look after each pause, however many asked for it.
                alarm.cancel(false);
            }
            alarm = host.settings().time().whileOpen(worker.pollEvery(), this::tendSoon);
        }
    }

    private void lookSoon() {
        if (!isTaking()) {
            return;
        }
        synchronized (this) {
            if (looking) {
                again = true;
                return;
            }
        }
        host.hand(this::look, this::refused);
    }

    /** The executor takes no work now; it may do so the next time. */
    private void refused(Throwable why) {
        if (isTaking()) {
            LOG.warn("the executor takes no work, so queue '{}' waits", worker.queue(), why);
            scheduleLook();
        }
    }

    /** Takes as long as there is something to take, and a free slot. */
    private void look() {
        synchronized (this) {
            if (looking) {
                again = true;
                return;
            }
            looking = true;
        }
        boolean more = true;
        while (more) {
            boolean full = takeSome();
            synchronized (this) {
                more = (full || again) && isTaking() && running < worker.concurrency();
                again = false;
                looking = more;
            }
        }
    }

    /** Takes some; true if there may be more. */
    private boolean takeSome() {
        int free;
        synchronized (this) {
            free = isTaking() ? Math.max(0, Math.min(BATCH, worker.concurrency() - running)) : 0;
            running += free;
            asked = free;
        }
        if (free == 0) {
            return false;
        }
        int continued = continueDue(free);
        int taken = free > continued ? take(free - continued) : 0;
        synchronized (this) {
            running -= free - continued - taken;
            asked = 0;
        }
        return continued + taken == free;
    }

    /** Continues what no queue has, first: requests may wait behind it, and what is in a queue would never leave it a slot. */
    private int continueDue(int free) {
        try {
            int begun = due.begin(free, worker.pollEvery(), slots);
            occupiedAsAsked(begun);
            return begun;
        } catch (RuntimeException | Error unwell) {
            LOG.warn("runs that are due could not be looked for; the next look is in {}", worker.pollEvery(), unwell);
            return 0;
        }
    }

    /** Takes requests, and starts them. */
    private int take(int most) {
        List<RequestRow> taken = List.of();
        Map<String, ThreadRecord> threads = Map.of();
        boolean seen = false;
        try {
            taken = queue.take(new TakeRequest(
                    host.owner(),
                    worker.queue(),
                    host.workflows().names(),
                    most,
                    RESERVATION,
                    host.settings().deployment()));
            threads = threads(taken);
            seen = true;
        } catch (RuntimeException | Error unwell) {
            LOG.warn(
                    "nothing could be taken from queue '{}'; the next look is in {}",
                    worker.queue(),
                    worker.pollEvery(),
                    unwell);
        }
        occupiedAsAsked(taken.size());
        for (RequestRow row : taken) {
            start(row, seen ? Optional.ofNullable(threads.get(row.request().threadId())) : null);
        }
        return taken.size();
    }

    /** The threads of what was taken, read at once; those that never ran are not there. */
    private Map<String, ThreadRecord> threads(List<RequestRow> taken) {
        if (taken.isEmpty()) {
            return Map.of();
        }
        Set<String> ids = new HashSet<>();
        taken.forEach(row -> ids.add(row.request().threadId()));
        Map<String, ThreadRecord> threads = new HashMap<>();
        store.threads(ThreadQuery.all().ids(ids).limit(ids.size()))
                .forEach(thread -> threads.put(thread.threadId(), thread));
        return threads;
    }

    private void freed() {
        synchronized (this) {
            running--;
        }
        lookSoon();
    }

    private synchronized void occupied() {
        running++;
    }

    /** So many of the slots that were kept have runs now. */
    private synchronized void occupiedAsAsked(int runs) {
        asked -= runs;
    }

    /** For the runs that are continued beside the queue. */
    private final class OwnSlots implements DueRuns.Slots {
        @Override
        public boolean isOpen() {
            return isTaking();
        }

        @Override
        public void freed() {
            QueueWorker.this.freed();
        }

        @Override
        public void occupied() {
            QueueWorker.this.occupied();
        }
    }

    // --- what is taken ---

    @SuppressWarnings("NullableOptional") // not read, and not there, are two things
    private void start(RequestRow row, @Nullable Optional<ThreadRecord> seen) {
        TakenRequest taken = new TakenRequest(row, seen, others, new Slot(this::freed, this::occupied));
        unstarted.put(taken, row);
        if (!isTaking()) {
            giveBackUnstarted();
            return;
        }
        host.hand(
                () -> {
                    if (!isTaking()) {
                        giveBackUnstarted();
                    } else if (unstarted.remove(taken) != null) {
                        start(row, taken);
                    }
                },
                lost -> {
                    unstarted.remove(taken);
                    end(row, taken, lost);
                });
    }

    /** Gives back what was taken and is not being opened. */
    private void giveBackUnstarted() {
        for (TakenRequest taken : List.copyOf(unstarted.keySet())) {
            RequestRow row = unstarted.remove(taken);
            if (row != null) {
                end(row, taken, UnopenedRequests.closing());
            }
        }
    }

    private void start(RequestRow row, TakenRequest taken) {
        QueuedRun request = row.request();
        RunWorkflow<?, ?> workflow = host.workflows().get(request.workflow());
        if (workflow == null) {
            throw new IllegalStateException(
                    "the queue gave a run of workflow '" + request.workflow() + "', which was not asked for");
        }
        start(workflow, row, taken);
    }

    private <O extends @Nullable Object> void start(RunWorkflow<?, O> workflow, RequestRow row, TakenRequest taken) {
        QueuedRun request = row.request();
        RunConfig config;
        Request wanted;
        try {
            config = row.isOpened() ? RunConfig.thread(request.threadId()) : requests.config(request);
            wanted = row.isOpened() ? new Request.Wake(request.requestId()) : requests.input(workflow, request);
        } catch (CodecException unreadable) {
            end(row, taken, unreadable);
            return;
        }
        CompletableFuture<RunResult<O>> result = Promise.handedOut();
        Relay.engineStage(result);
        CompletableFuture<?> unusedStage = result.whenComplete((value, failed) -> end(row, taken, failed));
        CompletableFuture<?> unusedResult = host.admit(workflow, wanted, config, result, taken);
    }

    /** The request needs this worker no more: its run rests, or it was not opened. */
    private void end(RequestRow row, TakenRequest taken, @Nullable Throwable failed) {
        LastResort.around(
                        () -> {
                            if (!taken.hasBegun()) {
                                unopened.add(row, failed == null ? null : Unwrapped.of(failed));
                            }
                        },
                        unwell -> LOG.warn(
                                "{} could not be given back to its queue; it is taken again when its reservation ends",
                                UnopenedRequests.where(row.request()),
                                unwell))
                .run();
        taken.leave();
    }

    /** Takes nothing more until it is started, and gives back at once what it has not begun to open. What executes continues. */
    public void stop() {
        host.requireOpen();
        synchronized (this) {
            stopped = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
        giveBackUnstarted();
        leave();
    }

    /** Takes again what is ready. */
    public void start() {
        host.requireOpen();
        synchronized (this) {
            if (!stopped) {
                return;
            }
            stopped = false;
        }
        tendSoon();
    }

    /** Whether it takes runs. */
    public boolean isTaking() {
        return !closed && !stopped;
    }

    /** How many runs it executes, or is about to. */
    public synchronized int running() {
        // What a take finds that was under way at the stop is not known yet.
        return stopped ? running : running - asked;
    }

    private void leave() {
        LastResort.around(
                        () -> queue.leave(host.owner(), worker.queue()),
                        unwell -> LOG.debug("worker of queue '{}' could not leave", worker.queue(), unwell))
                .run();
    }

    /** Takes nothing more, as if the process had died: the queue is not notified. */
    void crash() {
        closed = true;
    }

    /** Takes nothing more. What executes continues until the graph ends it. */
    @Override
    public void close() {
        left = true;
        closed = true;
        synchronized (this) {
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
        LastResort.around(
                        () -> {
                            try {
                                hints.close();
                            } catch (Exception unclosed) {
                                throw new IllegalStateException("hints could not be ended", unclosed);
                            }
                        },
                        unwell -> LOG.debug("worker of queue '{}' still gets hints", worker.queue(), unwell))
                .run();
        leave();
    }
}
