package dev.clew.testing;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadState;
import dev.clew.stream.StreamMode;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A workflow under test, on one thread. Where a process crashes while it works, it does what the program would do when it
 * is started again: it repeats its request, or goes on with the run if the request had been stored.
 *
 * <pre>{@code
 * var write = essays.workflow(EssayFlowGraph::write);
 * assertThat(write.invoke("rain")).isInterruptedBy(REVIEW);
 * assertThat(write.answer(REVIEW, new Verdict(true, ""))).isCompletedWith(new Essay("It rains.", 0));
 * }</pre>
 *
 * @param <I> the input's type
 * @param <O> the value's type
 */
public final class TestWorkflow<I, O extends @Nullable Object> {
    private final Lab lab;
    private final TestGraph<?> graph;
    private final Supplier<Workflow<I, O>> workflow;
    private final String threadId;
    private UnaryOperator<RunConfig> options = UnaryOperator.identity();

    TestWorkflow(Lab lab, TestGraph<?> graph, Supplier<Workflow<I, O>> workflow, String threadId) {
        this.lab = lab;
        this.graph = graph;
        this.workflow = workflow;
        this.threadId = threadId;
    }

    /** The same workflow on another thread; without this it is thread {@value Lab#THREAD}. */
    public TestWorkflow<I, O> on(String thread) {
        return new TestWorkflow<>(lab, graph, workflow, thread).with(options);
    }

    /** The same workflow with more in its configurations, such as a context or a durability. */
    public TestWorkflow<I, O> with(UnaryOperator<RunConfig> more) {
        TestWorkflow<I, O> same = new TestWorkflow<>(lab, graph, workflow, threadId);
        same.options = config -> more.apply(options.apply(config));
        return same;
    }

    /** The workflow of the process that runs now, for what this class does not do. */
    public Workflow<I, O> get() {
        lab.reopenIfDead();
        return workflow.get();
    }

    /** The configuration of its requests. */
    public RunConfig config() {
        return options.apply(RunConfig.thread(threadId));
    }

    /** Starts a new run and waits until it ends or pauses. */
    public TestRun<O> invoke(I input) {
        return drive(opening(), (target, config) -> target.invoke(input, config));
    }

    /** {@link #invoke(Object)} of a workflow without input. */
    public TestRun<O> invoke() {
        return drive(opening(), (target, config) -> target.invoke(config));
    }

    /** Answers the one pending question of this key, and waits until the run ends or pauses again. */
    public <Q, A> TestRun<O> answer(InterruptKey<Q, A> key, A answer) {
        return command(state().only(key).answer(answer));
    }

    /** Answers the one pending question, and waits until the run ends or pauses again. */
    public TestRun<O> resume(@Nullable Object answer) {
        var pending = state().pending();
        return command(pending.size() == 1 ? Command.resume(pending.get(0).id(), answer) : Command.resume(answer));
    }

    /** Continues a failed, crashed, stuck or blocked run. */
    public TestRun<O> proceed() {
        return command(Command.proceed());
    }

    /** Any command. */
    public TestRun<O> command(Command command) {
        Driver.Resumption<I, O> resumption = new Driver.Resumption<>(command);
        return drive(config(), resumption);
    }

    /** Starts a new run and does not wait; a crash fails the future. With {@link SteppedClock#hold} time can be stepped. */
    public CompletableFuture<RunResult<O>> start(I input) {
        return get().invokeAsync(input, opening());
    }

    /**
     * Enqueues a new run for a {@linkplain Lab#worker worker}; {@code with(config -> config.queue(…))} says in which queue. Whoever
     * waits for its result lets time pass; a run that no worker takes is waited for without end, so name the longest time:
     * {@code handle.result(Duration.ofHours(1))}.
     */
    public RunHandle<O> enqueue(I input) {
        return get().enqueue(input, opening());
    }

    /** Gives answers that a {@linkplain Lab#worker worker} continues the run with, instead of the lab's own process. */
    public RunHandle<O> enqueue(Command command) {
        return get().enqueue(command, RunConfig.thread(threadId));
    }

    /** Starts a new run and streams what it does. A stream that is neither read to its end nor closed fails the test. */
    public RunStream<O> stream(I input, StreamMode... modes) {
        return lab.opened(get().stream(input, opening(), modes));
    }

    /** Gives a command and streams what the run does. */
    public RunStream<O> stream(Command command, StreamMode... modes) {
        return lab.opened(get().stream(command, config(), modes));
    }

    /** What the thread is doing. */
    public ThreadState<O> state() {
        return get().state(config());
    }

    /**
     * Saves the thread's newest run as it is stored, to be replayed with tomorrow's code: see {@link TestGraph#replay}.
     * Parent folders are made.
     */
    public void saveLog(Path golden) {
        lab.record(threadId).save(golden);
    }

    /** Every new run has an id of its own, so that a request that is repeated after a crash does not run twice. */
    private RunConfig opening() {
        RunConfig config = config();
        return config.runId().isPresent() ? config : config.runId(lab.nextRunId());
    }

    private TestRun<O> drive(RunConfig config, Driver.Request<I, O> request) {
        lab.configured(threadId, config());
        return new Driver<>(lab, graph, workflow, threadId, config).drive(request);
    }
}
