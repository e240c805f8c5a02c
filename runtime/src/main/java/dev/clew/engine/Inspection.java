package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.request.Request;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.EventLog;
import dev.clew.engine.stored.LogView;
import dev.clew.engine.stored.PlainChanges;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.LoggedEvent;
import dev.clew.state.LoggedStep;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.value.TypeRef;
import java.util.List;

/** What can be seen of threads, and done to them, by an engine that does not have their workflows. */
public final class Inspection {
    private final Engine engine;
    private final Checkpointer store;

    public Inspection(Engine engine) {
        this.engine = engine;
        this.store = engine.requireStore("looking at threads");
    }

    /** What the thread is doing, with owners seen that are known to be gone. */
    public ThreadStatus status(ThreadSummary thread) {
        return engine.claims()
                .see(store, thread.threadId())
                .map(Claims.Seen::status)
                .orElse(thread.status());
    }

    public ThreadState<Object> state(RunConfig config) {
        return engine.reading().state(absent(Engine.requireThread(config)).spec(), config);
    }

    public List<HistoryEntry<Object>> history(CheckpointQuery query) {
        return engine.reading().history(absent(query.threadId()).spec(), query);
    }

    public List<LoggedStep> log(RunConfig config) {
        String runId = state(config).runId();
        String threadId = Engine.requireThread(config);
        return runId == null
                ? List.of()
                : store.run(threadId, runId)
                        .map(run ->
                                LogView.of(store, engine.settings().codec(), threadId, run, isHead(threadId, runId)))
                        .orElse(List.of());
    }

    public LoggedEvent.Page events(String threadId, String runId, long from, int atMost) {
        return new EventLog(store, engine.settings().codec(), threadId, runId).read(from, atMost);
    }

    private boolean isHead(String threadId, String runId) {
        return store.thread(threadId)
                .filter(thread -> runId.equals(thread.head().runId()))
                .isPresent();
    }

    public void answer(String threadId, Command answers) {
        engine.requireOpen();
        new RemoteAnswer(engine, store, threadId, null, null).answer(Request.of(answers));
    }

    public boolean cancel(String threadId) {
        return store.thread(threadId).isPresent() && engine.cancel(absent(threadId), threadId);
    }

    /** The requests that match. */
    public List<RequestRow> requests(QueueQuery query) {
        engine.requireOpen();
        return engine.queue().list(query);
    }

    /** Removes matching requests that are over; how many they were. */
    public int purge(QueueQuery query) {
        RunQueue queue = engine.queue();
        return (int) requests(query.state(RequestState.REFUSED, RequestState.CANCELLED)).stream()
                .filter(row ->
                        queue.remove(row.request().threadId(), row.request().requestId()))
                .count();
    }

    /** Cancels a request that was not opened, or the run that it has become. */
    public boolean cancel(String threadId, String requestId) {
        return new QueuedHandle<>(absent(threadId), store, threadId, requestId).cancel();
    }

    /** The thread's workflow as far as it can be known without its code; everything it gives is plain data. */
    private EngineWorkflow<Void, Object> absent(String threadId) {
        String name = store.thread(threadId).map(ThreadRecord::workflow).orElse("unknown");
        TypeRef<Object> plain = TypeRef.of(Object.class);
        WorkflowSpec<Void, Object> spec = WorkflowSpec.<Void, Object>of(name, TypeRef.of(Void.class), plain)
                .saves(plain, PlainChanges.ONLY)
                .previous(plain)
                .outputOfSaved(saved -> saved)
                .body(call -> {
                    throw new RequestRefusedException("workflow '" + name + "' is not here");
                });
        return new EngineWorkflow<>(engine, spec);
    }
}
