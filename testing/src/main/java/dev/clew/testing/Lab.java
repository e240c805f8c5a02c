package dev.clew.testing;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.LogRecord;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A small world for one test of workflows: storage, a stepped clock, seeded chance, scripts for tasks, and crashes at any
 * point. A test method annotated {@link ClewTest} gets one as its parameter.
 *
 * <p>When the test is over, the lab looks for what is wrong with the code that it ran, and fails the test with all of it:
 *
 * <ul>
 *   <li>Every run that came to rest is replayed from its log with a new flow object. It must take the same steps to the
 *       same end, and run no task. So a body that reads the clock, draws random numbers, iterates over a {@code HashMap},
 *       or keeps something in a field is found.
 *   <li>A body that swallows the signal of an interrupt, a task that changes its arguments, and a task that nobody joins.
 *   <li>A reducer of a graph's state that changes what it is given, or makes different values of equal ones, and a constructor
 *       of a state that changes values: each superstep is folded twice.
 *   <li>What the compiler's lint found in the bodies and recorded, unless it was silenced there.
 *   <li>Leaks: threads, runs that still execute, threads of Clew that are still owned, streams left open.
 *   <li>A run that failed without the test having looked, and a crash that never came.
 * </ul>
 *
 * <pre>{@code
 * @ClewTest
 * void theEditorHasTheLastWord(Lab lab) {
 *   var write = lab.graph(() -> EssayFlowGraph.builder(new EssayFlow(writer))).workflow(EssayFlowGraph::write);
 *   assertThat(write.invoke("rain")).isInterruptedBy(REVIEW);
 *   lab.crash();
 *   assertThat(write.answer(REVIEW, new Verdict(true, ""))).isCompletedWith(new Essay("It rains.", 0));
 * }
 * }</pre>
 *
 * <p>Thread-safe, but a test is easiest to read if one thread drives it.
 */
public final class Lab implements AutoCloseable {
    /** The thread of workflows that are on no other. */
    static final String THREAD = "test";

    private final Storage storage;
    private final long seed;
    private final LabProcess.Equipment equipment;
    private final List<TestGraph<?>> graphs = new CopyOnWriteArrayList<>();
    private final List<TestWorker<?>> workers = new CopyOnWriteArrayList<>();
    private final List<RunStream<?>> streams = new CopyOnWriteArrayList<>();
    private final List<TestRun<?>> runs = new CopyOnWriteArrayList<>();
    private final Map<String, RunConfig> configs = new ConcurrentHashMap<>();
    private final AtomicInteger runIds = new AtomicInteger();
    private final ThreadLeaks threads = new ThreadLeaks();
    private LabProcess process;
    private boolean replayCheck = true;
    private boolean missedCrashes = true;
    private boolean finished;

    Lab(Storage storage, long seed) {
        this.storage = storage;
        this.seed = seed;
        Rest rest = new Rest();
        SteppedClock clock = new SteppedClock(rest);
        this.equipment = new LabProcess.Equipment(
                Disk.open(storage, clock),
                clock,
                new Seeds(seed),
                rest,
                new Crashes(),
                new Findings(),
                new Calls(),
                new Heard(),
                new Scripts());
        this.process = new LabProcess(equipment);
    }

    /** A lab outside JUnit; close it at the end of the test, for that is when it looks for what is wrong. */
    public static Lab open(Storage storage) {
        return new Lab(storage, 0);
    }

    /** A program to be run again and again, each time in a lab of its own; it makes everything anew that it uses. */
    @FunctionalInterface
    public interface Program<T extends @Nullable Object> {
        T run(Lab lab) throws Exception;
    }

    // --- what a test uses ---

    /**
     * A graph over this lab's storage, clock and scripts. The supplier makes the flow object too, because each process of the
     * program has its own: what a flow keeps in a field does not outlive a crash.
     */
    public <G extends Graph> TestGraph<G> graph(Supplier<GraphBuilder<G>> builder) {
        TestGraph<G> graph = new TestGraph<>(this, builder);
        graphs.add(graph);
        return graph;
    }

