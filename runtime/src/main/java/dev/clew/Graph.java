package dev.clew;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.Engine;
import dev.clew.engine.housekeeping.ContractView;
import dev.clew.engine.housekeeping.Housekeeping;
import dev.clew.engine.verify.Verifying;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.Recovery;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Workflow;
import dev.clew.queue.Worker;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleState;
import dev.clew.spi.LoggedThreads;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ErasureReport;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadSummary;
import dev.clew.stream.RunTap;
import dev.clew.value.Codec;
import dev.clew.verify.GraphContract;
import dev.clew.verify.VerifyOptions;
import dev.clew.verify.VerifyReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workflows of one class, wired to a checkpointer and an executor: the supertype of all generated graphs.
 *
 * <p>Immutable and thread-safe; one graph per class and process is enough. Close it when the program ends.
 *
 * <pre>{@code
 * try (var db = Sqlite.open(Path.of("essays.db"));
 *     var graph = EssayFlowGraph.builder(new EssayFlow(writer)).checkpointer(db.checkpointer()).build()) {
 *   graph.recover();
 *   RunResult<Essay> result = graph.write().invoke("rain", RunConfig.thread("essay-1"));
 * }
 * }</pre>
 */
public abstract class Graph implements AutoCloseable {
    private final Engine engine;

    /** For generated graphs. */
    protected Graph(Wiring wiring) {
        this.engine = Engine.of(wiring);
    }

    /** Makes a workflow of a spec and registers its name. */
    protected final <I, O extends @Nullable Object> Workflow<I, O> workflow(WorkflowSpec<I, O> spec) {
        return engine.workflow(spec);
    }

    /** Returns where a run pauses if its configuration does not say that. */
    protected final Breakpoints breakpoints() {
        return engine.breakpoints();
    }

    /**
     * Returns the threads of one of its workflows, as their logs have them.
     *
     * @throws dev.clew.flow.RequestRefusedException without a checkpointer
     */
    protected final LoggedThreads threads(WorkflowSpec<?, ?> spec) {
        return engine.threads(spec);
    }

    /** {@link #verify(VerifyOptions)} of all threads whose run is not over. */
    public final VerifyReport verify() {
        return verify(VerifyOptions.all());
    }

    /**
     * Says, before a deploy, whether this code fits the threads that are stored: each unfinished run is replayed as a copy in memory,
     * up to what is not recorded. Nothing is claimed, written, emitted or executed. So a program with the new code that can read the
     * store may call it while other processes own the threads.
     *
     * <p>Only scopes are executed: entrypoints, and tasks that call others. If their code acts outside the engine, it acts here, too; the
     * store refuses its writes. A run that waits says nothing of what comes after the wait. So verify before the switch, and again
     * after it with {@link VerifyOptions#since}. A thread takes the time of a resume, and at most 5 seconds; a few are replayed
     * at a time.
     *
     * <pre>{@code
     * try (var db = Postgres.connect(url, user, password);
     *         var graph = OrderFlowGraph.builder(new OrderFlow(bank)).checkpointer(db.checkpointer()).build()) {
     *     VerifyReport report = graph.verify();
     *     System.out.print(report.text());
     *     System.exit(report.exitCode());
     * }
     * }</pre>
     *
     * @throws dev.clew.flow.RequestRefusedException without a checkpointer
     */
    public final VerifyReport verify(VerifyOptions options) {
        try (Verifying verifying = new Verifying(engine, options)) {
            return verifying.report();
        }
    }

    /**
     * Returns what stored threads need of this code: names, signatures, and the schemas of values. Keep it as a file beside the
     * sources, and let a test compare the two, as the test kit's {@code ContractFile} does: it finds changes that stored
     * values would not survive.
     *
     * <pre>{@code
     * ContractFile.at(Path.of("src/test/resources/orders.contract.json")).check(graph.contract());
     * }</pre>
     */
    public final GraphContract contract() {
        return new ContractView(engine.codec()).of(engine.workflows().specs());
    }

    /**
     * Continues the runs of this graph's workflows that no process executes: crashed ones, whose process is gone or has
     * lost their thread, and sleeping ones that are due. Call it once when the program starts, or let {@link
     * GraphBuilder#recoverEvery} repeat it. A graph with a {@link dev.clew.queue.Worker} needs neither: the worker continues such runs.
     *
     * <p>Runs that are due later are continued then, as long as this graph is open. A run that this graph parked is continued in time.
     * One that another process parked is found about a second late, by a look each second: a parked run costs no process anything
     * before its time.
     *
     * <p>Several processes may recover at once: each run goes on in one of them. Here, as many as the builder's {@code
     * maxConcurrency} go on at a time, but at least 64; the others follow. A recovered run gets contexts from the builder alone.
     *
     * <p>A run that was continued five times in a row without progress is STUCK, and is left alone. Its handle in the result says so;
     * {@code Command.proceed()} continues it once the cause is removed.
     *
     * <pre>{@code
     * Recovery recovery = graph.recover();
     * }</pre>
     *
     * @return a handle of each run that goes on now, and the threads whose workflow this graph does not have
     * @throws dev.clew.flow.RequestRefusedException without a checkpointer, or after {@link #close()}
     */
    public final Recovery recover() {
        return housekeeping().recover();
    }

