package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.Request;
import dev.clew.engine.stored.Owner;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.ThreadBusyException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.state.ThreadStatus;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives answers to a run that is executing: to its session if a graph of this process with this store executes it, else by
 * the store, where its owner finds them within a second.
 *
 * @param thread as it was read; owned
 */
record RunningAnswer(Engine engine, Checkpointer store, ThreadRecord thread) {
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
     * @throws AnswerRefusedException if one of them is refused
     * @throws ThreadBusyException if the run keeps its log to itself in another process
     */
    Outcome hand(Request request, boolean plain, Function<StoredRun, Answers> check) {
        Engine owner = owner();
        if (owner != null) {
            Activations.Running<?> here = owner.activations().of(thread.threadId());
            return here != null && here.session().answers().take(request, plain, null) ? Outcome.HERE : Outcome.MOVED;
        }
        return wait(request, check).isEmpty() ? Outcome.MOVED : Outcome.WAITING;
    }

    /** Stores the checked answers for the owner; empty if the thread has to be read again. */
    List<Answered> wait(Request request, Function<StoredRun, Answers> check) {
        String runId = thread.head().runId();
        // In EXIT mode the head says how the thread was before: what is asked now is known to its process only.
        if (runId == null || thread.head().status() != ThreadStatus.RUNNING) {
            throw engine.claims().busy(thread);
        }
        StoredRun stored = StoredRun.head(store, engine.settings().codec(), thread, runId);
        List<Answered> entries = check.apply(stored).entries(request);
        List<WaitingAnswer> answers = entries.stream()
                .map(entry -> new WaitingAnswer(runId, entry.id(), EntryFormat.write(entry)))
                .toList();
        return store.addAnswers(thread.threadId(), thread.epoch(), answers) ? entries : List.of();
    }

    /** The graph of this process that owns the thread; null if another process does. */
    @Nullable
    Engine owner() {
        Lease lease = thread.lease();
        if (lease == null) {
            return null;
        }
        if (lease.owner().equals(engine.owner())) {
            return engine;
        }
        return Owner.here(lease.owner()) instanceof Engine other
                        && other.settings().checkpointer() == store
                ? other
                : null;
    }
}
