package dev.clew.engine;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.CheckpointSource;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Durability;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowSpec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a request means for a thread as it is, and claims the thread for it. Everything is checked on what was
 * read; the claim is a compare-and-set on that reading, so a refused request has changed nothing that is stored.
 */
final class Admission<O extends @Nullable Object> {
    static final int MAX_STALLS = 5;
    private static final Duration BUSY_POLL = Duration.ofMillis(10);

    private final Engine engine;
    private final EngineWorkflow<?, O> workflow;
    private final WorkflowSpec<?, O> spec;
    private final RunConfig config;
    private final Request request;
    private final String threadId;
    private final Checkpointer store;
    private final Checkpoints checkpoints;
    private final Durability durability;
    private final CompletableFuture<RunResult<O>> result;
    private final long began;

    Admission(
            Engine engine,
            EngineWorkflow<?, O> workflow,
            Request request,
            RunConfig config,
            Checkpointer store,
            CompletableFuture<RunResult<O>> result) {
        this.engine = engine;
        this.workflow = workflow;
        this.spec = workflow.spec();
        this.config = config;
        this.request = request;
        this.threadId = Engine.requireThread(config);
        this.store = store;
        this.checkpoints = engine.checkpoints(store);
        this.durability = config.durability().orElse(engine.settings().durability());
        this.result = result;
        this.began = engine.settings().time().nanos();
    }

    /** Admits the request, now or when the thread is free; the result is completed in any case. */
    void admit() {
        try {
            while (!decide(store.thread(threadId))) {
                Thread.onSpinWait();
            }
        } catch (ThreadBusyException busy) {
            Duration waited = Duration.ofNanos(engine.settings().time().nanos() - began);
            if (engine.isClosed() || waited.compareTo(config.whenBusy().patience()) >= 0) {
                result.completeExceptionally(busy);
            } else {
                engine.settings()
                        .time()
                        .later(BUSY_POLL, () -> engine.settings().executor().execute(this::admit));
            }
        } catch (Suspension closed) {
            result.completeExceptionally(new RequestRefusedException(
                    Reason.CLOSED,
                    "the graph was closed while thread '" + threadId
                            + "' was about to go on; recover() or Command.proceed() continues it"));
        } catch (RuntimeException | Error refused) {
            result.completeExceptionally(refused);
        }
    }

    /** False where the thread changed in between. */
    private boolean decide(Optional<ThreadRecord> row) {
        if (row.isEmpty()) {
            return fresh();
        }
        ThreadRecord thread = row.get();
        if (!thread.workflow().equals(spec.name())) {
            throw new RequestRefusedException(
                    Reason.OTHER_WORKFLOW,
                    "thread '" + threadId + "' belongs to workflow '" + thread.workflow() + "', not to '" + spec.name()
                            + "'; use another thread id");
        }
        if (engine.claims().fence(store, thread)) {
            return false;
        }
        if (request instanceof Request.Wake wake) {
            return wake(thread, engine.claims().status(thread), wake.runId());
        }
        if (joined()) {
            return true;
        }
        Optional<RunRecord> named = config.runId().flatMap(id -> store.run(threadId, id));
        ThreadStatus status = engine.claims().status(thread);
        if (named.isPresent()) {
            return again(thread, status, named.get());
        }
        if (request instanceof Request.Input input) {
            return input(thread, status, input);
        }
        config.runId().ifPresent(id -> {
            throw new RequestRefusedException(
                    Reason.UNKNOWN, "thread '" + threadId + "' has no run '" + id + "' to go on with");
        });
        return command(thread, status);
    }

