package dev.clew.checkpoint;

import dev.clew.index.RequestRecord;
import dev.clew.index.Requests;
import dev.clew.index.Tape;
import dev.clew.index.ThreadIndex;
import dev.clew.queue.RunQueue;
import dev.clew.schedule.Schedules;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.value.Spans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in this process's memory. A write has happened when its call returns, so the stages are complete
 * from the start and nothing ever waits; "durable" means as long as the process lives.
 *
 * <p>Each thread has its own lock. Only a thread's birth and death take the common one.
 */
final class MemoryCheckpointer implements Checkpointer {
    private final Clock clock;
    private final ConcurrentNavigableMap<String, MemoryThread> threads = new ConcurrentSkipListMap<>();

    /** Guards which threads exist, and {@link #retiredEpoch}. Taken before a thread's own lock, never after. */
    private final Object births = new Object();

    /** The greatest epoch that a deleted thread had: new threads start above it, so that no old claim fits them. */
    private long retiredEpoch;

    private final MemoryRequests requests = new MemoryRequests();
    private final MemoryTape tape;
    private final MemoryQueue queue;
    private final MemoryIndex index;
    private final MemorySchedules schedules;

    MemoryCheckpointer(Clock clock) {
        this.clock = clock;
        this.tape = new MemoryTape(clock, threads::containsKey);
        this.queue = new MemoryQueue(clock, requests, this::locked);
        this.schedules = new MemorySchedules(queue);
        this.index = new MemoryIndex(clock, new Births(), queue::isRequested);
    }

    @Override
    public ThreadIndex threadIndex() {
        return index;
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public Tape tape() {
        return tape;
    }

    @Override
    public RunQueue queue() {
        return queue;
    }

    @Override
    public Schedules schedules() {
        return schedules;
    }

    /** Which threads there are, for the index. */
    private final class Births implements MemoryIndex.Births {
        @Override
        public <T> T held(Supplier<T> work) {
            synchronized (births) {
                return work.get();
            }
        }

        @Override
        public List<ThreadRecord> all() {
            return threads(ThreadQuery.all().limit(Integer.MAX_VALUE));
        }

        @Override
        public Optional<ThreadRecord> find(String threadId) {
            return thread(threadId);
        }
    }

    /** Holds a thread still, or the births if there is none of this id. */
    private <T> T locked(String threadId, Function<MemoryQueue.ThreadFacts, T> work) {
        while (true) {
            MemoryThread thread = threads.get(threadId);
            Optional<T> done = thread == null ? unborn(threadId, work) : thread.locked(work, clock.instant());
            if (done.isPresent()) {
                return done.get();
            }
        }
    }

    private <T> Optional<T> unborn(String threadId, Function<MemoryQueue.ThreadFacts, T> work) {
        synchronized (births) {
            return threads.containsKey(threadId)
                    ? Optional.empty()
                    : Optional.of(work.apply(MemoryQueue.ThreadFacts.NONE));
        }
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Optional<ThreadRecord> thread(String threadId) {
        return find(threadId).map(thread -> thread.row(clock.instant()));
    }

    @Override
    public Optional<RunRecord> run(String threadId, String runId) {
        return find(threadId).flatMap(thread -> thread.run(runId));
    }

    @Override
    public List<RunRecord> runs(String threadId) {
        return find(threadId).map(MemoryThread::runs).orElse(List.of());
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
        scan(threadId, runId, fromSeq, Integer.MAX_VALUE, consumer);
    }

    @Override
    public void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
        List<byte[]> log = find(threadId).map(thread -> thread.log(runId)).orElse(List.of());
        long first = Math.max(0, fromSeq);
        for (long seq = first; seq < log.size() && seq - first < atMost; seq++) {
            consumer.accept(new LogRecord(seq, log.get((int) seq)));
        }
    }

    @Override
    public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
        return find(query.threadId()).map(thread -> thread.checkpoints(query)).orElse(List.of());
    }

    @Override
    public List<ThreadRecord> threads(ThreadQuery query) {
        Instant now = clock.instant();
        var rest = query.after() == null ? threads : threads.tailMap(query.after(), false);
        return rest.values().stream()
                .map(thread -> thread.row(now))
                .filter(row -> matches(row, query))
                .limit(query.limit())
                .toList();
    }

    @Override
    public Optional<Claim> claim(ClaimRequest request, Write first) {
        Optional<Claim> claim = request.expectedEpoch() == 0
                ? create(request, first)
                : find(request.threadId()).flatMap(thread -> thread.claim(request, first, clock.instant()));
        queue.publish();
        return claim;
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        try {
            find(claim.threadId())
                    .orElseThrow(() -> new LeaseLostException(claim))
                    .write(claim, write, clock.instant());
            queue.publish();
            return CompletableFuture.completedFuture(null);
        } catch (CheckpointException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        Instant until = Spans.after(clock.instant(), lease);
        Map<Claim, LeaseState> found = new LinkedHashMap<>();
        for (Claim claim : claims) {
            found.put(
                    claim,
                    find(claim.threadId())
                            .map(thread -> thread.renew(claim, until))
                            .orElse(LeaseState.LOST));
        }
        return found;
    }

    @Override
    public boolean requestCancel(String threadId, long epoch) {
        return find(threadId)
                .map(thread -> thread.requestCancel(epoch, clock.instant()))
                .orElse(false);
    }

    @Override
    public boolean addAnswers(
            String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        return find(threadId)
                .map(thread -> thread.addAnswers(epoch, answers, request, clock.instant()))
                .orElse(false);
    }

    @Override
    public List<WaitingAnswer> answers(String threadId, String runId) {
        return find(threadId).map(thread -> thread.answers(runId)).orElse(List.of());
    }

    @Override
    public boolean delete(Deletion deletion) {
        Instant now = clock.instant();
        if (!deletion.runIds().isEmpty()) {
            return find(deletion.threadId())
                    .map(thread -> thread.deleteRuns(deletion, now))
                    .orElse(true);
        }
        synchronized (births) {
            MemoryThread thread = threads.get(deletion.threadId());
            if (thread == null) {
                queue.deleted(deletion.threadId(), now);
                requests.removeOf(deletion.threadId());
                index.died(deletion.threadId());
                return true;
            }
            if (!thread.delete(deletion, now)) {
                return false;
            }
            retiredEpoch = Math.max(retiredEpoch, thread.epoch());
            threads.remove(deletion.threadId());
            index.died(deletion.threadId());
            return true;
        }
    }

    private Optional<Claim> create(ClaimRequest request, Write first) {
        synchronized (births) {
            if (threads.containsKey(request.threadId())) {
                return Optional.empty();
            }
            Optional<MemoryThread> thread = MemoryThread.claimed(
                    request, first, retiredEpoch, new MemoryThread.Beside(queue, requests, tape), clock.instant());
            thread.ifPresent(born -> {
                threads.put(request.threadId(), born);
                index.born(request.threadId(), clock.instant());
            });
            return thread.map(born -> new Claim(request.threadId(), request.owner(), retiredEpoch + 1));
        }
    }

    private Optional<MemoryThread> find(String threadId) {
        return Optional.ofNullable(threads.get(threadId));
    }

    private static boolean matches(ThreadRecord row, ThreadQuery query) {
        Instant dueAt = row.head().dueAt();
        return (query.statuses().isEmpty() || query.statuses().contains(row.status()))
                && (query.ids().isEmpty() || query.ids().contains(row.threadId()))
                && (query.workflows().isEmpty() || query.workflows().contains(row.workflow()))
                && (query.dueBefore() == null || (dueAt != null && !dueAt.isAfter(query.dueBefore())));
    }
}
