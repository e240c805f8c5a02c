package dev.clew;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.StoreWarning;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnsettledEffect;
import dev.clew.engine.Engine;
import dev.clew.engine.housekeeping.Inspection;
import dev.clew.engine.housekeeping.StoreCopy;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestRow;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleState;
import dev.clew.spi.Wiring;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CopyReport;
import dev.clew.state.LoggedEvent;
import dev.clew.state.LoggedStep;
import dev.clew.state.RunTrace;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Optional;

/**
 * Looks after the threads of any checkpointer, without the classes of their workflows: what a console, a dashboard or a
 * support tool needs. All values are plain data: text, number, boolean, list, map or null.
 *
 * <p>It runs nothing. An answer is stored, and the thread is {@link ThreadStatus#ANSWERED}. The run continues in a process
 * that has its workflow: at the next {@link Graph#recover()} there, which {@link GraphBuilder#recoverEvery} repeats, or by
 * {@code Command.proceed()}.
 *
 * <p>Thread-safe. Processes that run the threads may be at work meanwhile. It needs the codec that they use, if theirs
 * encrypts; a codec with modules is not needed to look at plain data.
 *
 * <pre>{@code
 * try (var db = Sqlite.open(Path.of("essays.db")); var operator = Operator.of(db.checkpointer())) {
 *   for (ThreadSummary thread : operator.threads(ThreadQuery.all().status(ThreadStatus.INTERRUPTED))) {
 *     System.out.println(operator.state(thread.threadId()).pending());
 *   }
 *   operator.answer("essay-1", Command.resume(Map.of("approved", true)));
 * }
 * }</pre>
 */
public final class Operator implements AutoCloseable {
    private final Bare graph;
    private final Inspection inspection;

    private Operator(Bare graph) {
        this.graph = graph;
        this.inspection = new Inspection(engine());
    }

    /** A graph without workflows. */
    private static final class Bare extends Graph {
        private final Wiring wiring;

        Bare(Wiring wiring) {
            super(wiring);
            this.wiring = wiring;
        }
    }

    /** An operator of the threads in this checkpointer, whose values are JSON. */
    public static Operator of(Checkpointer store) {
        return of(store, JsonCodec.standard());
    }

    /** An operator of the threads in this checkpointer, whose values were written by such a codec. */
    public static Operator of(Checkpointer store, Codec codec) {
        return new Operator(
                GraphBuilder.of(Bare::new).checkpointer(store).codec(codec).build());
    }

    /**
     * Copies all threads of one store to another, under the same ids: runs with their logs, and checkpoints. So a program moves from a
     * file to a server:
     *
     * <pre>{@code
     * try (var file = Sqlite.open(Path.of("essays.db")); var server = Postgres.connect(url, user, password)) {
     *   CopyReport report = Operator.copy(file.checkpointer(), server.checkpointer());
     *   report.left().forEach(System.out::println);
     * }
     * }</pre>
     *
     * <p>A copied run continues where the original is: paused runs keep their questions, crashed ones can be recovered. Let no process
     * work on the source meanwhile, and none afterwards, or both continue the same runs. What is copied is not deleted.
     *
     * <p>Each thread is copied whole or not at all. If the call is cut off, call it again: threads that are there already, as they
     * are in the source, are not copied again. Values are copied as they are stored, so graphs of both stores need the same codec.
     * Requests in queues, schedules, documents, the cache, and what servers attached to threads are not copied.
     *
     * @return what was copied, and what was not: threads that are executed, that have an effect whose outcome is unknown, answers
     *     that their run has not taken or requests in a queue, those of whose id the target has another thread, and those that
     *     cannot be read, because they are damaged. None of these keeps the others from being copied
     * @throws dev.clew.checkpoint.CheckpointException if one of the stores fails
     */
    public static CopyReport copy(Checkpointer from, Checkpointer to) {
        return copy(from, to, ThreadQuery.all());
    }

    /**
     * {@link #copy(Checkpointer, Checkpointer)} of the threads that match. The query's limit is how many are read at once. Those that
     * match {@link ThreadQuery#unsettled()} are not copied, and named in the report.
     */
    public static CopyReport copy(Checkpointer from, Checkpointer to, ThreadQuery query) {
        try (Operator source = of(from);
                Operator target = of(to)) {
            return new StoreCopy(source.engine(), target.engine()).copy(query);
        }
    }

