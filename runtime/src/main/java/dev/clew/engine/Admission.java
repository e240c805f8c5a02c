package dev.clew.engine;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.CheckpointSource;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.engine.log.LogEntry;
import dev.clew.flow.AnswerRefusedException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowSpec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a request means for a thread as it is, and claims the thread for it. Everything is checked on what was
 * read; the claim is a compare-and-set on that reading, so a refused request has changed nothing that is stored.
 */
final class Admission<O extends @Nullable Object> {
    static final Duration BUSY_POLL = Duration.ofMillis(10);

    private final Ticket<O> ticket;
    private final Engine engine;
    private final WorkflowSpec<?, O> spec;
    private final RunConfig config;
    private final Request request;
    private final String threadId;
    private final Checkpointer store;
    private final Checkpoints checkpoints;
    private final CompletableFuture<RunResult<O>> result;
    private final long began;

    Admission(Ticket<O> ticket) {
        this.ticket = ticket;
        this.engine = ticket.engine();
        this.spec = ticket.spec();
        this.config = ticket.config();
        this.request = ticket.request();
        this.threadId = ticket.threadId();
        this.store = ticket.store();
        this.checkpoints = ticket.checkpoints();
        this.result = ticket.result();
        this.began = engine.settings().time().nanos();
    }

    /** Admits the request, now or when the thread is free; the result is completed in any case. */
    void admit() {
        try {
            boolean unused = engine.claims()
                    .changeThread(
                            store,
                            threadId,
                            "a request for workflow '" + spec.name() + "'",
                            row -> Optional.of(true).filter(made -> decide(row)));
        } catch (ThreadBusyException busy) {
            if (isPatient() || mayBeMeant(busy) && !engine.isClosed()) {
                admitLater();
            } else {
                result.completeExceptionally(busy);
            }
        } catch (Suspension closed) {
            result.completeExceptionally(new RequestRefusedException(
                    Reason.CLOSED,
                    "the graph was closed while thread '" + threadId
                            + "' was about to go on; recover() or Command.proceed() continues it"));
        } catch (RuntimeException | Error refused) {
            RunLogging.refused(request, spec.name(), threadId, refused, Promise.isReceived(result));
            result.completeExceptionally(refused);
        }
    }

    /**
     * Whether the run that makes the thread busy may be the one that a new input names. In EXIT mode only this graph knows
     * that run, and not before its claim has returned.
     */
    private boolean mayBeMeant(ThreadBusyException busy) {
        Activations.Running<?> here = engine.activations().of(threadId);
        return request instanceof Request.Input
                && busy.owner().filter(engine.owner()::equals).isPresent()
                && config.runId()
                        .filter(id -> here == null || here.session().runId().equals(id))
                        .isPresent();
    }

