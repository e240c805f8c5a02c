package dev.clew.engine.active;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.caller.Relay;
import dev.clew.engine.request.Slot;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.world.Unwrapped;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Continues runs of this graph's workflows that no process executes: parked ones that are due, and crashed ones. It asks the store only
 * for what is due now, so that a parked run costs nothing before its time. Runs with a request of a queue are left to the queue. Several
 * processes may find the same run: the claim lets one of them continue it, and the others forget it. Thread-safe.
 */
public final class DueRuns {
    /** How late a parked run is before a worker takes it: until then it is left to the process that parked it, which may be alive. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Crashed runs are looked for less often, since the store has to look at all runs that execute. */
    private static final int CRASHED_EACH = 5;

    /** How long a run that could not be continued is left alone. */
    private static final long LEFT_ALONE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final RunningHost host;
    private final Duration grace;
    private final List<DueScan> scans;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Threads whose runs were begun here and hold a slot. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    /** Threads whose runs could not be continued here. */
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();

    private DueRuns(RunningHost host, boolean forWorkers) {
        this.host = host;
        this.grace = forWorkers ? GRACE : Duration.ZERO;
        DueScan parked = new DueScan(1, this::parked, this::isFree);
        this.scans =
                forWorkers ? List.of(new DueScan(CRASHED_EACH, this::crashed, this::isFree), parked) : List.of(parked);
    }

    /** Parked runs as soon as they are due, and no others. */
    static DueRuns parked(RunningHost host) {
        return new DueRuns(host, false);
    }

    /** What workers continue: parked runs that are late, and crashed ones. */
    public static DueRuns forWorkers(RunningHost host) {
        return new DueRuns(host, true);
    }

    /** Where runs are continued. */
    public interface Slots {
        /** Whether runs may be begun. */
        boolean isOpen();

        /** A run needs its slot no more, or waits for a queued run. */
        void freed();

        /** A run continues after such a wait, though all slots may be occupied. */
        void occupied();
    }

    private record Refused(String runId, long until) {}

    /**
     * Whether there may be something to continue: the pause after the last look is over, or it found more than there were slots.
     *
     * @param pause the caller's, which may be shorter than that of whoever looked last
     */
    public boolean isTime(Duration pause) {
        long now = nanos();
        return scans.stream().anyMatch(scan -> scan.isTime(now, nanos(pause)));
    }

    /**
     * Continues runs, each in a slot of the caller's. Nothing is begun while another thread looks.
     *
     * @param most how many slots are free
     * @param pause how long after this look the next one is
     * @param slots the caller's
     * @return how many were begun
     * @throws dev.clew.checkpoint.CheckpointException if the store fails; nothing was begun
     */
    public int begin(int most, Duration pause, Slots slots) {
        boolean none = most < 1 || host.isClosed() || host.workflows().all().isEmpty();
        if (none || !isTime(pause) || !looking.compareAndSet(false, true)) {
            return 0;
        }
        List<ThreadRecord> found;
        try {
            found = find(most, pause);
            // One that was answered and is due may have been found twice.
            found.removeIf(thread -> !slots.isOpen() || !begun.add(thread.threadId()));
        } finally {
            looking.set(false);
        }
        found.forEach(thread -> begin(workflow(thread), thread, slots));
        return found.size();
    }

    private List<ThreadRecord> find(int most, Duration pause) {
        Checkpointer store = host.requireStore("continuing what is due");
        long now = nanos();
        long pauseNanos = nanos(pause);
        refused.values().removeIf(one -> one.until() <= now);
        List<ThreadRecord> found = new ArrayList<>();
        scans.forEach(scan -> scan.take(store, now, pauseNanos, most, found));
        return found;
    }

    private ThreadQuery parked(Checkpointer store, boolean isFirst) {
        Instant late = store.now().minus(grace);
        return ofThisGraph(ThreadStatus.SLEEPING, ThreadStatus.INTERRUPTED, ThreadStatus.ANSWERED)
                .dueBefore(late);
    }

    /** The first time, there may be runs of an owner that is known to be gone before its lease has expired. */
    private ThreadQuery crashed(Checkpointer store, boolean isFirst) {
        return isFirst
                ? ofThisGraph(ThreadStatus.RUNNING, ThreadStatus.UNDOING, ThreadStatus.CRASHED, ThreadStatus.ANSWERED)
                : ofThisGraph(ThreadStatus.CRASHED, ThreadStatus.ANSWERED);
    }

    private ThreadQuery ofThisGraph(ThreadStatus... statuses) {
        return ThreadQuery.all()
                .workflow(host.workflows().names().toArray(String[]::new))
                .status(statuses)
                .limit(DueScan.PAGE);
    }

    /** Whether it could be continued here, as far as this process knows. */
    private boolean isFree(ThreadRecord thread) {
        String runId = thread.head().runId();
        Instant wakeAt = thread.head().wakeAt();
        Refused before = refused.get(thread.threadId());
        return runId != null
                && !thread.isQueued()
                && !begun.contains(thread.threadId())
                && !host.backlog().has(thread.threadId(), runId)
                && (before == null || !before.runId().equals(runId))
                && !host.claims().isOwned(thread)
                && (wakeAt == null || !host.sleepers().knows(thread.threadId(), runId, wakeAt));
    }

    private RunWorkflow<?, ?> workflow(ThreadRecord thread) {
        return Objects.requireNonNull(host.workflows().get(thread.workflow()), thread.workflow());
    }

    private <O extends @Nullable Object> void begin(RunWorkflow<?, O> workflow, ThreadRecord thread, Slots slots) {
        String threadId = thread.threadId();
        String runId = String.valueOf(thread.head().runId());
        CompletableFuture<RunResult<O>> result = Promise.handedOut();
        Backlog backlog = host.backlog();
        Slot slot = new Slot(
                () -> {
                    begun.remove(threadId);
                    slots.freed();
                },
                slots::occupied);
        backlog.occupy(result, slot);
        Relay.engineStage(result);
        CompletableFuture<?> unusedStage = result.whenComplete((value, failed) -> {
            if (failed != null && !(Unwrapped.of(failed) instanceof ThreadBusyException)) {
                refused.put(threadId, new Refused(runId, nanos() + LEFT_ALONE_NANOS));
            }
            backlog.left(result);
        });
        host.hand(() -> backlog.begin(workflow, threadId, runId, result), result::completeExceptionally);
    }

    private static long nanos(Duration pause) {
        return Math.min(Spans.nanos(pause), LONGEST_PAUSE.toNanos());
    }

    private long nanos() {
        return host.settings().time().nanos();
    }
}
