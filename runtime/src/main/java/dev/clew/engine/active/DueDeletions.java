package dev.clew.engine.active;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.stored.StoredSettings;
import dev.clew.engine.stored.ThreadDeletion;
import dev.clew.engine.world.Time;
import dev.clew.flow.ThreadBusyException;
import dev.clew.queue.QueueQuery;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.value.CodecException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes threads some time after their run is over, if its configuration said so. The moment is in the thread's row, and whoever looks
 * next deletes the thread: a worker, a recovery, or the graph in which the run ended. Thread-safe.
 */
public final class DueDeletions {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private static final int PAGE = 1_000;

    /** Two looks of one graph have at least this between them. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A thread may stay longer than was said by its time divided by this, so that one look finds many. */
    private static final int SLACK = 10;

    private final RunningHost host;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long nextLook = Long.MIN_VALUE;

    // Guarded by this object.
    private Instant latest = Instant.MIN;
    private boolean planned;

    public DueDeletions(RunningHost host) {
        this.host = host;
    }

    /** When a thread is due whose run is over now; null if it stays, or if what was said of it cannot be read. */
    @Nullable
    Instant at(Checkpointer store, String threadId, RunRecord run) {
        List<CheckpointRecord> opening =
                store.checkpoints(CheckpointQuery.of(threadId).id(run.inputCheckpoint()));
        try {
            return opening.stream()
                    .flatMap(
                            one -> StoredSettings.deleteWhenDone(host.settings().codec(), threadId, one).stream())
                    .map(after -> Time.toInstant(Time.due(time().micros(), after)))
                    .findFirst()
                    .orElse(null);
        } catch (CodecException unreadable) {
            LOG.warn("thread '{}' stays, because it cannot be read whether it was to be deleted", threadId, unreadable);
            return null;
        }
    }

    /** A run ended here whose thread is deleted after this time. */
    void plan(Duration after) {
        Instant due = Time.toInstant(Time.due(time().micros(), after));
        synchronized (this) {
            latest = due.isAfter(latest) ? due : latest;
            if (planned) {
                return;
            }
            planned = true;
        }
        lookAfter(longer(after));
    }

    private static Duration longer(Duration after) {
        Duration slack = after.dividedBy(SLACK);
        return after.plus(slack.compareTo(PAUSE) < 0 ? PAUSE : slack);
    }

    private void lookAfter(Duration pause) {
        Future<?> unused = time().whileOpen(pause, () -> host.hand(this::planned, lost -> lookAfter(pause)));
    }

    private void planned() {
        Duration left = Duration.ZERO;
        try {
            delete();
        } finally {
            synchronized (this) {
                left = Duration.between(Time.toInstant(time().micros()), latest);
                planned = !left.isNegative();
            }
        }
        if (!left.isNegative()) {
            lookAfter(longer(left.dividedBy(SLACK)));
        }
    }

    /** Has the executor delete what is due, unless this graph has looked just now. */
    public void look() {
        if (nextLook <= time().nanos() && looking.compareAndSet(false, true)) {
            host.hand(this::looked, lost -> looking.set(false));
        }
    }

    private void looked() {
        try {
            delete();
        } finally {
            nextLook = time().nanos() + PAUSE.toNanos();
            looking.set(false);
        }
    }

    /** Deletes what is due. A store that fails is logged: the next look deletes it. */
    public void delete() {
        Checkpointer store = host.settings().checkpointer();
        if (store == null || host.isClosed()) {
            return;
        }
        try {
            delete(store);
        } catch (CheckpointException unwell) {
            LOG.warn("threads that are due could not be deleted; the next look tries it again", unwell);
        }
    }

    private void delete(Checkpointer store) {
        Instant now = store.now();
        ThreadQuery due = ThreadQuery.all()
                .status(ThreadStatus.IDLE, ThreadStatus.CANCELLED, ThreadStatus.UNDONE)
                .workflow(host.workflows().names().toArray(String[]::new))
                .dueBefore(now)
                .limit(PAGE);
        List<ThreadRecord> page = store.threads(due);
        while (!page.isEmpty()) {
            page.forEach(thread -> delete(store, thread.threadId(), now));
            page = page.size() < PAGE
                    ? List.of()
                    : store.threads(due.after(page.get(PAGE - 1).threadId()));
        }
    }

    private void delete(Checkpointer store, String threadId, Instant now) {
        if (host.isClosed() || hasLine(store, threadId)) {
            return;
        }
        try {
            boolean unused = new ThreadDeletion(store, host.claims()).deleteIfDue(threadId, now);
        } catch (ThreadBusyException taken) {
            LOG.debug("thread '{}' stays, because a run of it executes", threadId, taken);
        }
    }

    /** Whether requests of its queue wait for the thread. The run that one of them opens says anew what becomes of the thread. */
    private static boolean hasLine(Checkpointer store, String threadId) {
        return store.queue().list(QueueQuery.all().thread(threadId).limit(PAGE)).stream()
                .anyMatch(row -> !row.state().isOver());
    }

    private Time time() {
        return host.settings().time();
    }
}
