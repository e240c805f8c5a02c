package dev.clew.engine.admission;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.active.Activations;
import dev.clew.engine.format.UnreadableValue;
import dev.clew.engine.request.AdmissionFacts;
import dev.clew.engine.request.AdmissionFacts.Alarm;
import dev.clew.engine.request.AdmissionFacts.NamedCheckpoint;
import dev.clew.engine.request.AdmissionFacts.NamedRun;
import dev.clew.engine.request.AdmissionFacts.Pause;
import dev.clew.engine.request.AdmissionFacts.SentInput;
import dev.clew.engine.request.AdmissionFacts.Wish;
import dev.clew.engine.request.AdmissionPlan.Fact;
import dev.clew.engine.request.Request;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenInterrupted;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a request as the table asks for them, and keeps the rows that they were read from. */
final class AdmissionReading {
    private final Ticket<?> ticket;
    private final RunConfig config;
    private final Request request;
    private final @Nullable ThreadRecord thread;
    private AdmissionFacts facts;

    private final @Nullable String runId;
    private @Nullable RunRecord run;
    private @Nullable CheckpointRecord opening;
    private @Nullable CheckpointRecord older;

    /** The newest run, once its pause was read. */
    private @Nullable StoredRun stored;

    /** @param thread as it was read; null if it never ran */
    AdmissionReading(Ticket<?> ticket, @Nullable ThreadRecord thread, @Nullable ThreadStatus status) {
        this.ticket = ticket;
        this.config = ticket.config();
        this.request = ticket.request();
        this.thread = thread;
        this.runId = request instanceof Request.Wake wake
                ? wake.runId()
                : config.runId().orElse(null);
        this.facts = new AdmissionFacts(
                Optional.ofNullable(status),
                wish(),
                runId == null ? NamedRun.NONE : NamedRun.UNREAD,
                config.checkpoint().isEmpty() ? NamedCheckpoint.NONE : NamedCheckpoint.UNREAD,
                SentInput.UNREAD,
                config.whenInterrupted() != WhenInterrupted.REJECT,
                alarm(),
                Pause.UNREAD,
                ticket.taken() == null
                        && (!ticket.host().settings().executes() || thread != null && thread.isQueued()));
    }

    private Wish wish() {
        if (request instanceof Request.Input) {
            return Wish.INPUT;
        } else if (request instanceof Request.Proceed) {
            return Wish.PROCEED;
        }
        return request instanceof Request.Wake ? Wish.WAKE : Wish.ANSWERS;
    }

    private Alarm alarm() {
        Instant wakeAt = thread == null ? null : thread.head().wakeAt();
        if (wakeAt == null) {
            return Alarm.NONE;
        }
        return Time.toMicros(wakeAt) <= ticket.settings().time().micros() ? Alarm.DUE : Alarm.LATER;
    }

    AdmissionFacts facts() {
        return facts;
    }

    /** The thread as it was read; null if it never ran. */
    @Nullable
    ThreadRecord thread() {
        return thread;
    }

    /** The run that the request names. */
    String runId() {
        return String.valueOf(runId);
    }

    /** The older checkpoint that the request names, once it was found. */
    CheckpointRecord older() {
        if (older == null) {
            throw new IllegalStateException("no older checkpoint was read");
        }
        return older;
    }

    /**
     * Reads a fact. Returns false if the thread changed after its row was read, so that the fact does not belong to it.
     *
     * @throws RequestRefusedException if what was recorded cannot be read any more
     */
    boolean look(Fact at) {
        if (thread == null) {
            throw new IllegalStateException("a thread that never ran has no facts to be read");
        }
        switch (at) {
            case RUN -> facts = facts.with(run(thread));
            case CHECKPOINT -> facts = facts.with(checkpoint(thread.head()));
            case INPUT -> facts = facts.with(isSameInput() ? SentInput.SAME : SentInput.OTHER);
            case PAUSE -> {
                facts = facts.with(pause(stored(thread)));
                return !ticket.moved(thread);
            }
        }
        return facts.run() != NamedRun.REPLACED || at != Fact.RUN || !ticket.moved(thread);
    }

