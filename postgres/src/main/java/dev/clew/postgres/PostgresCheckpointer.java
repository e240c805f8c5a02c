package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Commits;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.StoreWarning;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The checkpointer of a schema: claims and writes go to the writer of their thread, all else to the readers' connections. */
final class PostgresCheckpointer implements Checkpointer {
    private final List<Writer> writers;
    private final Pool readers;
    private final Pool renewers;
    private final StoreTime time;
    private final PostgresQueue queue;
    private final PostgresSchedules schedules;
    private final GroupedDeletions deletions;

    PostgresCheckpointer(List<Writer> writers, Pool readers, Pool renewers, StoreTime time, PostgresQueue queue) {
        this.writers = writers;
        this.readers = readers;
        this.renewers = renewers;
        this.time = time;
        this.queue = queue;
        this.schedules = new PostgresSchedules(readers, queue, time);
        this.deletions = new GroupedDeletions(readers, time);
    }

    @Override
    public Instant now() {
        return renewers.urgent("reading the clock", time::read);
    }

    @Override
    public Optional<ThreadRecord> thread(String threadId) {
        return readers.call("reading a thread", session -> ThreadRows.find(session, threadId, time));
    }

    @Override
    public Optional<RunRecord> run(String threadId, String runId) {
        return readers.call("reading a run", session -> RunRows.find(session, threadId, runId));
    }

    @Override
    public List<RunRecord> runs(String threadId) {
        return readers.call("reading runs", session -> RunRows.all(session, threadId));
    }

    /** The consumer is called when the scan is over, so that it may take its time and call back. */
    @Override
    public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
        scan(threadId, runId, fromSeq, Integer.MAX_VALUE, consumer);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        readers.call("scanning a log", session -> RunRows.scan(session, threadId, runId, fromSeq, atMost))
                .forEach(consumer);
    }

    @Override
    public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
        return readers.call("listing checkpoints", session -> CheckpointRows.find(session, query));
    }

    @Override
    public List<ThreadRecord> threads(ThreadQuery query) {
        return readers.call("listing threads", session -> ThreadRows.list(session, query, time));
    }

    @Override
    public Optional<Claim> claim(ClaimRequest request, Write first) {
        Texts.requireFits("thread id", request.threadId(), Texts.LONGEST_THREAD_ID);
        requireFits(first);
        Writer writer = writer(request.threadId());
        writer.requireMayWait();
        Request claim = Request.claim(request, first);
        writer.submitAwaited(claim);
        try {
            Optional<Claim> made = claim.result().join();
            if (claim.readied().get()) {
                queue.publishReady();
            }
            return made;
        } catch (CompletionException e) {
            if (e.getCause() instanceof CheckpointException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        Request request = Request.write(claim, write, durable);
        CompletableFuture<Void> stage = stage(request);
        writer(claim.threadId()).submit(request);
        return stage;
    }

    @Override
    public CompletionStage<Void> writeAwaited(Claim claim, Write write) {
        Request request = Request.write(claim, write, true);
        // What follows a write on this thread may call back, so it begins when the writer is free again.
        writer(claim.threadId()).submitAwaited(request);
        return stage(request);
    }

    private CompletableFuture<Void> stage(Request request) {
        return request.result().thenAccept(written -> {
            if (request.readied().get()) {
                queue.publishReady();
            }
        });
    }

    @Override
    public Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        return renewers.urgent("renewing leases", session -> Renewals.renew(session, claims, lease, time));
    }

    @Override
    public boolean requestCancel(String threadId, long epoch) {
        return readers.call("requesting to cancel", session -> Renewals.requestCancel(session, threadId, epoch, time));
    }

    @Override
    public boolean addAnswers(
            String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        if (request != null) {
            Texts.requireFits("request id", request.requestId(), Texts.LONGEST_NAME);
        }
        answers.forEach(answer -> Texts.requireFits("question's id", answer.question(), Texts.LONGEST_NAME));
        return readers.call(
                "adding answers", session -> AnswerRows.add(session, threadId, epoch, answers, request, time));
    }

    @Override
    public List<WaitingAnswer> answers(String threadId, String runId) {
        return readers.call("reading answers", session -> AnswerRows.ofRun(session, threadId, runId));
    }

    @Override
    public boolean delete(Deletion deletion) {
        return readers.call("deleting", session -> Deletions.apply(session, deletion, time));
    }

    @Override
    public CompletionStage<Boolean> submit(Deletion deletion) {
        return deletions.submit(deletion);
    }

    @Override
    public Commits commits() {
        return writers.stream().map(Writer::commits).reduce(Commits.NONE, Commits::plus);
    }

    @Override
    public List<StoreWarning> warnings() {
        return warnings(OldSnapshots.OLD);
    }

    /** What is to be looked after if snapshots older than this are. */
    List<StoreWarning> warnings(Duration old) {
        return readers.call("looking for old snapshots", session -> OldSnapshots.read(session, old));
    }

    @Override
    public RunQueue queue() {
        return queue;
    }

    @Override
    public Schedules schedules() {
        return schedules;
    }

    private static void requireFits(Write write) {
        if (write.run() != null) {
            Texts.requireFits("run id", write.run().runId(), Texts.LONGEST_NAME);
        }
        for (CheckpointRecord checkpoint : write.checkpoints()) {
            Texts.requireFits("checkpoint id", checkpoint.id(), Texts.LONGEST_NAME);
        }
    }

    private Writer writer(String threadId) {
        return writers.get(Math.floorMod(threadId.hashCode(), writers.size()));
    }

    @Override
    public ThreadIndex threadIndex() {
        return new PostgresIndex(readers, time);
    }

    @Override
    public Tape tape() {
        return new PostgresTape(readers, time);
    }

    @Override
    public Requests requests() {
        return new PostgresRequests(readers);
    }
}
