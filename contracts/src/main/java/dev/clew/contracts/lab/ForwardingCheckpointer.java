package dev.clew.contracts.lab;

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
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands every call on, after {@link #before} had a look at it. As a checkpointer of its own, it is another process's. */
public class ForwardingCheckpointer implements Checkpointer {
    private final Checkpointer store;

    public ForwardingCheckpointer(Checkpointer store) {
        this.store = store;
    }

    /** Told of each call by its name; whatever it throws fails the call. */
    protected void before(String call) {}

    /** The real store. */
    protected final Checkpointer store() {
        return store;
    }

    @Override
    public Commits commits() {
        return store.commits();
    }

    @Override
    public List<StoreWarning> warnings() {
        return store.warnings();
    }

    /** The engine asks for it whenever it likes, so {@link #before} does not look. */
    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public Optional<ThreadRecord> thread(String threadId) {
        before("thread");
        return store.thread(threadId);
    }

    @Override
    public Optional<RunRecord> run(String threadId, String runId) {
        before("run");
        return store.run(threadId, runId);
    }

    @Override
    public List<RunRecord> runs(String threadId) {
        before("runs");
        return store.runs(threadId);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
        before("scan");
        store.scan(threadId, runId, fromSeq, consumer);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        before("scan");
        store.scan(threadId, runId, fromSeq, atMost, consumer);
    }

    @Override
    public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
        before("checkpoints");
        return store.checkpoints(query);
    }

    @Override
    public List<ThreadRecord> threads(ThreadQuery query) {
        before("threads");
        return store.threads(query);
    }

    @Override
    public Optional<Claim> claim(ClaimRequest request, Write first) {
        before("claim");
        return store.claim(request, first);
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        before("write");
        return store.write(claim, write, durable);
    }

    @Override
    public Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        before("renew");
        return store.renew(claims, lease);
    }

    @Override
    public boolean requestCancel(String threadId, long epoch) {
        before("requestCancel");
        return store.requestCancel(threadId, epoch);
    }

    @Override
    public boolean addAnswers(
            String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        before("addAnswers");
        return store.addAnswers(threadId, epoch, answers, request);
    }

    @Override
    public List<WaitingAnswer> answers(String threadId, String runId) {
        before("answers");
        return store.answers(threadId, runId);
    }

    @Override
    public boolean delete(Deletion deletion) {
        before("delete");
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
