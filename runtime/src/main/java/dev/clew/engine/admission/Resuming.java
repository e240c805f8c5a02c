package dev.clew.engine.admission;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.answer.NotedRequests;
import dev.clew.engine.format.UnreadablePrevious;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.RunLogging;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.Durability;
import dev.clew.flow.ThreadStuckException;
import dev.clew.index.RequestNote;
import dev.clew.index.RequestRecord;
import dev.clew.state.ThreadStatus;
import dev.clew.value.CodecException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Continues a thread's newest run, with or without answers, unless it has stalled too often. */
final class Resuming<O extends @Nullable Object> {
    private final Ticket<O> ticket;

    Resuming(Ticket<O> ticket) {
        this.ticket = ticket;
    }

    /** Claims the thread and starts the run; false if the thread changed after it was read. */
    boolean resume(ThreadRecord thread, StoredRun stored, List<? extends LogEntry> answers, boolean crashed) {
        Checkpoints checkpoints = ticket.checkpoints();
        String threadId = ticket.threadId();
        boolean undoes = stored.log().isUndoing();
        // What undoes a run is recorded step by step, so that a crash repeats as little as possible.
        Durability durability = undoes ? Durability.SYNC : ticket.durability();
        int stalls = stalls(thread, stored, crashed);
        if (stalls > StoredRun.MAX_STALLS) {
            return stuck(thread, stored);
        }
        CheckpointRecord opening = checkpoints.require(threadId, stored.run().inputCheckpoint());
        Contexts contexts = ticket.contexts(opening);
        Object previous = previous(opening);
        List<LogEntry> entries = new ArrayList<>();
        if (crashed && stalls > 0 || stored.run().status() == ThreadStatus.STUCK) {
            entries.add(new LogEntry.Claimed("", ticket.settings().time().micros(), Math.max(1, stalls)));
        }
        entries.addAll(answers);
        ThreadStatus status = undoes ? ThreadStatus.UNDOING : ThreadStatus.RUNNING;
        RunRecord running = stored.run().with(status, null);
        Head head = new Head(status, running.runId(), thread.head().checkpointId(), null, 0);
        List<LogEntry> waited = new ArrayList<>(stored.waiting());
        Write first = durability == Durability.EXIT
                ? new Write(
                        running.runId(),
                        stored.records(waited),
                        null,
                        List.of(),
                        thread.head().stalled(stalls),
                        false,
                        stored.waitingFor())
                : new Write(
                        running.runId(),
                        stored.records(joined(waited, entries)),
                        running,
                        List.of(),
                        head,
                        false,
                        stored.waitingFor());
        if (durability != Durability.EXIT) {
            entries.forEach(stored.log()::apply);
        }
        RequestNote note = ticket.request() instanceof Request.Proceed
                ? ticket.config().request().orElse(null)
                : null;
        NotedRequests noted = NotedRequests.of(ticket.host(), ticket.store(), threadId);
        Write claiming = first.with(noted.record(note, running.runId(), RequestRecord.Kind.PROCEED));
        String gone = ticket.host().claims().shutOut(threadId);
        boolean owned = ticket.own(
                thread.workflow(),
                thread,
                claiming,
                claim -> new Activation(
                        ticket.workflow(),
                        ticket.config(opening),
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
                        ticket.taken()),
                durability == Durability.EXIT ? entries : List.of(),
                ticket.continues());
        boolean isAnswered = thread.head().status() == ThreadStatus.ANSWERED;
        if (owned && crashed && !isAnswered) {
            RunLogging.recovered(Activation.where(ticket.spec().name(), threadId, running.runId()), gone);
        }
        return owned;
    }

    private @Nullable Object previous(CheckpointRecord opening) {
        try {
            return ticket.saved().previous(opening);
        } catch (CodecException changed) {
            return new UnreadablePrevious(changed);
        }
    }

    /**
     * How many claims in a row made no progress, this one included; 0 if a person continues the run. The log counts them.
     * In EXIT mode a claim writes no log entry before its exit point, so the head counts those claims.
     */
    private int stalls(ThreadRecord thread, StoredRun stored, boolean crashed) {
        if (crashed) {
            return stored.log().stalls() + thread.head().stalls() + 1;
        }
        boolean unattended = ticket.request() instanceof Request.Wake && ticket.durability() == Durability.EXIT;
        return unattended ? thread.head().stalls() + 1 : 0;
    }

    private static List<LogEntry> joined(List<LogEntry> first, List<LogEntry> then) {
        List<LogEntry> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    private boolean stuck(ThreadRecord thread, StoredRun stored) {
        Head head = new Head(
                ThreadStatus.STUCK, stored.run().runId(), thread.head().checkpointId(), null, StoredRun.MAX_STALLS);
        Write write = new Write(null, List.of(), stored.run().with(ThreadStatus.STUCK, null), List.of(), head, true);
        if (!ticket.host().claims().forWrite(ticket.store(), ticket.threadId(), thread.workflow(), thread, write)) {
            return false;
        }
        throw new ThreadStuckException(StoredRun.stuck(Activation.where(
                ticket.spec().name(), ticket.threadId(), stored.run().runId())));
    }
}
