package dev.clew.engine.queue;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.active.Activations;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.answer.NotedRequests;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.ReadBack;
import dev.clew.engine.host.Host;
import dev.clew.engine.request.BoundThread;
import dev.clew.engine.request.PausedThread;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.work.StoredConfig;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WhenInterrupted;
import dev.clew.index.RequestNote;
import dev.clew.index.RequestRecord;
import dev.clew.queue.Enqueued;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RunQueue;
import dev.clew.queue.WhenOccupied;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes requests of queues, and reads them again. */
public final class QueuedRequests {
    private static final String CONFIG = Places.QUEUED_CONFIG;
    private static final String INPUT = Places.QUEUED_INPUT;
    private static final String DETAIL = "queued detail";

    private final RunningHost host;
    private final Checkpointer store;
    private final Codec codec;

    public QueuedRequests(RunningHost host, Checkpointer store) {
        this.host = host;
        this.store = store;
        this.codec = host.settings().codec();
    }

    /**
     * Enqueues a run, durably.
     *
     * @return the id of the request and the run
     */
    public String enqueue(RunWorkflow<?, ?> workflow, @Nullable Object input, RunConfig config) {
        RequestNote note = config.request().orElse(null);
        NotedRequests noted = NotedRequests.of(host, store, Host.requireThread(config));
        Optional<String> known = noted.known(note);
        if (known.isPresent()) {
            return known.get();
        }
        QueuedRun request = request(workflow, input, config);
        String threadId = request.threadId();
        WhenOccupied occupied = occupied(config);
        boolean cancels = occupied == WhenOccupied.INTERRUPT || occupied == WhenOccupied.ROLLBACK;
        if (note == null && !cancels && store.queue().addToFreeThread(request)) {
            return request.requestId();
        }
        requireFitting(workflow, request, !cancels && isRejecting(config));
        OlderRun older = cancels ? OlderRun.of(host, store, threadId) : null;
        RequestRecord record = noted.record(note, request.requestId(), RequestRecord.Kind.INPUT);
        Enqueued enqueued = store.queue().enqueue(request, occupied, record);
        if (enqueued == Enqueued.BUSY) {
            throw new ThreadBusyException(
                    threadId, "its run, or a request in its line, comes first", null, busySince(threadId));
        }
        if (enqueued == Enqueued.ADDED && older != null) {
            older.cancel(workflow);
        }
        return enqueued == Enqueued.ADDED || note == null ? request.requestId() : noted.taken(note);
    }

    /** A request that is enqueued in a transaction of the caller's, whose thread nobody locks. */
    public QueuedRun outbox(RunWorkflow<?, ?> workflow, @Nullable Object input, RunConfig config) {
        config.whenBusy().filter(busy -> !busy.equals(WhenBusy.enqueue())).ifPresent(busy -> {
            throw new RequestRefusedException("a run of workflow '" + workflow.name()
                    + "' is enqueued in a transaction, so it is not known whether its thread will be busy; leave whenBusy out, or"
                    + " use WhenBusy.enqueue()");
        });
        if (config.request().isPresent()) {
            throw notedElsewhere(workflow);
        }
        QueuedRun request = request(workflow, input, config);
        requireFitting(workflow, request, isRejecting(config));
        return request;
    }

    /** Whether a request does not wait for a person; what is delayed is judged at its turn. */
    private static boolean isRejecting(RunConfig config) {
        boolean isDelayed = config.startAt().isPresent() || !config.delay().isZero();
        return config.saysWhenInterrupted() && config.whenInterrupted() == WhenInterrupted.REJECT && !isDelayed;
    }

    private void requireFitting(RunWorkflow<?, ?> workflow, QueuedRun request, boolean rejects) {
        store.thread(request.threadId()).ifPresent(thread -> {
            BoundThread.require(thread, workflow.spec());
            if (rejects && isUnknown(request)) {
                // With an answer, or while it continues with one in EXIT mode, it waits for nobody, though its head
                // says so.
                host.claims()
                        .see(store, request.threadId(), Optional.of(thread))
                        .ifPresent(seen -> PausedThread.refuse(store, codec, seen.thread(), seen.status()));
            }
        });
    }

    /** Whether neither the thread nor its line has a request of this id: what is enqueued again is not refused. */
    private boolean isUnknown(QueuedRun request) {
        return store.queue().find(request.threadId(), request.requestId()).isEmpty()
                && store.run(request.threadId(), request.requestId()).isEmpty();
    }

