package dev.clew.engine.housekeeping;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.Engine;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.world.Time;
import dev.clew.flow.RecoveredRun;
import dev.clew.flow.Recovery;
import dev.clew.flow.RunResult;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the store once for runs that could continue and that no process executes: crashed ones, and parked ones that are due now.
 * Threads that rest, or are due later, are never read: the store finds the others by their status and their alarm.
 */
final class Sweep {
    private static final int PAGE = 1_000;

    /** Each page of due threads costs a look at all of them, so pages are large. */
    private static final int DUE_PAGE = 10_000;

    private final Engine engine;
    private final Checkpointer store;
    private final List<RecoveredRun> runs = new ArrayList<>();
    private final List<ThreadSummary> unknown = new ArrayList<>();

    Sweep(Engine engine, Checkpointer store) {
        this.engine = engine;
        this.store = store;
    }

    Recovery recover() {
        engine.settings().time().synchronize();
        Instant now = Time.toInstant(engine.settings().time().micros());
        each(
                ThreadQuery.all()
                        .status(ThreadStatus.RUNNING, ThreadStatus.UNDOING, ThreadStatus.CRASHED, ThreadStatus.ANSWERED)
                        .limit(PAGE),
                thread -> {
                    if (!engine.claims().isOwned(thread)) {
                        with(
                                thread,
                                workflow -> goOn(
                                        workflow,
                                        thread.threadId(),
                                        thread.head().runId()));
                    }
                });
        ThreadQuery parked = ThreadQuery.all().status(ThreadStatus.SLEEPING, ThreadStatus.INTERRUPTED);
        each(parked.dueBefore(now).limit(DUE_PAGE), thread -> with(thread, workflow -> wake(workflow, thread)));
        engine.backlog().pump();
        engine.dueRuns().begin();
        return new Recovery(runs, unknown);
    }

    private void each(ThreadQuery query, Consumer<ThreadRecord> consumer) {
        List<ThreadRecord> page = store.threads(query);
        page.forEach(consumer);
        while (page.size() == query.limit()) {
            page = store.threads(query.after(page.get(page.size() - 1).threadId()));
            page.forEach(consumer);
        }
    }

    private void with(ThreadRecord thread, Consumer<RunWorkflow<?, ?>> action) {
        RunWorkflow<?, ?> workflow = engine.workflows().get(thread.workflow());
        if (workflow == null) {
            unknown.add(new ListedThread(thread));
        } else {
            action.accept(workflow);
        }
    }

    private void wake(RunWorkflow<?, ?> workflow, ThreadRecord thread) {
        Instant wakeAt = thread.head().wakeAt();
        String runId = thread.head().runId();
        if (wakeAt != null && runId != null && !engine.sleepers().knows(thread.threadId(), runId, wakeAt)) {
            goOn(workflow, thread.threadId(), runId);
        }
    }

    @SuppressWarnings("unchecked")
    private void goOn(RunWorkflow<?, ?> workflow, String threadId, @Nullable String runId) {
        CompletableFuture<?> result = engine.backlog().add(workflow, threadId, String.valueOf(runId));
        runs.add(new RecoveredRun(threadId, workflow.name(), (CompletableFuture<RunResult<?>>) result));
    }
}