    private boolean fresh() {
        if (request instanceof Request.Input input) {
            config.checkpoint().ifPresent(id -> {
                throw new RequestRefusedException(
                        Reason.NEVER_RAN, "thread '" + threadId + "' never ran, so it has no checkpoint '" + id + "'");
            });
            return open(null, input);
        }
        if (request instanceof Request.Proceed || request instanceof Request.Wake) {
            throw new RequestRefusedException(
                    Reason.NEVER_RAN,
                    "thread '" + threadId + "' never ran, so there is nothing to go on with; invoke it with an input");
        }
        throw Answers.nothingPending(threadId, "the thread never ran");
    }

    // --- a new input ---

    private boolean input(ThreadRecord thread, ThreadStatus status, Request.Input input) {
        if (status == ThreadStatus.RUNNING || status == ThreadStatus.SLEEPING) {
            throw engine.claims().busy(thread);
        }
        if (status == ThreadStatus.INTERRUPTED && config.whenInterrupted() == WhenInterrupted.REJECT) {
            throw new RequestRefusedException(
                    Reason.INTERRUPTED,
                    "thread '" + threadId
                            + "' waits for answers, and the configuration rejects a new" + " input then; pending: "
                            + Answers.describe(load(thread).pending()));
        }
        return open(thread, input);
    }

    private boolean open(@Nullable ThreadRecord thread, Request.Input input) {
        Contexts contexts = engine.requireContexts(spec, config);
        TypeRef<?> inputType = spec.inputType();
        byte[] clear = spec.hasInput() ? engine.settings().codec().encode(input.value(), inputType) : null;
        CheckpointRecord parent = thread == null ? null : parent(thread);
        CheckpointRecord newest = thread == null
                ? null
                : checkpoints.find(threadId, thread.head().checkpointId()).orElse(null);
        Optional<CheckpointRecord> base = checkpoints.base(threadId, parent);
        Object previous = previous(base);
        Time time = engine.settings().time();
        String id = Checkpoints.nextId(newest, time);
        long now = time.micros();
        Map<String, byte[]> values = checkpoints.opening(threadId, id, clear, base);
        Map<String, String> metadata = checkpoints.metadata().stored(threadId, id, config.metadata(), values);
        CheckpointRecord opening = new CheckpointRecord(
                id,
                config.runId().orElseGet(time::freshId),
                parent == null ? null : parent.id(),
                CheckpointSource.INPUT,
                parent == null ? -1 : parent.step() + 1,
                Time.toInstant(now),
                values,
                metadata);
        RunRecord run = new RunRecord(
                String.valueOf(opening.runId()),
                id,
                null,
                time.freshSeed(threadId, String.valueOf(opening.runId())),
                Time.toInstant(now),
                ThreadStatus.RUNNING,
                null);
        Head head = new Head(ThreadStatus.RUNNING, run.runId(), id, null, 0);
        Write first = durability == Durability.EXIT
                ? new Write(null, List.of(), null, List.of(), thread == null ? NEVER_RAN : thread.head(), false)
                : new Write(null, List.of(), run, List.of(opening), head, false);
        return own(
                thread,
                first,
                claim -> new Activation(
                        workflow,
                        config,
                        durability,
                        threadId,
                        run,
                        opening,
                        claim,
                        new RunLog(),
                        null,
                        previous,
                        contexts,
                        false,
                        0),
                List.of());
    }

    private @Nullable Object previous(Optional<CheckpointRecord> base) {
        return base.flatMap(b -> spec.previousType().map(type -> checkpoints.saved(threadId, b, type)))
                .orElse(null);
    }

    /** Claims the thread and begins what is to run; false where the thread changed in between. */
    private boolean own(
            @Nullable ThreadRecord thread,
            Write first,
            Function<Claim, Activation> activation,
            List<LogEntry> entries) {
        Optional<Claim> claim = claim(thread, first);
        claim.ifPresent(owned -> engine.activate(activation.apply(owned), entries, result));
        return claim.isPresent();
    }

    static final Head NEVER_RAN = new Head(ThreadStatus.IDLE, null, "", null, 0);