    /** The newest run of the thread: a long log is read once. */
    StoredRun stored(ThreadRecord read) {
        StoredRun known = stored;
        if (known == null) {
            known = ticket.load(read);
            stored = known;
        }
        return known;
    }

    private static Pause pause(StoredRun stored) {
        boolean asks = !stored.log().pendingQuestions().isEmpty();
        if (!stored.log().pendingBreakpoints().isEmpty()) {
            return asks ? Pause.BOTH : Pause.BREAKPOINT;
        }
        return asks ? Pause.QUESTIONS : Pause.EDITED;
    }

    private NamedRun run(ThreadRecord read) {
        boolean newest = runId().equals(read.head().runId());
        if (request instanceof Request.Wake) {
            return newest ? NamedRun.NEWEST : NamedRun.REPLACED;
        }
        Activations.Running<?> here = ticket.host().activations().of(ticket.threadId(), runId());
        opening = here == null ? null : here.session().activation().opening();
        if (request instanceof Request.Input && opening != null) {
            return NamedRun.HERE;
        }
        run = ticket.store().run(ticket.threadId(), runId()).orElse(null);
        if (run != null) {
            return newest ? NamedRun.NEWEST : NamedRun.REPLACED;
        }
        return here == null ? NamedRun.ABSENT : NamedRun.HERE;
    }

    /** The checkpoint that the configuration names, unless that is where the thread is anyway. */
    private NamedCheckpoint checkpoint(Head head) {
        String id = config.checkpoint().orElseThrow();
        if (id.equals(head.checkpointId())) {
            return NamedCheckpoint.NEWEST;
        }
        CheckpointRecord found =
                ticket.checkpoints().find(ticket.threadId(), id).orElse(null);
        if (found == null) {
            return NamedCheckpoint.ABSENT;
        }
        boolean openedHead =
                found.runId() != null && found.runId().equals(head.runId()) && found.source() != CheckpointSource.LOOP;
        if (openedHead) {
            return NamedCheckpoint.NEWEST;
        }
        older = found;
        return Checkpoints.isCompleted(found) ? NamedCheckpoint.COMPLETED : NamedCheckpoint.UNFINISHED;
    }

    private boolean isSameInput() {
        if (!ticket.spec().hasInput() || !(request instanceof Request.Input input)) {
            return true;
        }
        CheckpointRecord began = opening();
        byte[] clear = ticket.checkpoints().clear(ticket.threadId(), began, Checkpoints.INPUT);
        Codec codec = ticket.settings().codec();
        List<TypeRef<?>> type = List.of(ticket.spec().inputType());
        Object before = clear == null ? null : recorded(codec, began, clear);
        byte[] recorded = codec.digest(new Object[] {before}, type);
        return codec.matches(recorded, new Object[] {input.value()}, type);
    }

    /** The checkpoint with which the named run began. */
    private CheckpointRecord opening() {
        if (opening != null) {
            return opening;
        }
        if (run == null) {
            throw new IllegalStateException("the run was not read");
        }
        return ticket.checkpoints().require(ticket.threadId(), run.inputCheckpoint());
    }

    private @Nullable Object recorded(Codec codec, CheckpointRecord opening, byte[] clear) {
        try {
            return codec.decode(clear, ticket.spec().inputType());
        } catch (CodecException changed) {
            CodecException why = UnreadableValue.of(
                    "the recorded input of run '" + opening.runId() + "' of thread '" + ticket.threadId()
                            + "', which this input is compared with,",
                    "send it again",
                    changed);
            throw new RequestRefusedException(Reason.OTHER_INPUT, String.valueOf(why.getMessage()));
        }
    }
}