    private QueuedRun request(RunWorkflow<?, ?> workflow, @Nullable Object input, RunConfig config) {
        String threadId = Host.requireThread(config);
        requireStorable(workflow, config);
        String requestId = requestId(config);
        return new QueuedRun(
                threadId,
                requestId,
                config.queue(),
                workflow.name(),
                config.priority(),
                config.concurrencyKey().orElse(null),
                config.saysWhenInterrupted(),
                delay(config),
                codec.protect(
                        codec.encode(StoredConfig.of(config), StoredConfig.TYPE),
                        Places.request(CONFIG, threadId, requestId)),
                input(workflow, input, threadId, requestId),
                host.settings().deployment());
    }

    /** The id that the configuration names, of the run or of the request that opens it. */
    private String requestId(RunConfig config) {
        Optional<String> noted = config.request().map(RequestNote::requestId);
        Optional<String> named = config.runId();
        if (noted.isPresent() && named.isPresent() && !noted.equals(named)) {
            throw new RequestRefusedException("the request '" + noted.get()
                    + "' is for a new run, so the run has its id, not '" + named.get() + "'; leave runId out");
        }
        return noted.or(() -> named).orElseGet(() -> host.settings().time().freshId());
    }

    private static WhenOccupied occupied(RunConfig config) {
        WhenBusy busy = config.whenBusy().orElseGet(WhenBusy::enqueue);
        return switch (busy.policy()) {
            case WAIT -> WhenOccupied.REFUSE;
            case ENQUEUE -> WhenOccupied.WAIT;
            case INTERRUPT -> WhenOccupied.INTERRUPT;
            case ROLLBACK -> WhenOccupied.ROLLBACK;
        };
    }

    /** The run that a thread had when a request was made that cancels it. The store has noted that; this makes it soon. */
    private record OlderRun(
            RunningHost host,
            Checkpointer store,
            String threadId,
            Activations.@Nullable Running<?> here,
            @Nullable String runId) {
        static OlderRun of(RunningHost host, Checkpointer store, String threadId) {
            Activations.Running<?> here = host.activations().of(threadId);
            String runId =
                    store.thread(threadId).map(thread -> thread.head().runId()).orElse(null);
            return new OlderRun(host, store, threadId, here, runId);
        }

        void cancel(RunWorkflow<?, ?> workflow) {
            host.signals().signal(threadId, ThreadSignals.Event.OVER);
            boolean isAsked = here != null && here.session().cancel();
            if (isAsked || runId == null) {
                return;
            }
            try {
                boolean unused = host.cancelElsewhere(store, workflow, threadId, runId);
            } catch (CheckpointException unwell) {
                LOG.debug("run '{}' of thread '{}' could not be cancelled at once", runId, threadId, unwell);
            }
        }
    }

    /** When the first request of a thread's line joined it, or, if its line is empty, when its run changed last. */
    private Instant busySince(String threadId) {
        return store.queue().list(QueueQuery.all().thread(threadId)).stream()
                .filter(row -> !row.state().isOver())
                .map(RequestRow::enqueuedAt)
                .findFirst()
                .or(() -> store.thread(threadId).map(ThreadRecord::updatedAt))
                .orElseGet(store::now);
    }

    /** Refuses what is for queues alone. */
    public static void requireNone(RunWorkflow<?, ?> workflow, RunConfig config, Request request) {
        if (config.request().isPresent() && !(request instanceof Request.Proceed)) {
            throw notedElsewhere(workflow);
        }
        boolean isForQueues = config.whenBusy()
                .filter(busy -> busy.policy() != WhenBusy.Policy.WAIT)
                .isPresent();
        if (config.saysQueue() || isForQueues) {
            throw new RequestRefusedException("a run of workflow '" + workflow.name()
                    + "' is invoked with what is for queues: queue, priority, delay, startAt, concurrencyKey,"
                    + " WhenBusy.enqueue(), interrupt() and rollback() are for enqueue(input, config)");
        }
    }

    private static RequestRefusedException notedElsewhere(RunWorkflow<?, ?> workflow) {
        return new RequestRefusedException("a request(…) of workflow '" + workflow.name()
                + "' is stored by enqueue(…), and by invoke(Command.proceed(), config), alone");
    }

    private void requireStorable(RunWorkflow<?, ?> workflow, RunConfig config) {
        Contexts.requireMade(config, host.settings());
        if (!config.contexts().isEmpty()) {
            throw new RequestRefusedException("a run of workflow '" + workflow.name()
                    + "' cannot be enqueued with contexts, which are objects of this process; give them to the builder of"
                    + " the workers' graph");
        }
        boolean waitsForSomeTime = config.whenBusy()
                .filter(busy -> busy.policy() == WhenBusy.Policy.WAIT && !busy.equals(WhenBusy.reject()))
                .isPresent();
        if (waitsForSomeTime) {
            throw new RequestRefusedException("a run of workflow '" + workflow.name()
                    + "' is enqueued with WhenBusy.waitUpTo, which is for invoke; use WhenBusy.enqueue() or reject()");
        }
    }

