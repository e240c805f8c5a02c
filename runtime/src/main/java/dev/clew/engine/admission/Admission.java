package dev.clew.engine.admission;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.active.Activations;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.answer.RunningAnswer;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.follow.AnswerFate;
import dev.clew.engine.follow.Follower;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.queue.QueuedHandle;
import dev.clew.engine.queue.QueuedRequests;
import dev.clew.engine.request.AdmissionFacts.Alarm;
import dev.clew.engine.request.AdmissionPlan;
import dev.clew.engine.request.AdmissionTable;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.BoundThread;
import dev.clew.engine.request.PausedThread;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.RunLogging;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.LoggedBreakpoint;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.LastResort;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WhenInterrupted;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.queue.RequestRow;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a request means for a thread as it is, and claims the thread for it. Everything is checked on what was
 * read; the claim is a compare-and-set on that reading, so a refused request has changed nothing that is stored.
 */
public final class Admission<O extends @Nullable Object> {
    private final Ticket<O> ticket;
    private final RunningHost host;
    private final WorkflowSpec<?, O> spec;
    private final RunConfig config;
    private final Request request;
    private final String threadId;
    private final Checkpointer store;
    private final Checkpoints checkpoints;
    private final CompletableFuture<RunResult<O>> result;
    private final long began;
    private final ThreadWatch.Watch watch;

    public Admission(Ticket<O> ticket) {
        this.ticket = ticket;
        this.host = ticket.host();
        this.spec = ticket.spec();
        this.config = ticket.config();
        this.request = ticket.request();
        this.threadId = ticket.threadId();
        this.store = ticket.store();
        this.checkpoints = ticket.checkpoints();
        this.result = ticket.result();
        this.began = host.settings().time().nanos();
        this.watch = host.watch()
                .watch(
                        threadId,
                        ThreadWatch.Pace.BUSY,
                        this::admit,
                        LastResort.failing("a request for thread '" + threadId + "' was lost", result));
    }

