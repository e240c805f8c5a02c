package dev.clew.engine.follow;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.events.Audience;
import dev.clew.engine.events.EventQueue;
import dev.clew.engine.events.EventShapes;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.Metadata;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.Shown;
import dev.clew.engine.stored.StateReader;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.value.Spans;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run that another graph or process executes by reading what is new in its log, more and more rarely while
 * nothing is. It only reads: it never wakes a run. It stops once its reader has left and no caller waits for the result.
 *
 * <p>A run that keeps its log to itself until it rests (EXIT) is not known before that, by its id or otherwise; the thread's
 * lease tells that there is one.
 */
public final class LogTail<O extends @Nullable Object> {
    private final FollowedStore source;
    private final WorkflowSpec<?, O> spec;
    private final Function<String, Optional<TypeRef<?>>> types;
    private final Checkpointer store;
    private final String threadId;
    private final EventQueue reader;

    /** Says whether the run that is meant has begun; null to follow whatever runs on the thread. */
    private final @Nullable BooleanSupplier begins;

    private final Audience audience;
    private final CompletableFuture<RunResult<O>> result;

    private final ThreadWatch.Watch watch;

    // Confined to the one polling at a time.
    private @Nullable String runId;
    private boolean known;
    private long next;
    private long entryAt;

    // Guarded by this.
    private boolean awaited;
    private boolean stopped;

    private LogTail(
            FollowedStore source,
            WorkflowSpec<?, O> spec,
            Function<String, Optional<TypeRef<?>>> types,
            String threadId,
            EventQueue reader,
            @Nullable BooleanSupplier begins,
            CompletableFuture<RunResult<O>> result) {
        this.source = source;
        this.store = source.store();
        this.spec = spec;
        this.types = types;
        this.threadId = threadId;
        this.reader = reader;
        this.begins = begins;
        this.result = result;
        this.audience = new Audience(this::debug);
        audience.add(reader);
        this.watch = source.watch().watch(threadId, ThreadWatch.Pace.LOG, this::poll, this::fail);
    }

