package dev.clew.testing;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One process's way to the disk: it ends at the write at which the process crashes. */
final class CrashStore implements Checkpointer {
    private final Checkpointer disk;
    private final Crashes crashes;
    private boolean dead;
    private String point = "";
    /** Writes that need not be durable, where they are held back; a crash loses them. */
    private final List<Runnable> behind = new ArrayList<>();

    private Runnable onDeath = () -> {};

    CrashStore(Checkpointer disk, Crashes crashes) {
        this.disk = disk;
        this.crashes = crashes;
    }

    /** The process crashes here: nothing of it reaches the disk any more. */
    synchronized void die(String at) {
        if (!dead) {
            dead = true;
            behind.clear();
            point = at;
            onDeath.run();
        }
    }

    /** What is done as it dies; it must not wait. */
    synchronized void onDeath(Runnable action) {
        onDeath = action;
    }

    synchronized boolean isDead() {
        return dead;
    }

    synchronized CrashedException crashed() {
        return new CrashedException(point);
    }

    private synchronized <T> T stored(Write write, Function<Crashes.Verdict, T> storing) {
        if (dead) {
            throw crashed();
        }
        Crashes.Verdict verdict = crashes.write(write);
        if (verdict.before()) {
            die(verdict.text());
            throw crashed();
        }
        T stored = storing.apply(verdict);
        if (verdict.after()) {
            die(verdict.text());
            throw crashed();
        }
        return stored;
    }

    private synchronized void requireAlive() {
        if (dead) {
            throw crashed();
        }
    }

    @Override
    public Optional<Claim> claim(ClaimRequest request, Write first) {
        return stored(first, verdict -> disk.claim(request, first));
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        try {
            return stored(write, verdict -> {
                if (crashes.isWrittenBehind() && !durable && !verdict.after()) {
                    behind.add(() -> join(disk.write(claim, write, false)));
                    return CompletableFuture.completedFuture(null);
                }
                behind.forEach(Runnable::run);
                behind.clear();
                CompletionStage<Void> written = disk.write(claim, write, durable);
                if (verdict.after()) {
                    join(written);
                }
                return written;
            });
        } catch (CrashedException crash) {
            return CompletableFuture.failedFuture(crash);
        }
    }

    /** What is said to be stored when the process crashes, is. */
    private static void join(CompletionStage<Void> written) {
        try {
            written.toCompletableFuture().join();
        } catch (CompletionException refused) {
            throw new IllegalStateException("the write before a crash was refused", refused);
        }
    }

    @Override
    public Instant now() {
        requireAlive();
        return disk.now();
    }

    @Override
    public Optional<ThreadRecord> thread(String threadId) {
        requireAlive();
        return disk.thread(threadId);
    }

    @Override
    public Optional<RunRecord> run(String threadId, String runId) {
        requireAlive();
        return disk.run(threadId, runId);
    }

    @Override
    public List<RunRecord> runs(String threadId) {
        requireAlive();
        return disk.runs(threadId);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
        requireAlive();
        disk.scan(threadId, runId, fromSeq, consumer);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        requireAlive();
        disk.scan(threadId, runId, fromSeq, atMost, consumer);
    }

    @Override
    public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
        requireAlive();
        return disk.checkpoints(query);
    }

    @Override
    public List<ThreadRecord> threads(ThreadQuery query) {
        requireAlive();
        return disk.threads(query);
    }

    @Override
    public Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        requireAlive();
        return disk.renew(claims, lease);
    }

    @Override
    public boolean requestCancel(String threadId, long epoch) {
        requireAlive();
        return disk.requestCancel(threadId, epoch);
    }

    @Override
    public boolean addAnswers(
            String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        requireAlive();
        return disk.addAnswers(threadId, epoch, answers, request);
    }

    @Override
    public List<WaitingAnswer> answers(String threadId, String runId) {
        requireAlive();
        return disk.answers(threadId, runId);
    }

    @Override
    public boolean delete(Deletion deletion) {
        requireAlive();
        return disk.delete(deletion);
    }

    @Override
    public void scrub() {
        requireAlive();
        disk.scrub();
    }

    @Override
    public RunQueue queue() {
        requireAlive();
        return disk.queue();
    }

    @Override
    public ThreadIndex threadIndex() {
        requireAlive();
        return disk.threadIndex();
    }

    @Override
    public Tape tape() {
        requireAlive();
        return disk.tape();
    }

    @Override
    public Requests requests() {
        requireAlive();
        return disk.requests();
    }

    @Override
    public Schedules schedules() {
        requireAlive();
        return disk.schedules();
    }
}