    /** False if the thread changed after it was read. */
    private boolean decide(Optional<ThreadRecord> row) {
        if (row.isEmpty()) {
            return fresh();
        }
        ThreadRecord thread = row.get();
        if (!spec.isNamed(thread.workflow())) {
            throw new RequestRefusedException(
                    Reason.OTHER_WORKFLOW,
                    "thread '" + threadId + "' belongs to workflow '" + thread.workflow() + "', not to '" + spec.name()
                            + "'; use another thread id");
        }
        Optional<ThreadStatus> judged = engine.claims().judge(store, thread);
        if (judged.isEmpty()) {
            return false;
        }
        ThreadStatus status = judged.get();
        if (request instanceof Request.Wake wake) {
            return wake(thread, status, wake.runId());
        }
        if (joined()) {
            return true;
        }
        Optional<RunRecord> named = config.runId().flatMap(id -> store.run(threadId, id));
        if (named.isPresent()) {
            return again(thread, status, named.get());
        }
        if (request instanceof Request.Input input) {
            return input(thread, status, input);
        }
        config.runId()
                .filter(id -> engine.activations().of(threadId, id) == null)
                .ifPresent(id -> {
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
            return new Opening<>(ticket).open(null, input);
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
        boolean asks = status == ThreadStatus.INTERRUPTED || status == ThreadStatus.ANSWERED;
        if (asks && config.whenInterrupted() == WhenInterrupted.REJECT) {
            throw interrupted(thread, status);
        }
        return new Opening<>(ticket).open(thread, input);
    }

    private RequestRefusedException interrupted(ThreadRecord thread, ThreadStatus status) {
        String where = "thread '" + threadId + "', workflow '" + spec.name() + "' ";
        String pending = Answers.describe(ticket.load(thread).pending());
        String abandon = "start a new run with config.whenInterrupted(WhenInterrupted.ABANDON)";
        return new RequestRefusedException(
                Reason.INTERRUPTED,
                status == ThreadStatus.ANSWERED
                        ? where + "has answers that its run has not continued with, so it takes no new input; still"
                                + " pending: " + pending
                                + "; either continue with invoke(Command.proceed(), config), or drop the answers and "
                                + abandon
                        : where + "waits for answers, so it takes no new input; pending: " + pending
                                + "; either answer with invoke(Command.resume(id, answer), config), or drop the questions"
                                + " and " + abandon);
    }

    /** Whether its run can continue at once, although no process executes it. */
    private static boolean isLeft(ThreadStatus status) {
        return status == ThreadStatus.CRASHED || status == ThreadStatus.ANSWERED;
    }

    // --- the same run id again ---

    /** Joins the run of this id that this graph is executing; in EXIT mode it is not stored yet. */
    private boolean joined() {
        Activation here = config.runId()
                .map(id -> engine.activations().of(threadId, id))
                .map(r -> r.session().activation())
                .orElse(null);
        CheckpointRecord opening = here == null ? null : here.opening();
        if (opening == null || !(request instanceof Request.Input input)) {
            return false;
        }
        requireSameInput(opening, input);
        follow(String.valueOf(opening.runId()));
        return true;
    }

    /** Waits for a run that is executing or parked in any process; if its owner dies or drops it, the run continues here. */
    private void follow(String runId) {
        Admission<O> wake = new Admission<>(ticket.asking(new Request.Wake(runId)));
        engine.join(ticket.workflow(), threadId, runId, wake::admit, result);
    }

    private boolean again(ThreadRecord thread, ThreadStatus status, RunRecord run) {
        boolean head = run.runId().equals(thread.head().runId());
        if (!head && ticket.moved(thread)) {
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
            if (isLeft(status)) {
                return new Resuming<>(ticket).resume(thread, ticket.load(thread), List.of(), true);
            }
            if (status == ThreadStatus.INTERRUPTED && isDue(thread)) {
                return new Resuming<>(ticket).resume(thread, ticket.load(thread), List.of(), false);
            }
            return tell(thread);
        }
        if (!head) {
            throw new RequestRefusedException(
                    Reason.REPLACED, "run '" + run.runId() + "' is no longer the newest of thread '" + threadId + "'");
        }
        return command(thread, status);
    }

    /** Completes the request with the end of a run that is no longer the thread's newest. */
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
        Object before = clear == null ? null : recorded(opening, clear);
        byte[] recorded = engine.settings().codec().digest(new Object[] {before}, type);
        if (!engine.settings().codec().matches(recorded, new Object[] {input.value()}, type)) {
            throw new RequestRefusedException(
                    Reason.OTHER_INPUT,
                    "run '" + opening.runId() + "' of thread '" + threadId
                            + "' was opened with another input; a run id stands for one input, use a new one");
        }
    }

    private @Nullable Object recorded(CheckpointRecord opening, byte[] clear) {
        try {
            return engine.settings().codec().decode(clear, spec.inputType());
        } catch (CodecException changed) {
            CodecException why = Unreadable.of(
                    "the recorded input of run '" + opening.runId() + "' of thread '" + threadId
                            + "', which this input is compared with,",
                    "send it again",
                    changed);
            throw new RequestRefusedException(Reason.OTHER_INPUT, String.valueOf(why.getMessage()));
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
            case RUNNING, SLEEPING -> {
                if (proceed) {
                    throw engine.claims().busy(thread);
                }
                return early(thread, status);
            }
            case INTERRUPTED -> {
                if (proceed && !isDue(thread)) {
                    return tell(thread);
                }
                StoredRun stored = ticket.load(thread);
                return new Resuming<>(ticket).resume(thread, stored, proceed ? List.of() : answers(stored), false);
            }
            case CRASHED, ANSWERED -> {
                StoredRun stored = ticket.load(thread);
                return new Resuming<>(ticket).resume(thread, stored, proceed ? List.of() : answers(stored), true);
            }
            case FAILED, BLOCKED, STUCK -> {
                if (!proceed) {
                    throw Answers.nothingPending(threadId, "its run is " + status + "; Command.proceed() goes on");
                }
                return new Resuming<>(ticket).resume(thread, ticket.load(thread), List.of(), false);
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

    // --- answers to a run that executes ---

    /** Takes answers to what a run asks that executes or sleeps; a patient caller waits until it asks that. */
    private boolean early(ThreadRecord thread, ThreadStatus status) {
        try {
            if (status == ThreadStatus.RUNNING) {
                return answer(thread);
            }
            StoredRun stored = ticket.load(thread);
            return new Resuming<>(ticket).resume(thread, stored, answers(stored), false);
        } catch (AnswerRefusedException refused) {
            boolean unasked = refused.reason() == AnswerRefusedException.Reason.NOTHING_PENDING
                    || refused.reason() == AnswerRefusedException.Reason.UNKNOWN;
            if (!unasked || !isPatient()) {
                throw refused;
            }
            admitLater();
            return true;
        }
    }

    private boolean isPatient() {
        Duration waited = Duration.ofNanos(engine.settings().time().nanos() - began);
        return !engine.isClosed() && waited.compareTo(config.whenBusy().patience()) < 0;
    }

    private void admitLater() {
        engine.settings()
                .time()
                .later(
                        BUSY_POLL,
                        () -> engine.hand(
                                this::admit,
                                LastResort.failing("a request for thread '" + threadId + "' was lost", result)));
    }

    /** Gives answers to the thread's owner and waits for the run; false if the thread changed after it was read. */
    private boolean answer(ThreadRecord thread) {
        RunningAnswer running = new RunningAnswer(engine, store, thread);
        Engine owner = running.owner();
        if (owner == null) {
            List<LogEntry.Answered> left = running.wait(request, this::check);
            String runId = thread.head().runId();
            if (left.isEmpty() || runId == null) {
                return false;
            }
            followAnswers(runId, left);
            return true;
        }
        Activations.Running<?> here = owner.activations().of(threadId);
        String runId = here == null ? "" : here.session().runId();
        config.runId().filter(id -> here != null && !id.equals(runId)).ifPresent(id -> {
            throw new RequestRefusedException(
                    Reason.REPLACED, "run '" + id + "' is no longer the newest of thread '" + threadId + "'");
        });
        if (here == null || !here.session().answers().take(request, false, result)) {
            // Its last write is under way, or its first: the thread is read again once that is over.
            admitLater();
            return true;
        }
        follow(runId);
        return true;
    }

    /** Waits for a run of another process, and for the result of the answers that were stored for it. */
    private void followAnswers(String runId, List<LogEntry.Answered> left) {
        AnswerFate<O> fate = new AnswerFate<>(ticket, runId, left);
        Admission<O> wake = new Admission<>(ticket.asking(new Request.Wake(runId)));
        engine.backlog().left(result);
        new Follower<>(engine, ticket.workflow(), threadId, runId, wake::admit, fate::look, result).follow();
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
        CheckpointRecord checkpoint = ticket.requireNamed(named.get());
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
            return !ticket.moved(thread) && replaced(runId);
        }
        if (isLeft(status)) {
            return new Resuming<>(ticket).resume(thread, ticket.load(thread), List.of(), true);
        }
        boolean parked = status == ThreadStatus.SLEEPING || status == ThreadStatus.INTERRUPTED;
        if (parked && thread.head().wakeAt() != null) {
            return new Resuming<>(ticket).resume(thread, ticket.load(thread), List.of(), false);
        }
        follow(runId);
        return true;
    }

    private List<LogEntry.Answered> answers(StoredRun stored) {
        return check(stored).entries(request);
    }

    private Answers check(StoredRun stored) {
        return new Answers(
                stored, engine.settings(), question -> engine.workflows().answerType(spec, question.path()));
    }

    /** Completes the request with how the run ended or paused; false if the run continued while it was read. */
    private boolean tell(ThreadRecord thread) {
        StoredRun stored = ticket.load(thread);
        if (ticket.moved(thread)) {
            return false;
        }
        result.complete(stored.result(spec, checkpoints));
        return true;
    }
}
