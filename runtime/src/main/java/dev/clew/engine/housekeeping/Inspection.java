package dev.clew.engine.housekeeping;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnsettledEffect;
import dev.clew.engine.Engine;
import dev.clew.engine.EngineWorkflow;
import dev.clew.engine.answer.RemoteAnswer;
import dev.clew.engine.answer.StoredUndo;
import dev.clew.engine.edit.Settling;
import dev.clew.engine.host.Host;
import dev.clew.engine.queue.QueuedHandle;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.Request;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.EventLog;
import dev.clew.engine.stored.LogView;
import dev.clew.engine.stored.PlainChanges;
import dev.clew.engine.stored.StoredEffects;
import dev.clew.engine.stored.TraceView;
import dev.clew.engine.stored.UnsettledEffects;
import dev.clew.engine.world.Time;
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
import dev.clew.state.RunTrace;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be seen of threads, and done to them, by an engine that does not have their workflows. */
public final class Inspection {
    private static final TypeRef<Resolution<@Nullable Object>> RESOLUTION = new TypeRef<>() {};

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
        return read(Host.requireThread(config), spec -> engine.reading().state(spec, config));
    }

    public List<HistoryEntry<Object>> history(CheckpointQuery query) {
        return read(query.threadId(), spec -> engine.reading().history(spec, query));
    }

    /** Reads a thread as what its workflow gives; once more if it began, or another one did, since its workflow was looked at. */
    private <T> T read(String threadId, Function<WorkflowSpec<Void, Object>, T> reading) {
        try {
            return reading.apply(absent(threadId).spec());
        } catch (RequestRefusedException refused) {
            if (refused.reason() != RequestRefusedException.Reason.OTHER_WORKFLOW) {
                throw refused;
            }
            return reading.apply(absent(threadId).spec());
        }
    }

    public List<LoggedStep> log(RunConfig config) {
        String runId = state(config).runId();
        String threadId = Host.requireThread(config);
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

    /** What a run did; empty for an unknown one. */
    public Optional<RunTrace> trace(String threadId, String runId) {
        engine.requireOpen();
        return store.run(threadId, runId)
                .map(run -> TraceView.of(store, engine.settings().codec(), threadId, run, isHead(threadId, runId)));
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

    /** The steps of a thread that have begun a {@code ONCE} body whose outcome is unknown. */
    public List<UnsettledEffect> unsettled(String threadId) {
        engine.requireOpen();
        return store.thread(threadId)
                .map(thread -> new UnsettledEffects(store)
                        .list(thread, engine.settings().codec()))
                .orElse(List.of());
    }

    /** Says what became of one of them: by its question if its run asks, or else in the log of a run that cannot. */
    public void settle(UnsettledEffect effect, Resolution<?> resolution) {
        engine.requireOpen();
        Codec codec = engine.settings().codec();
        Time time = engine.settings().time();
        byte[] encoded = codec.encode(resolution, RESOLUTION);
        Object plain = codec.decodePlain(encoded);
        ThreadStatus status = store.thread(effect.threadId())
                .map(ThreadRecord::head)
                .filter(head -> effect.runId().equals(head.runId()))
                .map(Head::status)
                .orElse(ThreadStatus.IDLE);
        Optional<String> question = unsettled(effect.threadId()).stream()
                .filter(each ->
                        each.runId().equals(effect.runId()) && each.step().equals(effect.step()))
                .flatMap(each -> each.question().stream())
                .findFirst();
        if (question.isPresent() && RemoteAnswer.takesAnswers(status)) {
            answer(effect.threadId(), Command.resume(question.get(), plain));
            return;
        }
        new Settling(
                        engine.claims(),
                        store,
                        codec,
                        time,
                        (stored, asked) ->
                                Answers.plain(stored, codec, time).entries(Request.of(Command.resume(asked, plain))))
                .settle(effect, resolution, encoded);
    }

    public boolean cancel(String threadId) {
        return store.thread(threadId).isPresent() && engine.cancel(absent(threadId), threadId);
    }

    /** Stores that what the thread's newest run has done is to be undone; false if it is, or was. */
    public boolean undo(String threadId) {
        engine.requireOpen();
        boolean isUndone = store.thread(threadId)
                .map(ThreadRecord::head)
                .filter(head -> head.status() == ThreadStatus.UNDONE
                        || head.runId() != null && StoredEffects.isUndoing(store, threadId, head.runId()))
                .isPresent();
        String unused =
                new StoredUndo(engine, store, absent(threadId).spec(), threadId).decide(RunConfig.thread(threadId));
        return !isUndone;
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
        return new QueuedHandle<>(engine, absent(threadId), store, threadId, requestId).cancel();
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
