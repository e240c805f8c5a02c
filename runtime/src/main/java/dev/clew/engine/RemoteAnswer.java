package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.Request;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.RequestRefusedException;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores answers for a run whose workflow is elsewhere. The thread is ANSWERED then, and any process that has the workflow
 * can continue it.
 */
record RemoteAnswer(Engine engine, Checkpointer store, String threadId) {
    private static final Set<ThreadStatus> TAKES_ANSWERS =
            EnumSet.of(ThreadStatus.INTERRUPTED, ThreadStatus.ANSWERED, ThreadStatus.CRASHED);

    void answer(Request request) {
        boolean unused = engine.claims()
                .changeThread(
                        store, threadId, "an answer", row -> Optional.of(true).filter(made -> tried(row, request)));
    }

    /** False if the thread has to be read again: it changed, or its run starts or ends just now, which takes a write. */
    private boolean tried(Optional<ThreadRecord> row, Request request) {
        ThreadRecord thread = row.orElseThrow(() -> Answers.nothingPending(threadId, "there is no such thread"));
        Optional<ThreadStatus> judged = engine.claims().judge(store, thread);
        if (judged.isEmpty()) {
            return false;
        }
        ThreadStatus status = judged.get();
        String runId = thread.head().runId();
        boolean proceeds = request instanceof Request.Proceed;
        if (proceeds && (status == ThreadStatus.RUNNING || status == ThreadStatus.SLEEPING)) {
            throw engine.claims().busy(thread);
        }
        if (status == ThreadStatus.RUNNING) {
            return new RunningAnswer(engine, store, thread).hand(request) != RunningAnswer.Outcome.MOVED;
        }
        if (runId == null || !TAKES_ANSWERS.contains(status)) {
            throw Answers.nothingPending(threadId, "its run is " + status);
        }
        if (proceeds) {
            throw new RequestRefusedException("thread '" + threadId + "' goes on where its workflow '"
                    + thread.workflow() + "' is, not here; only answers can be left for it");
        }
        StoredRun stored = StoredRun.head(store, engine.settings().codec(), thread, runId);
        List<LogEntry> entries = new ArrayList<>(stored.waiting());
        entries.addAll(Answers.plain(
                        stored, engine.settings().codec(), engine.settings().time())
                .entries(request));
        Head head = new Head(
                ThreadStatus.ANSWERED,
                runId,
                thread.head().checkpointId(),
                null,
                thread.head().stalls());
        Write write = new Write(
                runId,
                stored.records(entries),
                stored.run().with(ThreadStatus.RUNNING, null),
                List.of(),
                head,
                true,
                stored.waitingFor());
        return engine.claims().forWrite(store, threadId, thread.workflow(), thread, write);
    }
}