    private Duration delay(RunConfig config) {
        return config.startAt()
                .map(moment ->
                        Duration.between(Time.toInstant(host.settings().time().micros()), moment))
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(config.delay());
    }

    private byte @Nullable [] input(
            RunWorkflow<?, ?> workflow, @Nullable Object input, String threadId, String requestId) {
        return workflow.spec().hasInput()
                ? codec.protect(
                        ReadBack.encode(codec, input, workflow.spec().inputType()),
                        Places.request(INPUT, threadId, requestId))
                : null;
    }

    /** A request that waits for its turn; empty, too, if the store keeps no queues. */
    public static Optional<RequestRow> unopened(Checkpointer store, String threadId, String runId) {
        RunQueue queue;
        try {
            queue = store.queue();
        } catch (CheckpointException none) {
            return Optional.empty();
        }
        return queue.find(threadId, runId)
                .filter(row -> !row.isOpened() && !row.state().isOver());
    }

    /**
     * Returns if a request has this input.
     *
     * @throws RequestRefusedException if it has another one
     */
    public void requireSame(RunWorkflow<?, ?> workflow, QueuedRun request, Request.Input input) {
        if (!workflow.spec().hasInput()) {
            return;
        }
        List<TypeRef<?>> type = List.of(workflow.spec().inputType());
        byte[] queued = codec.digest(new Object[] {input(workflow, request).value()}, type);
        if (!codec.matches(queued, new Object[] {input.value()}, type)) {
            throw new RequestRefusedException(
                    Reason.OTHER_INPUT,
                    "run '" + request.requestId() + "' of thread '" + request.threadId()
                            + "' was enqueued with another input; a run id stands for one input, use a new one");
        }
    }

    // --- what was stored ---

    /**
     * The configuration with which the run is opened.
     *
     * @throws dev.clew.value.CodecException if it cannot be read
     */
    public RunConfig config(QueuedRun request) {
        byte[] clear = codec.reveal(request.config(), Places.request(CONFIG, request.threadId(), request.requestId()));
        StoredConfig stored = Objects.requireNonNull(codec.decode(clear, StoredConfig.TYPE));
        return stored.on(request.threadId(), request.requestId());
    }

    /**
     * The input.
     *
     * @throws dev.clew.value.CodecException if it cannot be read
     */
    Request.Input input(RunWorkflow<?, ?> workflow, QueuedRun request) {
        byte[] stored = request.input();
        if (stored == null) {
            return new Request.Input(null);
        }
        byte[] clear = codec.reveal(stored, Places.request(INPUT, request.threadId(), request.requestId()));
        return new Request.Input(codec.decode(clear, workflow.spec().inputType()));
    }

    /** The stored form of why a request was refused. */
    byte[] refusal(QueuedRun request, RequestRefusedException refused) {
        String text = refused.reason().name() + '\n' + refused.getMessage();
        return detail(request, text);
    }

    /** The stored form of why a request is held. */
    byte[] detail(QueuedRun request, String text) {
        return codec.protect(
                text.getBytes(StandardCharsets.UTF_8), Places.request(DETAIL, request.threadId(), request.requestId()));
    }

    /** Why a request is held whose run does not say it. */
    String cause(RequestRow row) {
        if (row.detail() != null) {
            return text(row, row.detail());
        }
        if (row.losses() >= RunQueue.MAX_ATTEMPTS) {
            return "the process that executed it vanished " + row.losses() + " times, and nothing of it was stored";
        }
        return "it was taken " + row.attempts() + " times and could not be "
                + (row.isOpened() ? "continued" : "opened");
    }

    private String text(RequestRow row, byte[] detail) {
        QueuedRun request = row.request();
        return new String(
                codec.reveal(detail, Places.request(DETAIL, request.threadId(), request.requestId())),
                StandardCharsets.UTF_8);
    }

    /** The error of a request that is held and was not opened: nothing opens it any more. */
    RequestRefusedException held(RequestRow row) {
        QueuedRun request = row.request();
        return new RequestRefusedException("the request '" + request.requestId() + "' of thread '" + request.threadId()
                + "' is held: " + cause(row)
                + "; once the cause is removed, retry() lets a worker take it again, or cancel"
                + " it, so that its thread's line moves on");
    }

    /** Why a request was refused. */
    RequestRefusedException refusal(RequestRow row) {
        QueuedRun request = row.request();
        if (row.detail() == null) {
            return new RequestRefusedException(
                    "the request '" + request.requestId() + "' of thread '" + request.threadId() + "' was refused");
        }
        String text = text(row, row.detail());
        int line = text.indexOf('\n');
        return new RequestRefusedException(Reason.valueOf(text.substring(0, line)), text.substring(line + 1));
    }
}
