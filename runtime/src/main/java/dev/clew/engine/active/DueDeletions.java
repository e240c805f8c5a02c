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
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.value.CodecException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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

    private static final long PAUSE_MICROS = PAUSE.toNanos() / 1_000;

    /** Looks are this part of a thread's time apart, so that one finds many. */
    private static final int LOOKS = 10;

    private final RunningHost host;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long nextLook = Long.MIN_VALUE;

    /** When to look for threads whose runs ended here, in microseconds. Guarded by itself. */
    private final TreeSet<Long> looks = new TreeSet<>();

    /** For the first of these looks. Guarded by them. */
    private @Nullable Future<?> alarm;

    /** Threads that could not be deleted, each of which is logged once. */
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();

    public DueDeletions(RunningHost host) {
        this.host = host;
    }

    /**
     * Plans the deletion of a thread whose run is over now without having been executed, and says when it is due; null if the thread
     * stays, or if that cannot be read.
     */
    @Nullable
    Instant plan(Checkpointer store, String threadId, RunRecord run) {
        List<CheckpointRecord> opening =
                store.checkpoints(CheckpointQuery.of(threadId).id(run.inputCheckpoint()));
        try {
            Duration after = opening.stream()
                    .flatMap(
                            one -> StoredSettings.deleteWhenDone(host.settings().codec(), threadId, one).stream())
                    .findFirst()
                    .orElse(null);
            if (after == null) {
                return null;
            }
            plan(after);
            return Time.toInstant(Time.due(time().micros(), after));
        } catch (CodecException unreadable) {
            LOG.warn("thread '{}' stays, because it cannot be read whether it was to be deleted", threadId, unreadable);
            return null;
        }
    }

    /** A run ends here whose thread is deleted after this time. */
    void plan(Duration after) {
        long pause = Math.max(PAUSE_MICROS, Time.due(0, after) / LOOKS);
        long due = Time.due(time().micros(), after);
        if (due > Long.MAX_VALUE - 2 * pause) {
            return;
        }
        synchronized (looks) {
            long look = (due / pause + 1) * pause;
            if (looks.add(look) && looks.first() == look) {
                setAlarm();
            }
        }
    }

    /** Under the lock of the looks. */
    private void setAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        long now = time().micros();
        alarm = looks.isEmpty()
                ? null
                : time().whileOpen(
                                Time.left(Math.max(looks.first(), now + 1), now),
                                () -> host.hand(this::planned, this::lookLater));
    }

    private void planned() {
        boolean isDue;
        synchronized (looks) {
            isDue = !looks.headSet(time().micros(), true).isEmpty();
            looks.headSet(time().micros(), true).clear();
            setAlarm();
        }
        if (isDue) {
            delete();
        }
    }

    /** The executor takes no work now; it may do so the next time. */
    private void lookLater(Throwable why) {
        LOG.debug("threads that are due are looked for a second later", why);
        synchronized (looks) {
            looks.add(time().micros() + PAUSE_MICROS);
            setAlarm();
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
            delete(store, page, now);
            page = page.size() < PAGE
                    ? List.of()
                    : store.threads(due.after(page.get(PAGE - 1).threadId()));
        }
    }

    /** Asks for the deletions of all these threads, so that they share commits, and waits for them. */
    private void delete(Checkpointer store, List<ThreadRecord> page, Instant now) {
        ThreadDeletion deletion = new ThreadDeletion(store, host.claims());
        Map<String, CompletionStage<Boolean>> asked = new LinkedHashMap<>();
        for (ThreadRecord thread : page) {
            if (host.isClosed()) {
                break;
            }
            unlessItFails(thread.threadId(), id -> asked.put(id, deletion.submitIfDue(thread, now)));
        }
        asked.forEach((threadId, done) -> unlessItFails(threadId, id -> {
            done.toCompletableFuture().join();
            stuck.remove(id);
        }));
    }

    private void unlessItFails(String threadId, Consumer<String> step) {
        try {
            step.accept(threadId);
        } catch (ThreadBusyException taken) {
            LOG.debug("thread '{}' stays, because a run of it executes", threadId, taken);
        } catch (RuntimeException broken) {
            if (stuck.add(threadId)) {
                LOG.warn(
                        "thread '{}' is due to be deleted, and could not be; each look tries it again",
                        threadId,
                        broken);
            }
        }
    }

    private Time time() {
        return host.settings().time();
    }
}
