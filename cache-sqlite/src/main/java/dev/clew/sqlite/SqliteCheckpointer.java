package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Commits;
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
import dev.clew.sqlite.Request.Kind;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The checkpointer of a file: reads go to the readers, everything that changes something to the writer. */
final class SqliteCheckpointer implements Checkpointer {
    private final Writer writer;
    private final Readers readers;
    private final FileIdentity identity;
    private final Clock clock;
    private final SqliteQueue queue;
    private final SqliteSchedules schedules;
    private final SqliteIndex index;

    SqliteCheckpointer(Writer writer, Readers readers, FileIdentity identity, Clock clock) {
        this.identity = identity;
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
        this.queue = new SqliteQueue(writer, readers, clock);
        this.schedules = new SqliteSchedules(writer, readers, queue, clock);
        this.index = new SqliteIndex(writer, readers, clock);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Optional<ThreadRecord> thread(String threadId) {
        return readers.read("reading a thread", session -> ThreadRows.find(session, threadId, clock.instant()));
    }

    @Override
    public Optional<RunRecord> run(String threadId, String runId) {
        return readers.read("reading a run", session -> RunRows.find(session, threadId, runId));
    }

    @Override
    public List<RunRecord> runs(String threadId) {
        return readers.read("reading runs", session -> RunRows.all(session, threadId));
    }

    /** The consumer is called when the scan is over, so that it may take its time and call back. */
    @Override
    public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
        scan(threadId, runId, fromSeq, Integer.MAX_VALUE, consumer);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        readers.read("scanning a log", session -> RunRows.scan(session, threadId, runId, fromSeq, atMost))
                .forEach(consumer);
    }

    @Override
    public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
        return readers.read("listing checkpoints", session -> CheckpointRows.find(session, query));
    }

    @Override
    public List<ThreadRecord> threads(ThreadQuery query) {
        return readers.read("listing threads", session -> ThreadRows.list(session, query, clock.instant()));
    }

    @Override
    public Optional<Claim> claim(ClaimRequest request, Write first) {
        Optional<Claim> claim = writer.call(new Request<>(
                Kind.durable(Writes.bytes(first)),
                session -> ThreadChanges.claim(session, request, first, clock.instant())));
        if (first.release()) {
            queue.publishReady();
        }
        return claim;
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        CompletionStage<Void> written = writer.submit(
                new Request<>(Kind.writeOf(claim, durable, Writes.steps(write), Writes.bytes(write)), session -> {
                    Writes.apply(session, claim, write, clock.instant());
                    return null;
                }));
        return write.release() ? written.whenComplete((done, failed) -> queue.publishReady()) : written;
    }

    @Override
    public void scrub() {
        writer.emptyLog();
    }

    @Override
    public Commits commits() {
        return writer.commits();
    }

    @Override
    public RunQueue queue() {
        return queue;
    }

    @Override
    public Schedules schedules() {
        return schedules;
    }

    @Override
    public Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        return writer.call(new Request<>(Kind.overtaking(claims.size()), session -> {
            identity.require();
            return ThreadChanges.renew(session, claims, lease, clock.instant());
        }));
    }

    @Override
    public boolean requestCancel(String threadId, long epoch) {
        return writer.call(new Request<>(
                Kind.overtakingDurably(),
                session -> ThreadChanges.requestCancel(session, threadId, epoch, clock.instant())));
    }

    @Override
    public boolean addAnswers(
            String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        long bytes = answers.stream().mapToLong(answer -> answer.bytes().length).sum() + RecordRows.bytes(request);
        return writer.call(new Request<>(
                Kind.durable(bytes),
                session -> AnswerRows.add(session, threadId, epoch, answers, request, clock.instant())));
    }

    @Override
    public List<WaitingAnswer> answers(String threadId, String runId) {
        return readers.read("reading answers", session -> AnswerRows.ofRun(session, threadId, runId));
    }

    @Override
    public boolean delete(Deletion deletion) {
        return writer.call(request(deletion));
    }

    @Override
    public CompletionStage<Boolean> submit(Deletion deletion) {
        return writer.submit(request(deletion));
    }

    private Request<Boolean> request(Deletion deletion) {
        return new Request<>(Kind.durable(0), session -> Deletions.apply(session, deletion, clock.instant()));
    }

    @Override
    public ThreadIndex threadIndex() {
        return index;
    }

    @Override
    public Tape tape() {
        return new SqliteTape(writer, readers, clock);
    }

    @Override
    public Requests requests() {
        return new SqliteRequests(writer, readers);
    }
}
