package dev.clew.engine.answer;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.Request;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.RequestRefusedException;
import dev.clew.index.RequestNote;
import dev.clew.index.RequestRecord;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores answers for a run that another process continues. The thread is ANSWERED then, and any process that has the workflow
 * can continue it.
 *
 * @param note the request that is stored with them; null for none
 * @param spec the workflow, which knows the types of answers; null if it is not here, so that they are plain data
 */
public record RemoteAnswer(
        RunningHost host,
        Checkpointer store,
        String threadId,
        @Nullable WorkflowSpec<?, ?> spec,
        @Nullable RequestNote note) {
    private static final Set<ThreadStatus> TAKES_ANSWERS =
            EnumSet.of(ThreadStatus.INTERRUPTED, ThreadStatus.ANSWERED, ThreadStatus.CRASHED);

    /** Whether a run that is stored so may take answers, here or where it is executed. */
    public static boolean takesAnswers(ThreadStatus stored) {
        return stored == ThreadStatus.RUNNING || TAKES_ANSWERS.contains(stored);
    }

    public void answer(Request request) {
        boolean unused = host.claims()
                .changeThread(
                        store, threadId, "an answer", row -> Optional.of(true).filter(made -> tried(row, request)));
    }

    /** False if the thread has to be read again: it changed, or its run starts or ends just now, which takes a write. */
    private boolean tried(Optional<ThreadRecord> row, Request request) {
        ThreadRecord thread = row.orElseThrow(() -> Answers.nothingPending(threadId, "there is no such thread"));
        Optional<ThreadStatus> judged = host.claims().judge(store, thread);
        if (judged.isEmpty()) {
            return false;
        }
        ThreadStatus status = judged.get();
        String runId = thread.head().runId();
        boolean proceeds = request instanceof Request.Proceed;
        if (proceeds && (status == ThreadStatus.RUNNING || status == ThreadStatus.SLEEPING)) {
            throw host.claims().busy(thread);
        }
        if (status == ThreadStatus.RUNNING) {
            return new RunningAnswer(host, store, thread).hand(request, spec == null, this::check, note)
                    != RunningAnswer.Outcome.MOVED;
        }
        if (runId == null || !TAKES_ANSWERS.contains(status)) {
            throw Answers.nothingPending(threadId, "its run is " + status);
        }
        if (proceeds) {
            throw new RequestRefusedException("thread '" + threadId + "' goes on where its workflow '"
                    + thread.workflow() + "' is, not here; only answers can be left for it");
        }
        StoredRun stored = StoredRun.head(store, host.settings().codec(), thread, runId);
        List<LogEntry> entries = new ArrayList<>(stored.waiting());
        entries.addAll(check(stored).entries(request));
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
                stored.waitingFor(),
                NotedRequests.of(host, store, threadId).record(note, runId, RequestRecord.Kind.ANSWER));
        return host.claims().forWrite(store, threadId, thread.workflow(), thread, write);
    }

    private Answers check(StoredRun stored) {
        EngineSettings settings = host.settings();
        return spec == null
                ? Answers.plain(stored, settings.codec(), settings.time())
                : Answers.typed(
                        stored,
                        settings.codec(),
                        settings.time(),
                        question -> host.workflows().answerType(spec, question.path()));
    }
}