    /**
     * Begins to read what the thread's run records from now on.
     *
     * @param types gives the type of result that this graph's code declares for the step at a path
     * @param result completed with how the run rests, if {@link #result} is called
     */
    public static <O extends @Nullable Object> LogTail<O> of(
            FollowedStore source,
            WorkflowSpec<?, O> spec,
            Function<String, Optional<TypeRef<?>>> types,
            String threadId,
            EventQueue reader,
            CompletableFuture<RunResult<O>> result) {
        Claims.Seen seen = source.claims()
                .see(source.store(), threadId)
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.NOT_RUNNING,
                        "thread '" + threadId + "' is not being run by this graph and never ran, so there is nothing to"
                                + " watch"));
        StateReader.requireOwn(seen.thread(), spec);
        ThreadStatus status = seen.status();
        if (!status.isExecuting() && status != ThreadStatus.SLEEPING) {
            throw new RequestRefusedException(
                    Reason.NOT_RUNNING,
                    "thread '" + threadId + "' is " + status
                            + ", so there is nothing to watch; state(thread) shows what is recorded of it");
        }
        if (!isLogged(reader)) {
            throw notLogged(threadId);
        }
        return new LogTail<>(source, spec, types, threadId, reader, null, result).begin(seen.thread());
    }

    /**
     * Waits until a run begins, and reads all that it records.
     *
     * @param begins says whether something of the run is stored; throws if it never will be
     */
    public static <O extends @Nullable Object> LogTail<O> ofRun(
            FollowedStore source,
            WorkflowSpec<?, O> spec,
            Function<String, Optional<TypeRef<?>>> types,
            String threadId,
            String runId,
            BooleanSupplier begins,
            EventQueue reader,
            CompletableFuture<RunResult<O>> result) {
        LogTail<O> tail = new LogTail<>(source, spec, types, threadId, reader, begins, result);
        tail.runId = runId;
        tail.poll();
        return tail;
    }

    /** Whether a log has all that a reader wants. */
    public static boolean isLogged(EventQueue reader) {
        return !reader.wants(StreamMode.CUSTOM) && !reader.wants(StreamMode.MESSAGES);
    }

    /** The error of a reader that wants of another graph's run what is not in its log. */
    public static RequestRefusedException notLogged(String threadId) {
        return new RequestRefusedException(
                Reason.NOT_RUNNING,
                "thread '" + threadId
                        + "' is run by another graph or process, and what its code emits is not in its log:"
                        + " CUSTOM and MESSAGES can be watched only on the graph that runs it; here there are UPDATES, TASKS,"
                        + " CHECKPOINTS, VALUES and DEBUG");
    }

    private LogTail<O> begin(ThreadRecord thread) {
        runId = thread.head().runId();
        ThreadStatus stored = thread.head().status();
        known = stored.isExecuting() || stored == ThreadStatus.SLEEPING;
        if (runId != null) {
            store.scan(threadId, runId, 0, record -> next = record.seq() + 1);
        }
        watch.later();
        return this;
    }

    /** The run's result, for which it reads on even if its reader has left. */
    public CompletableFuture<RunResult<O>> result() {
        boolean again;
        synchronized (this) {
            again = stopped;
            stopped = false;
            awaited = true;
        }
        if (again) {
            watch.later();
        }
        return result;
    }

    private synchronized boolean stops() {
        stopped = reader.isDetached() && !awaited;
        return stopped;
    }

    private void poll() {
        if (stops()) {
            return;
        }
        try {
            if (source.isClosed()) {
                throw new RequestRefusedException(
                        "the graph was closed while it watched thread '" + threadId + "'; the run goes on elsewhere");
            }
            long before = next;
            if (read()) {
                return;
            }
            if (next > before) {
                watch.foundNews();
            }
            watch.later();
        } catch (RuntimeException | Error failed) {
            fail(failed);
        }
    }

    private void fail(Throwable why) {
        result.completeExceptionally(why);
        reader.end();
    }

    /** Publishes what is new; true if the run has come to rest. */
    private boolean read() {
        if (begins != null && !known && !begins.getAsBoolean()) {
            return false;
        }
        Claims.Seen seen = source.claims()
                .see(store, threadId)
                .orElseThrow(() -> new RequestRefusedException("thread '" + threadId + "' was deleted"));
        if (!known && !hasShownItself(seen)) {
            return false;
        }
        String id = String.valueOf(runId);
        // The status first: whatever was recorded before it is in the log by then.
        RunRecord run = store.run(threadId, id)
                .orElseThrow(() ->
                        new RequestRefusedException("thread '" + threadId + "' has no run '" + id + "' any more"));
        tellNew(id);
        boolean replaced = !id.equals(seen.thread().head().runId());
        if ((isOpen(run) || isAnswered(seen, run)) && !replaced) {
            requireOwned(seen, run.status());
            return false;
        }
        return rested(replaced ? null : seen.thread());
    }

    private static boolean isOpen(RunRecord run) {
        return run.status().isExecuting() || run.status() == ThreadStatus.SLEEPING;
    }

    /** Whether a worker is about to continue a pause that has its answers: a reader of the run waits for that. */
    private boolean isAnswered(Claims.Seen seen, RunRecord run) {
        return begins != null
                && run.status() == ThreadStatus.INTERRUPTED
                && seen.thread().isQueued()
                && (seen.thread().answersWait() || seen.status() != ThreadStatus.INTERRUPTED);
    }

    /** Whether a run that kept its log to itself is there to be read. */
    private boolean hasShownItself(Claims.Seen seen) {
        if (begins != null) {
            StateReader.requireOwn(seen.thread(), spec);
            return shown(true);
        }
        String head = seen.thread().head().runId();
        boolean other = head != null && !head.equals(runId);
        if (other) {
            next = 0;
            runId = head;
        } else if (seen.status().isExecuting()) {
            return false;
        } else if (head == null || !hasGrown(head)) {
            throw gone();
        }
        return shown(other);
    }

    private boolean shown(boolean fromItsBeginning) {
        known = true;
        if (fromItsBeginning && audience.wants(StreamMode.CHECKPOINTS)) {
            tellOpening();
        }
        return true;
    }

    private void tellOpening() {
        RunRecord run = store.run(threadId, String.valueOf(runId)).orElseThrow(this::gone);
        CheckpointRecord opening = checkpoints().require(threadId, run.inputCheckpoint());
        entryAt = Time.toMicros(opening.createdAt());
        Optional<CheckpointRecord> base = checkpoints().base(threadId, opening);
        Object before = Shown.of(new SavedValues<>(checkpoints(), threadId, spec), base.orElse(null))
                .value();
        audience.tell(EventShapes.checkpoint(opening, before, metadata(opening), false));
    }

    private boolean hasGrown(String id) {
        boolean[] grown = {false};
        store.scan(threadId, id, next, 1, record -> grown[0] = true);
        return grown[0];
    }

    /** Entries are collected before they are published, so that a slow reader holds no reading of the store open. */
    private void tellNew(String id) {
        if (reader.isDetached()) {
            return;
        }
        List<LogEntry> entries = new ArrayList<>();
        store.scan(threadId, id, next, record -> {
            String where = "entry " + record.seq() + " of thread '" + threadId + "', run '" + id + "'";
            if (record.seq() != next + entries.size()) {
                throw new CheckpointException(where + " came where " + (next + entries.size()) + " was expected");
            }
            entries.add(EntryFormat.read(record.bytes(), where));
        });
        LoggedEvents events = new LoggedEvents(spec.name(), threadId, id, source.codec(), types, audience);
        for (LogEntry entry : entries) {
            next++;
            entryAt = entry.at();
            events.tell(entry);
        }
    }

    /** Fails if the run's owner is gone, or if it was not woken when it was due: then it needs a recovery. */
    private void requireOwned(Claims.Seen seen, ThreadStatus status) {
        if (seen.status().isExecuting() || seen.thread().isQueued()) {
            // What is in a queue, a worker continues.
            return;
        }
        boolean due = Optional.ofNullable(seen.thread().head().wakeAt())
                .map(wakeAt -> Spans.after(wakeAt, source.lease()))
                .map(late -> Time.toMicros(late) < source.time().micros())
                .orElse(true);
        if (status.isExecuting() || due) {
            throw gone();
        }
    }

    private RequestRefusedException gone() {
        return new RequestRefusedException("the run of thread '" + threadId
                + "' stopped while it was watched: whoever ran it is gone; recover() or Command.proceed() continues it, and"
                + " then it can be watched again");
    }

    // --- the end ---

    /**
     * Publishes how it rests; false if the run continued while that was read. Throws what the run failed with.
     *
     * @param thread as it was read before; null if it has continued without this run
     */
    private boolean rested(@Nullable ThreadRecord thread) {
        String id = String.valueOf(runId);
        StoredRun stored = StoredRun.load(store, source.codec(), threadId, id);
        if (thread != null && (isOpen(stored.run()) || source.claims().wasClaimed(store, thread))) {
            // In EXIT mode its owner may have gone on from a pause that was read before, and parked it again.
            return false;
        }
        StoredRun run = thread == null ? stored.abandoned() : stored;
        RunResult<O> rested = run.result(spec, checkpoints());
        tellEnd(run, rested);
        result.complete(rested);
        reader.end();
        return true;
    }

    private void tellEnd(StoredRun run, RunResult<O> rested) {
        String name = spec.name();
        String id = LoggedEvents.id(threadId, run.run().runId(), "");
        if (rested instanceof RunResult.Interrupted<O> pause) {
            EventShapes.interrupted(name, id, pause.pending()).forEach(audience::tell);
            return;
        }
        if (rested instanceof RunResult.Undone<O>) {
            return;
        }
        Object value = rested.value();
        String output = run.run().outputCheckpoint();
        CheckpointRecord loop = output == null ? null : checkpoints().require(threadId, output);
        entryAt = loop == null ? entryAt : Time.toMicros(loop.createdAt());
        audience.tell(new StreamEvent.Update(name, "", value, false, false));
        audience.tell(new StreamEvent.TaskEnded(id, name, "", value, null, List.of(), false));
        audience.tell(new StreamEvent.Value(value, false));
        if (loop != null) {
            audience.tell(EventShapes.checkpoint(loop, value, metadata(loop), false));
        }
    }

    private Map<String, String> metadata(CheckpointRecord checkpoint) {
        return new Metadata(source.codec()).clear(threadId, checkpoint);
    }

    private Checkpoints checkpoints() {
        return source.checkpoints();
    }

    private StreamEvent.Debug debug(StreamEvent event) {
        if (event instanceof StreamEvent.Checkpointed checkpoint) {
            return new StreamEvent.Debug(checkpoint.step(), checkpoint.createdAt(), event);
        }
        int step = store.run(threadId, String.valueOf(runId))
                .flatMap(run -> checkpoints().find(threadId, run.inputCheckpoint()))
                .map(opening -> opening.step() + 1)
                .orElse(0);
        return new StreamEvent.Debug(step, Time.toInstant(entryAt), event);
    }
}