    private @Nullable CheckpointRecord parent(ThreadRecord thread) {
        String wanted = config.checkpoint().orElse(thread.head().checkpointId());
        return config.checkpoint().isPresent()
                ? requireNamed(wanted)
                : checkpoints.find(threadId, wanted).orElse(null);
    }

    private CheckpointRecord requireNamed(String id) {
        return checkpoints
                .find(threadId, id)
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.UNKNOWN,
                        "thread '" + threadId + "' has no checkpoint '" + id + "'; history(thread) lists them"));
    }

    private Optional<Claim> claim(@Nullable ThreadRecord thread, Write first) {
        return engine.claims().forRun(store, threadId, spec.name(), thread, first);
    }

    // --- the same run id again ---

    /** Joins the run of this id that this graph is executing; in EXIT mode nothing else knows of it. */
    private boolean joined() {
        Activation here =
                config.runId().map(id -> engine.executing(threadId, id)).orElse(null);
        CheckpointRecord opening = here == null ? null : here.opening();
        if (opening == null || !(request instanceof Request.Input input)) {
            return false;
        }
        requireSameInput(opening, input);
        follow(String.valueOf(opening.runId()));
        return true;
    }

    /** Waits for a run that somebody executes or has parked; where that one dies or forgets it, it goes on here. */
    private void follow(String runId) {
        Admission<O> wake = new Admission<>(engine, workflow, new Request.Wake(runId), config, store, result);
        engine.join(workflow, threadId, runId, wake::admit, result);
    }

    private boolean again(ThreadRecord thread, ThreadStatus status, RunRecord run) {
        boolean head = run.runId().equals(thread.head().runId());
        if (!head && moved(thread)) {
            return false;
        }
        if (request instanceof Request.Input input) {
            requireSameInput(checkpoints.require(threadId, run.inputCheckpoint()), input);
            if (!head) {
                return replaced(run.runId());
            }
            if (status == ThreadStatus.RUNNING || status == ThreadStatus.SLEEPING) {
                follow(run.runId());
                return true;
            }
            if (status == ThreadStatus.CRASHED) {
                return resume(thread, load(thread), List.of(), true);
            }
            return tell(thread);
        }
        if (!head) {
            throw new RequestRefusedException(
                    Reason.REPLACED, "run '" + run.runId() + "' is no longer the newest of thread '" + threadId + "'");
        }
        return command(thread, status);
    }

    /** What became of a run that is no longer the thread's newest. */
    private boolean replaced(String runId) {
        result.complete(StoredRun.load(store, engine.settings().codec(), threadId, runId)
                .abandoned()
                .result(spec, checkpoints));
        return true;
    }

    private void requireSameInput(CheckpointRecord opening, Request.Input input) {
        if (!spec.hasInput()) {
            return;
        }
        byte[] clear = checkpoints.clear(threadId, opening, Checkpoints.INPUT);
        List<TypeRef<?>> type = List.of(spec.inputType());
        Object before = clear == null ? null : engine.settings().codec().decode(clear, spec.inputType());
        byte[] recorded = engine.settings().codec().digest(new Object[] {before}, type);
        if (!engine.settings().codec().matches(recorded, new Object[] {input.value()}, type)) {
            throw new RequestRefusedException(
                    Reason.OTHER_INPUT,
                    "run '" + opening.runId() + "' of thread '" + threadId
                            + "' was opened with another input; a run id stands for one input, use a new one");
        }
    }

    // --- commands ---

    private boolean command(ThreadRecord thread, ThreadStatus status) {
        boolean proceed = request instanceof Request.Proceed;
        Optional<CheckpointRecord> older = older(thread);
        if (older.isPresent()) {
            return replay(older.get(), proceed);
        }
        switch (status) {
            case RUNNING, SLEEPING -> throw engine.claims().busy(thread);
            case INTERRUPTED -> {
                if (proceed && !isDue(thread)) {
                    return tell(thread);
                }
                StoredRun stored = load(thread);
                return resume(thread, stored, proceed ? List.of() : answers(stored), false);
            }
            case CRASHED -> {
                StoredRun stored = load(thread);
                return resume(thread, stored, proceed ? List.of() : answers(stored), true);
            }
            case FAILED, BLOCKED, STUCK -> {
                if (!proceed) {
                    throw Answers.nothingPending(threadId, "its run is " + status + "; Command.proceed() goes on");
                }
                return resume(thread, load(thread), List.of(), false);
            }
            case CANCELLED -> {
                if (proceed) {
                    throw new RequestRefusedException(
                            Reason.CANCELLED,
                            "the last run of thread '" + threadId
                                    + "' was cancelled and cannot go on; a new input starts a new run");
                }
                throw Answers.nothingPending(threadId, "its run was cancelled");
            }
            default -> {
                if (!proceed) {
                    throw Answers.nothingPending(threadId, "its last run is finished");
                }
                return finished(thread);
            }
        }
    }

    /** Whether a deadline of its questions has passed, so that it can go on without an answer. */
    private boolean isDue(ThreadRecord thread) {
        Instant wakeAt = thread.head().wakeAt();
        return wakeAt != null
                && Time.toMicros(wakeAt) <= engine.settings().time().micros();
    }

    /** The checkpoint that the configuration names, unless that is where the thread is anyway. */
    private Optional<CheckpointRecord> older(ThreadRecord thread) {
        Head head = thread.head();
        Optional<String> named = config.checkpoint().filter(id -> !id.equals(head.checkpointId()));
        if (named.isEmpty()) {
            return Optional.empty();
        }
        CheckpointRecord checkpoint = requireNamed(named.get());
        boolean openedHead = checkpoint.runId() != null
                && checkpoint.runId().equals(head.runId())
                && checkpoint.source() != CheckpointSource.LOOP;
        return openedHead ? Optional.empty() : Optional.of(checkpoint);
    }

    /** A completed checkpoint has its value; any other one must be forked first. */
    private boolean replay(CheckpointRecord older, boolean proceed) {
        if (proceed && Checkpoints.isCompleted(older)) {
            return complete(older, older.runId());
        }
        throw new RequestRefusedException(
                Reason.REPLACED,
                "checkpoint '" + older.id() + "' is not the newest of thread '" + threadId
                        + "'; fork it, then proceed with what fork returns");
    }

    private boolean finished(ThreadRecord thread) {
        CheckpointRecord head = checkpoints
                .find(threadId, thread.head().checkpointId())
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.NEVER_RAN, "thread '" + threadId + "' never ran; invoke it with an input"));
        return complete(head, thread.head().runId());
    }

    @SuppressWarnings("NullAway")
    private boolean complete(CheckpointRecord completed, @Nullable String runId) {
        Optional<CheckpointRecord> base = checkpoints.base(threadId, completed);
        @Nullable O value = base.isEmpty() ? null : checkpoints.output(threadId, base.get(), spec.outputType());
        result.complete(new RunResult.Completed<>(value, threadId, runId == null ? "" : runId));
        return true;
    }

    private boolean wake(ThreadRecord thread, ThreadStatus status, String runId) {
        if (!runId.equals(thread.head().runId())) {
            return !moved(thread) && replaced(runId);
        }
        if (status == ThreadStatus.CRASHED) {
            return resume(thread, load(thread), List.of(), true);
        }
        boolean parked = status == ThreadStatus.SLEEPING || status == ThreadStatus.INTERRUPTED;
        if (parked && thread.head().wakeAt() != null) {
            return resume(thread, load(thread), List.of(), false);
        }
        follow(runId);
        return true;
    }

    private List<LogEntry> answers(StoredRun stored) {
        return new Answers(stored, engine.settings()).entries(request);
    }

    /** How the thread's run ended or paused; false where the run was read after it had gone on. */
    private boolean tell(ThreadRecord thread) {
        StoredRun stored = load(thread);
        if (moved(thread)) {
            return false;
        }
        result.complete(stored.result(spec, checkpoints));
        return true;
    }

    /** Whether the thread has changed since it was read, so that what was read after it does not belong to it. */
    private boolean moved(ThreadRecord read) {
        return store.thread(threadId)
                .filter(now -> now.epoch() == read.epoch() && now.head().equals(read.head()))
                .isEmpty();
    }

    private StoredRun load(ThreadRecord thread) {
        String runId = thread.head().runId();
        if (runId == null) {
            throw new RequestRefusedException(
                    Reason.NEVER_RAN, "thread '" + threadId + "' never ran; invoke it with an input");
        }
        return StoredRun.load(store, engine.settings().codec(), threadId, runId);
    }

    // --- going on ---

    private boolean resume(ThreadRecord thread, StoredRun stored, List<LogEntry> answers, boolean crashed) {
        Contexts contexts = engine.requireContexts(spec, config);
        int stalls = stalls(thread, stored, crashed);
        if (stalls > MAX_STALLS) {
            return stuck(thread, stored);
        }
        CheckpointRecord opening = checkpoints.require(threadId, stored.run().inputCheckpoint());
        Object previous = previous(checkpoints.base(threadId, opening));
        List<LogEntry> entries = new ArrayList<>();
        if (crashed || stored.run().status() == ThreadStatus.STUCK) {
            entries.add(new LogEntry.Claimed("", engine.settings().time().micros(), Math.max(1, stalls)));
        }
        entries.addAll(answers);
        RunRecord running = stored.run().with(ThreadStatus.RUNNING, null);
        Head head =
                new Head(ThreadStatus.RUNNING, running.runId(), thread.head().checkpointId(), null, 0);
        Write first = durability == Durability.EXIT
                ? new Write(null, List.of(), null, List.of(), thread.head().stalled(stalls), false)
                : new Write(running.runId(), records(stored.log(), entries), running, List.of(), head, false);
        if (durability != Durability.EXIT) {
            entries.forEach(stored.log()::apply);
        }
        return own(
                thread,
                first,
                claim -> new Activation(
                        workflow,
                        config,
                        durability,
                        threadId,
                        running,
                        opening,
                        claim,
                        stored.log(),
                        null,
                        previous,
                        contexts,
                        true,
                        stalls),
                durability == Durability.EXIT ? entries : List.of());
    }

    /**
     * How many claims in a row made no progress, this one included; 0 where a person makes the run go on. The log counts
     * them, but in EXIT mode the claim leaves nothing in the log until it reaches an exit point, so the head counts these.
     */
    private int stalls(ThreadRecord thread, StoredRun stored, boolean crashed) {
        if (crashed) {
            return stored.log().stalls() + thread.head().stalls() + 1;
        }
        boolean unattended = request instanceof Request.Wake && durability == Durability.EXIT;
        return unattended ? thread.head().stalls() + 1 : 0;
    }

    private static List<LogRecord> records(RunLog log, List<LogEntry> entries) {
        List<LogRecord> records = new ArrayList<>();
        for (LogEntry entry : entries) {
            records.add(new LogRecord(log.nextSeq() + records.size(), EntryFormat.write(entry)));
        }
        return records;
    }

    private boolean stuck(ThreadRecord thread, StoredRun stored) {
        Head head =
                new Head(ThreadStatus.STUCK, stored.run().runId(), thread.head().checkpointId(), null, MAX_STALLS);
        Write write = new Write(null, List.of(), stored.run().with(ThreadStatus.STUCK, null), List.of(), head, true);
        if (!engine.claims().forWrite(store, threadId, spec.name(), thread, write)) {
            return false;
        }
        throw new ThreadStuckException(StoredRun.stuck(
                Activation.where(spec.name(), threadId, stored.run().runId())));
    }
}