    /**
     * Another process beside the lab's own, over the same storage, clock and scripts: its graph takes runs from queues, if the
     * builder has a worker. It begins at once. A lab may have several; each is killed, closed and started again by itself, and
     * {@link #crash} concerns none of them.
     *
     * <pre>{@code
     * var report = lab.graph(() -> JobsGraph.builder(new Jobs())).workflow(JobsGraph::report).with(c -> c.queue("reports"));
     * var first = lab.worker("first", () -> JobsGraph.builder(new Jobs()).worker(Worker.of("reports")));
     * first.crashAfter("fetch");
     * RunHandle<String> job = report.enqueue("audit");
     * var second = lab.worker("second", () -> JobsGraph.builder(new Jobs()).worker(Worker.of("reports")));
     * assertThat(job.result().value()).isEqualTo("...");
     * assertThat(second.executed("fetch")).isZero();
     * }</pre>
     *
     * @param name tells it from others, in what a failed test says
     */
    public <G extends Graph> TestWorker<G> worker(String name, Supplier<GraphBuilder<G>> builder) {
        TestWorker<G> worker = new TestWorker<>(name, equipment.ofAnother(), builder);
        workers.add(worker);
        worker.start();
        return worker;
    }

    /** The time of the test. */
    public SteppedClock clock() {
        return equipment.clock();
    }

    /** What the test's chance is made of; the same in every repetition of a test, unless {@link ClewTest#seed} says else. */
    public long seed() {
        return seed;
    }

    /** A task cache on the lab's disk, to be given to a builder. */
    public TaskCache cache() {
        return equipment.disk().cache();
    }

    /** The lab's disk itself, which no crash reaches. */
    public Checkpointer disk() {
        return equipment.disk().checkpointer();
    }

    /** What all runs of the test did, in order. */
    public List<LabEvent> events() {
        return equipment.heard().events();
    }

    /** What every write of the test stored, in order: write n is element n - 1. */
    public List<String> writes() {
        return equipment.crashes().writes();
    }

    /** The process crashes now: everything in memory is dropped, and the next call begins with what is stored. */
    public void crash() {
        process().die("by the test");
        reopen();
    }

    /** The process will crash at this point. Several points may be named; each strikes once. */
    public void crashAt(CrashPoint point) {
        equipment.crashes().arm(point);
    }

    /** The process will crash as the next attempt of this task begins. */
    public void crashBefore(String task) {
        crashAt(CrashPoint.before(task));
    }

    /**
     * The process will crash when the code of this task, or tool, has run, and nothing of that is stored: what it did outside has
     * happened, and it runs again. One that must happen only {@code ONCE} is reconciled instead, or a person is asked.
     */
    public void crashWithin(String task) {
        crashAt(CrashPoint.within(task));
    }

    /** The process will crash as soon as the next outcome of this task is stored: it does not run again. */
    public void crashAfter(String task) {
        crashAt(CrashPoint.after(task));
    }

    /** The process will crash when the n-th write of the test, counted from 1, is stored; {@link #writes} lists them. */
    public void crashAt(int write) {
        crashAt(CrashPoint.afterWrite(write));
    }

    /**
     * Runs a program undisturbed, and then once for every point at which its process may crash: before and after each write.
     * Each time it has a lab of its own, and must come to the same result.
     *
     * <pre>{@code
     * Essay essay = lab.crashEverywhere(fresh -> {
     *   var write = fresh.graph(() -> EssayFlowGraph.builder(new EssayFlow(writer))).workflow(EssayFlowGraph::write);
     *   write.invoke("rain");
     *   return write.answer(REVIEW, new Verdict(true, "")).value();
     * });
     * }</pre>
     *
     * @return the undisturbed result
     * @throws AssertionError if a crash changes the result or breaks the program, with the point at which it came
     */
    public <T extends @Nullable Object> T crashEverywhere(Program<T> program) {
        return new CrashEverywhere<>(this::fresh, program).run();
    }

    /**
     * Lets what need not be durable reach the disk only together with something that must be, so that a crash loses as much as
     * {@code Durability.ASYNC} allows.
     *
     * <pre>{@code
     * lab.writeBehind().crashBefore("pay");
     * }</pre>
     */
    public Lab writeBehind() {
        equipment.crashes().writeBehind();
        return this;
    }

    /** Whether runs are replayed at the end of the test; they are, unless this says no. */
    public Lab replayCheck(boolean wanted) {
        replayCheck = wanted;
        return this;
    }

    // --- what its parts use ---