    /**
     * Returns the threads of this graph's checkpointer that match, ordered by thread id. Fewer than the query's limit are returned
     * only if no more match; {@link ThreadQuery#after} continues after the last one.
     *
     * <p>Each status is what {@code state} gives: a thread whose owner is known to be gone is CRASHED at once. But
     * an executing run in {@code EXIT} mode is listed as the thread was before it, because nothing of it is stored.
     *
     * <pre>{@code
     * List<ThreadSummary> waiting = graph.threads(ThreadQuery.all().status(ThreadStatus.INTERRUPTED));
     * }</pre>
     */
    public final List<ThreadSummary> threads(ThreadQuery query) {
        return housekeeping().threads(query);
    }

    /**
     * Deletes all of a thread: runs, logs and checkpoints. An unknown thread is no error.
     *
     * @throws dev.clew.flow.ThreadBusyException if a run of it is executing
     */
    public final void deleteThread(String threadId) {
        housekeeping().deleteThread(threadId);
    }

    /**
     * Erases what is stored about a subject, which {@link dev.clew.flow.RunConfig#subject} names, of all workflows of the checkpointer:
     *
     * <ul>
     *   <li>its threads, with runs, logs, checkpoints, requests and what servers attached to them; so also its forks, copies, and
     *       children on other threads
     *   <li>its queued runs and its schedules
     *   <li>the documents and vectors in its {@link GraphBuilder#subjectNamespaces}
     *   <li>what its runs have put into this graph's task cache
     * </ul>
     *
     * <p>Runs that execute are cancelled, in whatever process, and what they still write is refused. Begin no more runs about the subject
     * before you call it. A run in {@code EXIT} mode is not seen before it has stored something: call this again when it has ended. A
     * second call also erases what a process that died in the first one has left.
     *
     * <p>It reads a checkpoint of each thread of the store, twice if it finds one. So it takes seconds where there are a hundred thousand
     * threads.
     *
     * <p>A thread with an unsettled step of a {@code ONCE} task is erased like any other, and with it the only trace of its effect: look
     * at {@link ThreadQuery#unsettled} before. The undo of a run ends with its thread: what is not undone by then stays as it is.
     *
     * <p>Not reached are ids of threads and runs, names, tags and metadata in logs and traces of your own; threads that are about the
     * subject and did not say so; stores and caches of other graphs; what tasks wrote elsewhere, such as at a model's provider;
     * backups; and in PostgreSQL what vacuum has not removed yet. SQLite overwrites what it deletes.
     *
     * <pre>{@code
     * ErasureReport report = graph.erase("account-17");
     * System.out.print(report.text());
     * }</pre>
     *
     * @throws dev.clew.flow.RequestRefusedException without a checkpointer
     */
    public final ErasureReport erase(String subject) {
        return housekeeping().erase(subject);
    }

    /**
     * Removes the results of this graph's tasks from the task cache, in every version of the tasks. Runs keep what they recorded, and
     * other graphs keep theirs: {@link dev.clew.cache.TaskCache#clear()} removes everything. Without a cache nothing happens.
     */
    public final void clearCache() {
        housekeeping().clearCache(null);
    }

    /**
     * {@link #clearCache()} for one task.
     *
     * @throws dev.clew.flow.RequestRefusedException if the class has no cached task of that name
     */
    public final void clearCache(String task) {
        housekeeping().clearCache(task);
    }

    /**
     * Copies all of a thread to a new one: runs with their logs, seeds and start times, and checkpoints. Values are
     * encrypted anew. A run that waits in the original waits in the copy, too; its questions have ids of their own there. Both threads
     * are independent from then on.
     *
     * <pre>{@code
     * graph.copyThread("essay-1", "essay-1-what-if");
     * }</pre>
     *
     * @throws dev.clew.flow.RequestRefusedException if {@code from} never ran, or {@code to} exists
     * @throws dev.clew.flow.ThreadBusyException if a run of {@code from} is executing, or began meanwhile; then there is
     *     no copy
     */
    public final void copyThread(String from, String to) {
        housekeeping().copyThread(from, to);
    }