    private Engine engine() {
        return Engine.of(graph.wiring);
    }

    /** The threads that match, ordered by thread id, as {@link Graph#threads} lists them. */
    public List<ThreadSummary> threads(ThreadQuery query) {
        return graph.threads(query);
    }

    /**
     * What a thread is doing. {@link ThreadSummary#status()} says the same of a thread that was listed just now; this looks
     * at the owner again.
     */
    public ThreadStatus status(ThreadSummary thread) {
        return inspection.status(thread);
    }

    /** What the thread is doing: status, value, steps, pending questions. The empty state for an unknown thread. */
    public ThreadState<Object> state(String threadId) {
        return state(RunConfig.thread(threadId));
    }

    /** {@link #state(String)}, at the checkpoint that the configuration names if it does. */
    public ThreadState<Object> state(RunConfig config) {
        return inspection.state(config);
    }

    /** The thread's checkpoints, newest first. */
    public List<HistoryEntry<Object>> history(String threadId) {
        return inspection.history(CheckpointQuery.of(threadId));
    }

    /** The log of the thread's newest run as a tree: scopes before what they called, calls in their order. */
    public List<LoggedStep> log(String threadId) {
        return log(RunConfig.thread(threadId));
    }

    /** {@link #log(String)}; where the configuration names a checkpoint, of the run that it opened or completed. */
    public List<LoggedStep> log(RunConfig config) {
        return inspection.log(config);
    }

    /**
     * What a run has recorded, from a place of its log on: for those who follow a run that any process executes. A run in
     * {@code EXIT} mode shows nothing before it rests.
     *
     * <pre>{@code
     * LoggedEvent.Page page = operator.events("essay-1", runId, 0, 500);
     * page = operator.events("essay-1", runId, page.next(), 500);   // what came since
     * }</pre>
     *
     * @param from 0, or {@link LoggedEvent.Page#next()} of what was read before
     * @param atMost how many entries of the log are read, at least 1
     * @return an empty page for an unknown run
     */
    public LoggedEvent.Page events(String threadId, String runId, long from, int atMost) {
        if (atMost < 1) {
            throw new IllegalRequestException("at least 1 entry of a log is read, not " + atMost);
        }
        return inspection.events(threadId, runId, from, atMost);
    }

    /**
     * What a run did, without values: its steps, their attempts, and why steps ran again. It reads all of the run's log.
     *
     * <pre>{@code
     * operator.trace("essay-1", runId).orElseThrow().steps().forEach(step -> System.out.println(step.reruns()));
     * }</pre>
     *
     * @return empty for an unknown run
     */
    public Optional<RunTrace> trace(String threadId, String runId) {
        return inspection.trace(threadId, runId);
    }

    /**
     * Stores answers that are plain data, such as a map for a record. They are checked against the
     * {@linkplain dev.clew.interrupt.PendingInterrupt#answerSchema() schema} of the question; the key's own check is made when the
     * body takes them.
     *
     * <pre>{@code
     * operator.answer("essay-1", Command.resume(Map.of("approved", false, "feedback", "shorter")));
     * }</pre>
     *
     * @param answers {@code Command.resume…}
     * @throws dev.clew.interrupt.AnswerRefusedException if an answer names no pending question, or has the wrong type;
     *     nothing is stored
     * @throws dev.clew.flow.ThreadBusyException if a run of the thread executes in EXIT mode in another process, which alone
     *     knows what it asks; nothing is stored
     */
    public void answer(String threadId, Command answers) {
        inspection.answer(threadId, answers);
    }

    /**
     * The steps of {@code ONCE} tasks of this thread, in any of its runs, that have begun and of which nobody knows whether their
     * effect happened. {@code threads(ThreadQuery.all().unsettled())} lists the threads that have some.
     *
     * <pre>{@code
     * operator.unsettled("order-1").forEach(effect -> System.out.println(effect.step() + " since " + effect.begunAt()));
     * }</pre>
     *
     * @return empty for an unknown thread
     */
    public List<UnsettledEffect> unsettled(String threadId) {
        return inspection.unsettled(threadId);
    }

