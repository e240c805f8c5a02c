package dev.clew.sim;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.index.RequestRecord;
import dev.clew.index.Requests;
import dev.clew.index.Tape;
import dev.clew.index.ThreadIndex;
import dev.clew.queue.RunQueue;
import dev.clew.schedule.Schedules;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process's way to the disk: a writer that commits in groups, which may be slow, and may fail. */
final class Door implements Checkpointer {
    private final Scheduler scheduler;
    private final Disk disk;
    private final Host host;
    private final Random random;
    private final RunQueue queues;
    private final Deque<Request<?>> queue = new ArrayDeque<>();
    private final Set<Claim> broken = new HashSet<>();
    private boolean writing;
    private Fault next = Fault.NONE;
    private long brokenUntil;
    private long slowUntil;
    private boolean shut;
    private boolean held;

    /** What happens to the next change. */
    enum Fault {
        NONE,
        /** It is not made, and fails. */
        FAILS,
        /** It is made, and fails. */
        FAILS_STORED
    }

    private record Request<T>(Claim claim, boolean durable, Supplier<T> change, CompletableFuture<T> done) {}

    Door(Scheduler scheduler, Disk disk, Host host, Random random) {
        this.scheduler = scheduler;
        this.disk = disk;
        this.host = host;
        this.random = random;
        this.queues = new QueueDoor(this, disk, random);
    }

    void fail(Fault fault) {
        next = fault;
    }

    /** Nothing can be read or written for so long. */
    void breakFor(Duration length) {
        brokenUntil = scheduler.nanos() + length.toNanos();
    }

    /** Each commit takes long, for so long. */
    void slowFor(Duration length) {
        slowUntil = scheduler.nanos() + length.toNanos();
    }

    /** From now on nothing is committed while a run waits for a reader. */
    void holdForReaders(boolean hold) {
        held = hold;
    }

    /** Nobody gives turns any more. */
    void shut() {
        shut = true;
    }

    Checkpointer read() {
        if (shut) {
            throw new CheckpointException("the process is gone");
        }
        scheduler.yieldTurn();
        requireWorks();
        return disk.store();
    }

    private void requireWorks() {
        if (scheduler.nanos() < brokenUntil) {
            throw new CheckpointException("the disk is gone");
        }
    }

    /** Takes no turn: whatever a process does, it may look at the clock. */
    @Override
    public Instant now() {
        requireWorks();
        return disk.store().now();
    }

    @Override
    public Optional<ThreadRecord> thread(String threadId) {
        return read().thread(threadId);
    }

    @Override
    public Optional<RunRecord> run(String threadId, String runId) {
        return read().run(threadId, runId);
    }

    @Override
    public List<RunRecord> runs(String threadId) {
        return read().runs(threadId);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
        read().scan(threadId, runId, fromSeq, consumer);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        read().scan(threadId, runId, fromSeq, atMost, consumer);
    }

    @Override
    public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
        return read().checkpoints(query);
    }

    @Override
    public List<ThreadRecord> threads(ThreadQuery query) {
        return read().threads(query);
    }

    @Override
    public Optional<Claim> claim(ClaimRequest request, Write first) {
        Fiber asker = scheduler.current();
        Optional<Claim> claim = await(enqueue(null, true, () -> disk.claim(request, first)));
        boolean changes =
                first.run() != null || first.head() != null || !first.log().isEmpty();
        // What somebody asked for before may be done on this occasion.
        changes &= first.head() == null || first.head().status() != ThreadStatus.CANCELLED;
        asker.writes += claim.isPresent() && changes ? 1 : 0;
        return claim;
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        scheduler.current().writes++;
        return enqueue(claim, durable, () -> {
            disk.write(claim, write);
            return null;
        });
    }

    @Override
    public Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        scheduler.yieldTurn();
        requireWorks();
        Map<Claim, LeaseState> found = disk.renew(claims, lease);
        scheduler.yieldTurn();
        return found;
    }

    @Override
    public boolean requestCancel(String threadId, long epoch) {
        return change(() -> disk.requestCancel(threadId, epoch));
    }

    @Override
    public boolean addAnswers(
            String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        Fiber asker = scheduler.current();
        boolean added = change(() -> disk.addAnswers(threadId, epoch, answers, request));
        asker.writes += added ? 1 : 0;
        return added;
    }

    @Override
    public List<WaitingAnswer> answers(String threadId, String runId) {
        return read().answers(threadId, runId);
    }

    @Override
    public RunQueue queue() {
        return queues;
    }

    /** Nothing is scheduled yet, either. */
    @Override
    public Schedules schedules() {
        return disk.store().schedules();
    }

    @Override
    public boolean delete(Deletion deletion) {
        return change(() -> disk.delete(deletion));
    }

    /** Changes what no claim guards, durably. */
    <T> T change(Supplier<T> what) {
        return await(enqueue(null, true, what));
    }

    private <T> T await(CompletableFuture<T> done) {
        try {
            return scheduler.join(done);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof CheckpointException known) {
                throw known;
            }
            throw failed;
        }
    }

    // --- the writer ---

    private <T> CompletableFuture<T> enqueue(Claim claim, boolean durable, Supplier<T> change) {
        Request<T> request = new Request<>(claim, durable, change, new CompletableFuture<>());
        if (scheduler.current().killed) {
            throw new Killed();
        }
        queue.add(request);
        if (!writing) {
            writing = true;
            scheduler.spawn(host, "writer", this::write);
        }
        return request.done();
    }

    private void write() {
        while (!queue.isEmpty()) {
            if (scheduler.nanos() < slowUntil) {
                scheduler.sleep(random.nextInt(20) == 0 ? 1_500_000_000L : random.nextInt(40_000_000));
            } else {
                scheduler.yieldTurn();
            }
            while (held && scheduler.awaitsReader()) {
                scheduler.sleep(1_000_000);
            }
            commit();
        }
        writing = false;
    }

    private void commit() {
        List<Runnable> tell = new ArrayList<>();
        boolean durable = false;
        for (int size = 1 + random.nextInt(queue.size()); size > 0; size--) {
            Request<?> request = queue.remove();
            durable |= request.durable();
            tell.add(made(request));
        }
        if (durable) {
            scheduler.yieldTurn();
            disk.sync();
        }
        for (Runnable told : tell) {
            scheduler.yieldTurn();
            told.run();
        }
    }

    /** Makes a change, or not; what is to be told of it. */
    private <T> Runnable made(Request<T> request) {
        Fault fault = next;
        next = Fault.NONE;
        boolean gone = scheduler.nanos() < brokenUntil || request.claim() != null && broken.contains(request.claim());
        CheckpointException failure = new CheckpointException("the disk is full");
        if (gone || fault == Fault.FAILS) {
            failed(request);
            return () -> request.done().completeExceptionally(failure);
        }
        try {
            T made = request.change().get();
            if (fault == Fault.FAILS_STORED) {
                failed(request);
                return () -> request.done().completeExceptionally(failure);
            }
            return () -> request.done().complete(made);
        } catch (CheckpointException refused) {
            failed(request);
            return () -> request.done().completeExceptionally(refused);
        }
    }

    private void failed(Request<?> request) {
        if (request.claim() != null) {
            broken.add(request.claim());
        }
    }

    @Override
    public ThreadIndex threadIndex() {
        return disk.store().threadIndex();
    }

    @Override
    public Tape tape() {
        return disk.store().tape();
    }

    @Override
    public Requests requests() {
        return disk.store().requests();
    }
}
