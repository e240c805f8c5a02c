package dev.clew.contracts.lab;

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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The same store as another process would have it, so that two graphs of one process may have the same workflows. */
public final class SecondDoor implements Checkpointer {
    private final Checkpointer store;

    public SecondDoor(Checkpointer store) {
        this.store = store;
    }

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public Optional<ThreadRecord> thread(String threadId) {
        return store.thread(threadId);
    }

    @Override
    public Optional<RunRecord> run(String threadId, String runId) {
        return store.run(threadId, runId);
    }

    @Override
    public List<RunRecord> runs(String threadId) {
        return store.runs(threadId);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
        store.scan(threadId, runId, fromSeq, consumer);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        store.scan(threadId, runId, fromSeq, atMost, consumer);
    }

    @Override
    public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
        return store.checkpoints(query);
    }

    @Override
    public List<ThreadRecord> threads(ThreadQuery query) {
        return store.threads(query);
    }

    @Override
    public Optional<Claim> claim(ClaimRequest request, Write first) {
        return store.claim(request, first);
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        return store.write(claim, write, durable);
    }

    @Override
    public Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        return store.renew(claims, lease);
    }

    @Override
    public boolean requestCancel(String threadId, long epoch) {
        return store.requestCancel(threadId, epoch);
    }

    @Override
    public boolean addAnswers(
            String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        return store.addAnswers(threadId, epoch, answers, request);
    }

    @Override
    public List<WaitingAnswer> answers(String threadId, String runId) {
        return store.answers(threadId, runId);
    }

    @Override
    public boolean delete(Deletion deletion) {
        return store.delete(deletion);
    }

    @Override
    public void scrub() {
        store.scrub();
    }

    @Override
    public RunQueue queue() {
        return store.queue();
    }

    @Override
    public ThreadIndex threadIndex() {
        return store.threadIndex();
    }

    @Override
    public Tape tape() {
        return store.tape();
    }

    @Override
    public Requests requests() {
        return store.requests();
    }

    @Override
    public Schedules schedules() {
        return store.schedules();
    }
}
