package dev.clew.sim;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.flow.Durability;
import dev.clew.index.RequestRecord;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.ReadyHints;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.WorkerRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The database that all processes share. What was not synced is gone when the power goes. */
final class Disk {
    private final Scheduler scheduler;
    private final World world;
    private final Durability durability;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Claim> owners = new HashMap<>();
    private final Ledger ledger = new Ledger();
    private final Lines lines;
    private final ReadyHints hints = new ReadyHints();
    private Checkpointer store;
    private int synced;
    private Instant replaying;
    private boolean lies;
    private boolean ready;
    private QueueFault fault = QueueFault.NONE;
    private int enqueued;

    /** What a queue may do wrong, which the simulation has to find. */
    enum QueueFault {
        NONE,
        /** It says that a request is stored, and it is not. */
        LOSES,
        /** It lets a request join its line later than it should. */
        MISPLACES,
        /** It knows no limits. */
        KNOWS_NO_LIMITS,
        /** What was taken, and not opened, stays where it is. */
        FREES_NOTHING
    }

    /** What was done, and when, so that it can be done again. */
    private record Change(Instant at, Function<Checkpointer, Object> what) {}

    Disk(Scheduler scheduler, World world, Durability durability) {
        this.scheduler = scheduler;
        this.world = world;
        this.durability = durability;
        this.lines = new Lines(world);
        this.store = emptyStore();
    }

    private Checkpointer emptyStore() {
        Checkpointer empty = Checkpointer.inMemory(clock());
        AutoCloseable unused = empty.queue().onReady(Demand.QUEUE, () -> ready = replaying == null);
        return empty;
    }

    private Clock clock() {
        Clock now = scheduler.clock();
        return new Clock() {
            @Override
            public Instant instant() {
                return replaying == null ? now.instant() : replaying;
            }

            @Override
            public ZoneId getZone() {
                return now.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("always UTC");
            }
        };
    }

    /** From now on the last changes are lost with the power although they were synced. */
    void lie() {
        lies = true;
    }

    /** From now on its queues do this wrong. */
    void err(QueueFault what) {
        fault = what;
    }

    Ledger ledger() {
        return ledger;
    }

    /** What can be read now. */
    Checkpointer store() {
        return store;
    }

    Optional<Claim> claim(ClaimRequest request, Write first) {
        return change(on -> {
            Optional<Claim> claim = on.claim(request, first);
            claim.ifPresent(owner -> {
                owners.put(owner.threadId(), owner);
                if (request.request() != null) {
                    lines.opened(owner.threadId(), request.request());
                }
                stored(owner, first);
            });
            return claim;
        });
    }

    void write(Claim claim, Write write) {
        change(on -> {
            boolean mine = claim.equals(owners.get(claim.threadId()));
            try {
                on.write(claim, write, true).toCompletableFuture().join();
            } catch (CompletionException refused) {
                boolean lost = refused.getCause() instanceof LeaseLostException;
                world.check(lost || !mine, "the log of %s was written out of order: %s", claim, refused.getCause());
                throw (CheckpointException) refused.getCause();
            }
            world.check(mine, "P4: %s wrote, and the owner is %s", claim, owners.get(claim.threadId()));
            stored(claim, write);
            return null;
        });
    }

    private void stored(Claim claim, Write write) {
        boolean all = write.head() != null || write.release();
        world.check(durability != Durability.EXIT || write.log().isEmpty() || all, "P3: EXIT stored a part, %s", write);
        world.stored(claim, write);
        ledger.stored(claim, write);
    }

    Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        List<Claim> kept = List.copyOf(claims);
        return change(on -> on.renew(kept, lease));
    }

    boolean requestCancel(String threadId, long epoch) {
        return change(on -> on.requestCancel(threadId, epoch));
    }

    boolean addAnswers(String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        return change(on -> on.addAnswers(threadId, epoch, answers, request));
    }

    // --- queues ---

    Lines lines() {
        return lines;
    }

    boolean retry(String threadId, String requestId, @Nullable RequestRecord record) {
        return change(on -> on.queue().retry(threadId, requestId, record));
    }

    Enqueued enqueue(QueuedRun request, WhenOccupied occupied, RequestRecord record) {
        if (fault == QueueFault.LOSES && ++enqueued % 3 == 0) {
            return Enqueued.ADDED;
        }
        return change(on -> {
            Enqueued what = on.queue().enqueue(wrong(request), occupied, record);
            if (what == Enqueued.ADDED) {
                lines.joined(request);
            }
            return what;
        });
    }

    private QueuedRun wrong(QueuedRun request) {
        return fault != QueueFault.MISPLACES || request.requestId().hashCode() % 2 == 0
                ? request
                : new QueuedRun(
                        request.threadId(),
                        request.requestId(),
                        request.queue(),
                        request.workflow(),
                        request.priority(),
                        request.concurrencyKey(),
                        request.abandons(),
                        Duration.ofMillis(300),
                        request.config(),
                        request.input());
    }

    List<RequestRow> take(TakeRequest request) {
        return change(on -> {
            List<RequestRow> rows = on.queue().take(request);
            QueueQuery running = QueueQuery.all().queue(request.queue()).state(RequestState.TAKEN);
            lines.taken(
                    rows,
                    on.queue().list(running),
                    on.queue().state(request.queue()).settings());
            return rows;
        });
    }

    boolean end(String threadId, String requestId, RequestState state, byte[] detail) {
        return change(on -> {
            boolean ended = on.queue().end(threadId, requestId, state, detail);
            if (ended) {
                lines.ended(threadId, requestId);
            }
            return ended;
        });
    }

    void giveBack(GiveBack taken) {
        queueChange(queue -> queue.giveBack(taken));
    }

    void configure(String queue, QueueSettings settings) {
        QueueSettings stored = fault == QueueFault.KNOWS_NO_LIMITS ? QueueSettings.NONE : settings;
        queueChange(on -> on.configure(queue, stored));
    }

    int tend(WorkerRecord worker) {
        if (fault == QueueFault.FREES_NOTHING) {
            return 0;
        }
        return change(on -> on.queue().tend(worker));
    }

    void leave(String owner, String queue) {
        queueChange(on -> on.leave(owner, queue));
    }

    private void queueChange(Consumer<RunQueue> what) {
        Object unused = change(on -> {
            what.accept(on.queue());
            return true;
        });
    }

    /** Hints of all processes, which real ones have of their own only; each may be lost. */
    AutoCloseable onReady(String queue, Runnable hint) {
        return hints.add(queue, hint);
    }

    boolean delete(Deletion deletion) {
        return change(on -> on.delete(deletion));
    }

    @SuppressWarnings("unchecked")
    private <T> T change(Function<Checkpointer, Object> what) {
        changes.add(new Change(scheduler.now(), what));
        T made = (T) what.apply(store);
        if (ready) {
            ready = false;
            hints.publishAll();
        }
        return made;
    }

    /** All that was done until now survives power loss. */
    void sync() {
        synced = lies ? Math.max(synced, changes.size() - 4) : changes.size();
    }

    /** The power is gone and back. */
    void losePower() {
        List<Change> kept = List.copyOf(changes.subList(0, synced));
        store = emptyStore();
        owners.clear();
        world.forget();
        ledger.forget();
        lines.forget();
        for (Change change : kept) {
            replaying = change.at();
            try {
                Object unused = change.what().apply(store);
            } catch (CheckpointException again) {
                scheduler.note("it is refused again");
            }
        }
        replaying = null;
        changes.clear();
        changes.addAll(kept);
    }
}