    /** Admits the request, now or when the thread is free; the result is completed in any case. */
    public void admit() {
        try {
            host.settings().time().synchronize();
            boolean unused = host.claims()
                    .changeThread(
                            store,
                            threadId,
                            "a request for workflow '" + spec.name() + "'",
                            seen(),
                            row -> Optional.of(true).filter(made -> decide(row.orElse(null))));
        } catch (ThreadBusyException busy) {
            if (isPatient() || mayBeMeant(busy) && !host.isClosed()) {
                watch.later();
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

    /** The thread as a worker has read it just now with others; null if it has to be read. */
    @SuppressWarnings("NullableOptional") // not read, and not there, are two things
    private @Nullable Optional<ThreadRecord> seen() {
        TakenRequest taken = ticket.taken();
        return taken == null ? null : taken.seen();
    }

    /**
     * Whether the run that makes the thread busy may be the one that a new input names. In EXIT mode only this graph knows
     * that run, and not before its claim has returned.
     */
    private boolean mayBeMeant(ThreadBusyException busy) {
        Activations.Running<?> here = host.activations().of(threadId);
        return request instanceof Request.Input
                && busy.owner().filter(host.owner()::equals).isPresent()
                && config.runId()
                        .filter(id -> here == null || here.session().runId().equals(id))
                        .isPresent();
    }

    /** Returns false if the thread changed after it was read. */
    private boolean decide(@Nullable ThreadRecord thread) {
        ThreadStatus status = null;
        if (thread != null) {
            BoundThread.require(thread, spec);
            status = host.claims().judge(store, thread).orElse(null);
            if (status == null) {
                return false;
            }
        }
        if (thread != null && status != null && isRejecting()) {
            if (status == ThreadStatus.ANSWERED) {
                // The answer came after the queue had looked: its run continues first.
                throw host.claims().busy(thread);
            }
            PausedThread.refuse(store, host.settings().codec(), thread, status);
        }
        AdmissionReading read = new AdmissionReading(ticket, thread, status);
        AdmissionPlan plan = AdmissionTable.plan(read.facts());
        while (plan instanceof AdmissionPlan.Look look) {
            if (!read.look(look.at())) {
                return false;
            }
            plan = AdmissionTable.plan(read.facts());
        }
        return isDone(plan, read);
    }

    /** Whether this is a queued input that does not wait for a person, and abandons nothing. */
    private boolean isRejecting() {
        TakenRequest taken = ticket.taken();
        return taken != null
                && request instanceof Request.Input
                && taken.request().abandons()
                && config.whenInterrupted() == WhenInterrupted.REJECT;
    }

    /**
     * Waits for the queued run that a new input names: a run that was enqueued has its place in its thread's line. It is asked
     * only if the run cannot be opened at once, since the claim is refused while such a run waits.
     */
    private boolean joinsQueued() {
        String runId = config.runId().orElse(null);
        if (runId == null || ticket.taken() != null || !(request instanceof Request.Input input)) {
            return false;
        }
        Optional<RequestRow> queued = QueuedRequests.unopened(store, threadId, runId);
        queued.ifPresent(row -> {
            new QueuedRequests(host, store).requireSame(ticket.workflow(), row.request(), input);
            new QueuedHandle<>(host, ticket.workflow(), store, threadId, runId).follow(result);
        });
        return queued.isPresent();
    }

    // --- the plan is carried out ---

    /** Returns false if the thread changed after it was read. */
    private boolean isDone(AdmissionPlan plan, AdmissionReading read) {
        if (plan instanceof AdmissionPlan.Refuse refuse) {
            if (joinsQueued()) {
                return true;
            }
            throw new Refusals(ticket, read).of(refuse.why());
        } else if (plan instanceof AdmissionPlan.Open && request instanceof Request.Input input) {
            return isOpened(read.thread(), input);
        } else if (plan instanceof AdmissionPlan.Follow) {
            if (!follows() && read.thread() != null) {
                // Its owner continues the run. A worker that waited for it would hold a slot that it may need.
                throw host.claims().busy(read.thread());
            }
            follow(read.runId());
            return true;
        } else if (plan instanceof AdmissionPlan.Report report && report.what() == AdmissionPlan.Recorded.CHECKPOINT) {
            return complete(read.older(), read.older().runId());
        }
        ThreadRecord thread = read.thread();
        if (thread == null) {
            throw new IllegalStateException(plan + " is no plan for a thread that never ran");
        }
        if (plan instanceof AdmissionPlan.Resume resume) {
            requireDue(thread, resume, read);
            StoredRun stored = read.stored(thread);
            List<LogEntry> passed = request instanceof Request.Proceed
                    ? LoggedBreakpoint.passed(stored, host.settings().time().micros())
                    : List.of();
            return new Resuming<>(ticket).resume(thread, stored, passed, resume.left());
        } else if (plan instanceof AdmissionPlan.ResumeWithAnswers resume) {
            return patiently(resume.patient(), () -> resume(thread, resume.left()));
        } else if (plan instanceof AdmissionPlan.GiveAnswers) {
            return patiently(true, () -> give(thread));
        } else if (plan instanceof AdmissionPlan.Report report) {
            return isReported(report.what(), thread, read.runId());
        }
        if (joinsQueued()) {
            return true;
        }
        throw host.claims().busy(thread);
    }

    /** A run that was due when it was found is left alone if whoever continued it meanwhile has parked it anew. */
    private void requireDue(ThreadRecord thread, AdmissionPlan.Resume resume, AdmissionReading read) {
        if (!follows() && !resume.left() && read.facts().alarm() == Alarm.LATER) {
            throw host.claims().busy(thread);
        }
    }

    private boolean follows() {
        return ticket.taken() == null && !(request instanceof Request.Wake wake && !wake.follows());
    }

    private boolean isOpened(@Nullable ThreadRecord thread, Request.Input input) {
        try {
            return new Opening<>(ticket).open(thread, input) || joinsQueued();
        } catch (RequestRefusedException refused) {
            if (joinsQueued()) {
                return true;
            }
            throw refused;
        }
    }

    private boolean isReported(AdmissionPlan.Recorded what, ThreadRecord thread, String runId) {
        return switch (what) {
            case NEWEST_RUN -> tell(thread);
            case REPLACED_RUN -> replaced(runId);
            case VALUE, CHECKPOINT -> finished(thread);
        };
    }

    private boolean resume(ThreadRecord thread, boolean left) {
        StoredRun stored = ticket.load(thread);
        return new Resuming<>(ticket).resume(thread, stored, check(stored).entries(request), left);
    }

    /** Waits for a run that is executing or parked in any process; if its owner dies or drops it, the run continues here. */
    private void follow(String runId) {
        Admission<O> wake = new Admission<>(ticket.asking(new Request.Wake(runId)));
        host.join(ticket.workflow(), threadId, runId, wake::admit, result);
    }

    /** Completes the request with how the run ended or paused; false if the run continued while it was read. */
    private boolean tell(ThreadRecord thread) {
        StoredRun stored = ticket.loadForResult(thread);
        boolean isFinal = stored.run().status() == ThreadStatus.IDLE;
        if (!isFinal && ticket.moved(thread)) {
            return false;
        }
        result.complete(stored.result(spec, checkpoints));
        return true;
    }

    /** Completes the request with the end of a run that is no longer the thread's newest. */
    private boolean replaced(String runId) {
        result.complete(StoredRun.load(store, host.settings().codec(), threadId, runId)
                .abandoned()
                .result(spec, checkpoints));
        return true;
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
        @Nullable O value = base.isEmpty() ? null : new SavedValues<>(checkpoints, threadId, spec).output(base.get());
        result.complete(new RunResult.Completed<>(value, threadId, runId == null ? "" : runId));
        return true;
    }

    // --- answers to a run that executes ---

    /** Tries to answer what a run asks that executes or sleeps; a patient caller waits until the run asks it. */
    private boolean patiently(boolean patient, BooleanSupplier answering) {
        try {
            return answering.getAsBoolean();
        } catch (AnswerRefusedException refused) {
            boolean unasked = refused.reason() == AnswerRefusedException.Reason.NOTHING_PENDING
                    || refused.reason() == AnswerRefusedException.Reason.UNKNOWN;
            if (!patient || !unasked || !isPatient()) {
                throw refused;
            }
            watch.later();
            return true;
        }
    }

    private Duration patience() {
        return config.whenBusy().map(WhenBusy::patience).orElse(Duration.ZERO);
    }

    private boolean isPatient() {
        Duration waited = Duration.ofNanos(host.settings().time().nanos() - began);
        return !host.isClosed() && waited.compareTo(patience()) < 0;
    }

    /** Gives answers to the thread's owner and waits for the run; false if the thread changed after it was read. */
    private boolean give(ThreadRecord thread) {
        RunningAnswer running = new RunningAnswer(host, store, thread);
        RunningHost owner = running.owner();
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
            throw Refusals.replaced(ticket, id);
        });
        if (here == null || !here.session().answers().take(request, false, result)) {
            // Its last write is under way, or its first: the thread is read again once that is over.
            watch.later();
            return true;
        }
        follow(runId);
        return true;
    }

    /** Waits for a run of another process, and for the result of the answers that were stored for it. */
    private void followAnswers(String runId, List<LogEntry.Answered> left) {
        AnswerFate fate = new AnswerFate(store, host.settings().codec(), threadId, runId, left, result);
        Admission<O> wake = new Admission<>(ticket.asking(new Request.Wake(runId)));
        host.backlog().left(result);
        new Follower<>(host.followed(store), spec, threadId, runId, wake::admit, fate::look, result).follow();
    }

    private Answers check(StoredRun stored) {
        return Answers.typed(
                stored,
                host.settings().codec(),
                host.settings().time(),
                question -> host.workflows().answerType(spec, question.path()));
    }
}