    /**
     * Removes a thread's runs but for the newest ones, with their logs and checkpoints. The newest run stays in any case,
     * finished or not, and so does the one whose result is the thread's value. A thread whose run is executing is left
     * as it is.
     *
     * @param runs how many to keep, at least 1
     * @return how many runs were removed
     */
    public final int keepLast(String threadId, int runs) {
        return housekeeping().keepLast(threadId, requirePositive(runs));
    }

    /** {@link #keepLast(String, int)} of every thread of this graph's workflows. */
    public final int keepLast(int runs) {
        return housekeeping().keepLast(requirePositive(runs));
    }

    /**
     * Removes the runs of this graph's workflows whose newest checkpoint was made before this moment; what {@link
     * #keepLast(String, int)} keeps in any case, this keeps too. Threads stay.
     *
     * <pre>{@code
     * graph.deleteOlderThan(Instant.now().minus(Duration.ofDays(90)));
     * }</pre>
     *
     * @return how many runs were removed
     */
    public final int deleteOlderThan(Instant moment) {
        return housekeeping().deleteOlderThan(moment);
    }

    /**
     * Returns the workflows of this graph, in the order in which its class declares them, for code that serves any graph.
     *
     * <pre>{@code
     * graph.workflows().forEach(workflow -> System.out.println(workflow.name() + " " + workflow.inputType()));
     * }</pre>
     */
    public List<Workflow<?, ?>> workflows() {
        return engine.registered();
    }

    /** Returns where this graph stores its runs; empty if it does not. */
    public final Optional<Checkpointer> checkpointer() {
        return engine.store();
    }

    /** Returns what encodes the values of this graph. */
    public final Codec codec() {
        return engine.codec();
    }

    /**
     * Gives a tap the events of the runs that begin or continue in this graph from now on.
     *
     * @return what ends that when it is closed; of runs that the tap follows already, it gets the events until they rest
     */
    public final AutoCloseable tap(RunTap tap) {
        return engine.tap(tap);
    }

    /**
     * Takes runs from a queue from now on, until {@link #close()}: what {@link GraphBuilder#worker} does from {@code build()} on, for
     * a program that becomes ready later.
     *
     * <pre>{@code
     * var essays = EssayFlowGraph.builder(flow).checkpointer(db.checkpointer()).build();
     * warmUp();
     * essays.work(Worker.of("essays").concurrency(64));
     * }</pre>
     *
     * @throws dev.clew.flow.RequestRefusedException without a checkpointer, after {@link #close()}, of a client, or if there is a
     *     worker of this queue already
     */
    public final void work(Worker worker) {
        engine.startWorker(worker);
    }

    /**
     * Returns this graph's worker of a queue, to stop it and start it again.
     *
     * <pre>{@code
     * graph.worker("essays").stop();   // before a deploy: what executes continues, other processes take the rest
     * }</pre>
     *
     * @throws dev.clew.flow.RequestRefusedException if this graph has no worker of that queue
     */
    public final LocalWorker worker(String queue) {
        return new LocalWorker(engine.worker(queue), queue);
    }

    /**
     * Returns a queue of this graph's checkpointer, whether it is in use yet or not.
     *
     * @throws dev.clew.flow.RequestRefusedException without a checkpointer
     */
    public final WorkQueue queue(String name) {
        return new WorkQueue(engine, name);
    }

    /**
     * Returns a schedule of this graph's checkpointer, of any workflow, whether it exists or not.
     *
     * @throws dev.clew.flow.RequestRefusedException without a checkpointer
     */
    public final Schedule schedule(String name) {
        return engine.schedules().schedule(name);
    }

    /**
     * Returns the schedules of this graph's checkpointer, of all workflows, by name.
     *
     * @throws dev.clew.flow.RequestRefusedException without a checkpointer
     */
    public final List<ScheduleState> schedules() {
        return engine.schedules().list(any -> true);
    }

    /**
     * Closes the graph: it begins no more runs. Runs that only wait leave the memory at once, and are continued by {@link #recover()} of
     * any process when they are due. Runs that execute get the builder's {@code closeTimeout} to finish or pause. After that their code
     * is interrupted, and they are left as after a crash. Everything that is to be stored is stored then, and no thread is owned any
     * more. To close it twice is harmless.
     */
    @Override
    public final void close() {
        engine.close();
    }

    private Housekeeping housekeeping() {
        return new Housekeeping(engine);
    }

    private static int requirePositive(int runs) {
        if (runs < 1) {
            throw new RequestRefusedException("keepLast keeps at least 1 run, not " + runs);
        }
        return runs;
    }
}