    private Lab fresh() {
        Lab fresh = new Lab(storage, seed).replayCheck(replayCheck);
        return equipment.crashes().isWrittenBehind() ? fresh.writeBehind() : fresh;
    }

    /** Lets crashes that never come pass. */
    Lab forgiveMissedCrashes() {
        missedCrashes = false;
        return this;
    }

    LabProcess.Equipment equipment() {
        return equipment;
    }

    synchronized LabProcess process() {
        return process;
    }

    void reopenIfDead() {
        if (process().isDead()) {
            reopen();
        }
    }

    /** Buries the process that died, and starts the next. */
    void reopen() {
        process().drop();
        if (!equipment.rest().await(10)) {
            equipment
                    .findings()
                    .add("Leaked thread: code of a process that crashed still runs after 10 s, although it was"
                            + " interrupted:" + equipment.rest().describe());
        }
        graphs.forEach(TestGraph::forget);
        synchronized (this) {
            process = new LabProcess(equipment);
        }
    }

    String nextRunId() {
        return "run-" + runIds.incrementAndGet();
    }

    /** What a replay of the thread's runs is to be invoked with; a queue is for what is enqueued. */
    void configured(String threadId, RunConfig config) {
        if (!config.saysQueue()) {
            configs.put(threadId, config);
        }
    }

    RunConfig configOf(String threadId) {
        return configs.getOrDefault(threadId, RunConfig.thread(threadId));
    }

    <O extends @Nullable Object> RunStream<O> opened(RunStream<O> stream) {
        streams.add(stream);
        return stream;
    }

    void ended(TestRun<?> run) {
        runs.add(run);
    }

    List<LabEvent> eventsOf(String threadId, String runId) {
        return events().stream()
                .filter(event ->
                        event.threadId().equals(threadId) && event.runId().equals(runId))
                .toList();
    }

    List<String> logOf(String threadId, String runId) {
        List<String> lines = new ArrayList<>();
        if (disk().run(threadId, runId).isPresent()) {
            disk().scan(threadId, runId, 0, (LogRecord record) -> lines.add(LogLine.of(Crashes.read(record))));
        }
        return List.copyOf(lines);
    }

    Recording record(String threadId) {
        return new Recorder(disk(), clock(), equipment.calls(), codes()).newest(threadId);
    }

    private List<Code<?>> codes() {
        List<Code<?>> codes = new ArrayList<>();
        graphs.forEach(graph -> codes.add(graph.code()));
        workers.forEach(worker -> codes.add(worker.code()));
        return codes;
    }

    /** The difference; empty if the code of one process replays it, since two may be of different versions. */
    Optional<String> replay(Recording recording, List<Code<?>> codes) {
        String difference = null;
        for (Code<?> code : codes) {
            var verdict = new Replayer(recording, configOf(recording.threadId())).replay(code);
            if (verdict.executed() && verdict.difference() == null) {
                return Optional.empty();
            }
            difference = difference == null ? verdict.difference() : difference;
        }
        return Optional.ofNullable(difference);
    }

    // --- the end ---

    /** Ends the test: looks for what is wrong, and fails with all of it. A second call does nothing. */
    @Override
    public void close() {
        finish(true);
    }

    /** Ends the test; where it failed already, there is nothing to be said of what came to rest. */
    void finish(boolean passed) {
        if (finished) {
            return;
        }
        finished = true;
        try (Disk disk = equipment.disk();
                SteppedClock clock = equipment.clock()) {
            new Inspection(this, runs, streams, workers, threads).atEnd(missedCrashes);
            if (passed && replayCheck) {
                replayAll(disk.checkpointer(), clock);
            }
        }
        if (passed) {
            equipment.findings().throwIfAny("the lab found what is wrong with the code that this test ran");
        }
    }

    void closeGraphs() {
        workers.forEach(TestWorker::close);
        graphs.forEach(TestGraph::close);
    }

    private void replayAll(Checkpointer disk, SteppedClock clock) {
        List<Recording> recordings = new Recorder(disk, clock, equipment.calls(), codes()).all();
        clock.moveOn();
        for (Recording recording : recordings) {
            replay(recording, codes())
                    .ifPresent(difference -> equipment
                            .findings()
                            .add("A replay of run '" + recording.run().runId() + "' of thread '" + recording.threadId()
                                    + "' (" + recording.workflow() + ") differs: " + difference));
        }
    }
}
