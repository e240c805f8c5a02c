package dev.clew.engine.answer;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.engine.active.Activations;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.SessionAnswers;
import dev.clew.engine.stored.Owner;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.Durability;
import dev.clew.flow.ThreadBusyException;
import dev.clew.index.RequestNote;
import dev.clew.index.RequestRecord;
import dev.clew.interrupt.AnswerRefusedException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives answers to a run that is executing: to its session if a graph of this process with this store executes it, else by
 * the store, where its owner finds them within a second.
 *
 * @param thread as it was read; owned
 */
public record RunningAnswer(RunningHost host, Checkpointer store, ThreadRecord thread) {
    /** Where the answers are. */
    enum Outcome {
        /** The session in this process has them. */
        HERE,
        /** They wait in the store for their owner. */
        WAITING,
        /** They were not taken: the thread has to be read again. */
        MOVED
    }

    /**
     * Gives all answers of a request, or none; they are durable on return.
     *
     * @param plain whether they are plain data
     * @param check checks them if another process executes the run
     * @param note the request that is stored with them; null for none
     * @throws AnswerRefusedException if one of them is refused
     * @throws ThreadBusyException if the run keeps its log to itself in another process
     */
    Outcome hand(Request request, boolean plain, Function<StoredRun, Answers> check, @Nullable RequestNote note) {
        RunningHost owner = owner();
        if (owner == null) {
            return wait(request, check, note).isEmpty() ? Outcome.MOVED : Outcome.WAITING;
        }
        Activations.Running<?> here = owner.activations().of(thread.threadId());
        if (here == null) {
            return Outcome.MOVED;
        }
        if (note != null) {
            return hand(here.session(), request, plain, note);
        }
        return here.session().answers().take(request, plain, null) ? Outcome.HERE : Outcome.MOVED;
    }

    /** A request is stored with its answers, so they go to a session of this process by the store, too. */
    private Outcome hand(Session session, Request request, boolean plain, RequestNote note) {
        if (session.activation().durability() == Durability.EXIT) {
            throw host.claims().busy(thread);
        }
        List<Answered> entries = SessionAnswers.of(session, plain).entries(request);
        if (!add(session.runId(), entries, note)) {
            return Outcome.MOVED;
        }
        session.answers().fetch();
        return Outcome.WAITING;
    }

    /** Stores the checked answers for the owner; empty if the thread has to be read again. */
    public List<Answered> wait(Request request, Function<StoredRun, Answers> check) {
        return wait(request, check, null);
    }

    private List<Answered> wait(Request request, Function<StoredRun, Answers> check, @Nullable RequestNote note) {
        String runId = thread.head().runId();
        // In EXIT mode the head says how the thread was before: what is asked now is known to its process only.
        if (runId == null || !thread.head().status().isExecuting()) {
            throw host.claims().busy(thread);
        }
        StoredRun stored = StoredRun.head(store, host.settings().codec(), thread, runId);
        List<Answered> entries = check.apply(stored).entries(request);
        return add(runId, entries, note) ? entries : List.of();
    }

    private boolean add(String runId, List<Answered> entries, @Nullable RequestNote note) {
        List<WaitingAnswer> answers = entries.stream()
                .map(entry -> new WaitingAnswer(runId, entry.id(), EntryFormat.write(entry)))
                .toList();
        RequestRecord record =
                NotedRequests.of(host, store, thread.threadId()).record(note, runId, RequestRecord.Kind.ANSWER);
        return store.addAnswers(thread.threadId(), thread.epoch(), answers, record);
    }

    /** The graph of this process that owns the thread; null if another process does. */
    @Nullable
    public RunningHost owner() {
        Lease lease = thread.lease();
        if (lease == null) {
            return null;
        }
        if (lease.owner().equals(host.owner())) {
            return host;
        }
        return Owner.here(lease.owner()) instanceof RunningHost other
                        && other.settings().checkpointer() == store
                ? other
                : null;
    }
}