    /**
     * Says what became of a step whose outcome is unknown. If its run asks, this is the answer, and the thread is {@link
     * ThreadStatus#ANSWERED}. If its run is over, it is no longer listed from then on, and nothing else changes. If the run is FAILED,
     * BLOCKED or STUCK, {@code Command.proceed()} goes on with it; code that calls something else in place of a step that has {@linkplain
     * Resolution#failed failed} no longer blocks the run.
     *
     * <pre>{@code
     * operator.settle(effect, Resolution.succeeded(Map.of("id", "R-17", "cents", 300)));
     * }</pre>
     *
     * @param step one that {@link #unsettled} lists
     * @param resolution the value of a success is plain data. Where no question has a schema, the run checks it when it goes on; if it
     *     is no result of the task, the run asks
     * @throws RequestRefusedException if it is settled by now, or if the run goes on by itself or is being undone, and so finds out or
     *     asks; nothing is stored
     * @throws dev.clew.flow.ThreadBusyException if a run of the thread executes; nothing is stored
     * @throws dev.clew.interrupt.AnswerRefusedException if the value is not what the question wants; nothing is stored
     */
    public void settle(UnsettledEffect step, Resolution<?> resolution) {
        inspection.settle(step, resolution);
    }

    /**
     * Cancels the thread's run, wherever it is executed.
     *
     * @return whether there was something to cancel
     */
    public boolean cancel(String threadId) {
        return inspection.cancel(threadId);
    }

    /**
     * Stores that what the thread's newest run has done is to be undone, as {@code Command.undo()} does. The thread is {@link
     * ThreadStatus#ANSWERED} then: a process that has its workflow undoes it.
     *
     * <pre>{@code
     * operator.cancel("order-1");
     * operator.undo("order-1"); // once it is CANCELLED
     * }</pre>
     *
     * @return false if it is being undone, or was
     * @throws RequestRefusedException if the run can still go on, or has completed, or if there is none; nothing is stored
     * @throws dev.clew.flow.ThreadBusyException if a run of the thread executes; nothing is stored
     */
    public boolean undo(String threadId) {
        return inspection.undo(threadId);
    }

    /**
     * What an administrator of the store should look after. On PostgreSQL, sessions of the database that have held a snapshot for more than
     * 5 minutes, such as a {@code pg_dump} or a transaction that was left open: they make queues slower. A role sees those of other roles
     * only with {@code pg_read_all_stats}. On other stores there is nothing.
     *
     * <pre>{@code
     * operator.warnings().forEach(warning -> alert(warning.since(), warning.text()));
     * }</pre>
     */
    public List<StoreWarning> warnings() {
        return graph.checkpointer().map(Checkpointer::warnings).orElseGet(List::of);
    }

    /** The schedules of all workflows, by name. */
    public List<ScheduleState> schedules() {
        return graph.schedules();
    }

    /**
     * A schedule, which need not be there: to look at it, to pause, resume or delete it.
     *
     * <pre>{@code
     * operator.schedule("nightly").pause();
     * }</pre>
     */
    public Schedule schedule(String name) {
        return graph.schedule(name);
    }

    // --- queues ---

    /**
     * A queue, which need not be in use yet: what it holds, what it is waiting for, its workers, and its limits, which can be changed;
     * it can be paused. {@link WorkQueue#held} has what no worker takes, and {@link WorkQueue#retry} lets a worker take it again.
     *
     * <pre>{@code
     * operator.queue("essays").pause();
     * }</pre>
     */
    public WorkQueue queue(String name) {
        return graph.queue(name);
    }

    /**
     * The requests that match, ordered by thread and place in line; {@link QueueQuery#after} with the last of a page asks for the next
     * page. What they were enqueued with is protected as the codec does it.
     */
    public List<RequestRow> requests(QueueQuery query) {
        return inspection.requests(query);
    }

    /**
     * Cancels a request, or the run that it has become, wherever that is executed.
     *
     * @return whether there was something to cancel
     */
    public boolean cancel(String threadId, String requestId) {
        return inspection.cancel(threadId, requestId);
    }

    /**
     * Removes requests that were refused, or cancelled before they were opened. Without this they stay readable for {@link
     * dev.clew.queue.RunQueue#KEPT}. Requests in other states stay, whatever the query says of states. The query's limit says how many
     * are removed at most.
     *
     * @return how many were removed
     */
    public int purge(QueueQuery query) {
        return inspection.purge(query);
    }

    /** Lets go of the checkpointer, which stays open. */
    @Override
    public void close() {
        graph.close();
    }
}
