package dev.clew.spi;

import dev.clew.flow.HistoryEntry;
import dev.clew.flow.OnCancel;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.TaskInfo;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleState;
import dev.clew.schedule.Ticks;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadState;
import dev.clew.stream.StreamMode;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that has more methods than those of the engine, and leaves these to the workflow that a graph gave it: what {@code
 * run.invoke} and {@code run.child} take as that one.
 *
 * <pre>{@code
 * final class Chat extends ForwardingWorkflow<String, Reply> {
 *   Chat(Workflow<String, Reply> workflow) {
 *     super(workflow);
 *   }
 * }
 * }</pre>
 *
 * @param <I> the input's type
 * @param <O> the type of the value that callers get
 */
public abstract class ForwardingWorkflow<I, O extends @Nullable Object> implements Workflow<I, O> {
    private final Workflow<I, O> workflow;

    /** Forwards to this one. */
    protected ForwardingWorkflow(Workflow<I, O> workflow) {
        this.workflow = workflow;
    }

    /** The workflow that does what is not overridden. */
    public final Workflow<I, O> forwardsTo() {
        return workflow;
    }

    @Override
    public RunResult<O> invoke(I input, RunConfig config) {
        return workflow.invoke(input, config);
    }

    @Override
    public RunResult<O> invoke(RunConfig config) {
        return workflow.invoke(config);
    }

    @Override
    public RunResult<O> invoke(Command command, RunConfig config) {
        return workflow.invoke(command, config);
    }

    @Override
    public RunHandle<O> enqueue(I input, RunConfig config) {
        return workflow.enqueue(input, config);
    }

    @Override
    public RunHandle<O> enqueue(RunConfig config) {
        return workflow.enqueue(config);
    }

    @Override
    public RunHandle<O> enqueue(Command answers, RunConfig config) {
        return workflow.enqueue(answers, config);
    }

    @Override
    public RunHandle<O> handle(String runId, String threadId) {
        return workflow.handle(runId, threadId);
    }

    @Override
    public Schedule schedule(String name, Ticks ticks, I input, RunConfig config, ScheduleOptions options) {
        return workflow.schedule(name, ticks, input, config, options);
    }

    @Override
    public Schedule schedule(String name, Ticks ticks, RunConfig config, ScheduleOptions options) {
        return workflow.schedule(name, ticks, config, options);
    }

    @Override
    public Schedule schedule(String name) {
        return workflow.schedule(name);
    }

    @Override
    public List<ScheduleState> schedules() {
        return workflow.schedules();
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(I input, RunConfig config) {
        return workflow.invokeAsync(input, config);
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(RunConfig config) {
        return workflow.invokeAsync(config);
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(Command command, RunConfig config) {
        return workflow.invokeAsync(command, config);
    }

    @Override
    public List<RunResult<O>> batch(List<I> inputs, List<RunConfig> configs) {
        return workflow.batch(inputs, configs);
    }

    @Override
    public RunStream<O> stream(I input, RunConfig config, StreamMode... modes) {
        return workflow.stream(input, config, modes);
    }

    @Override
    public RunStream<O> stream(RunConfig config, StreamMode... modes) {
        return workflow.stream(config, modes);
    }

    @Override
    public RunStream<O> stream(Command command, RunConfig config, StreamMode... modes) {
        return workflow.stream(command, config, modes);
    }

    @Override
    public RunStream<O> watch(String threadId, StreamMode... modes) {
        return workflow.watch(threadId, modes);
    }

    @Override
    public RunStream<O> watch(RunConfig config, StreamMode... modes) {
        return workflow.watch(config, modes);
    }

    @Override
    public ThreadState<O> state(String threadId) {
        return workflow.state(threadId);
    }

    @Override
    public ThreadState<O> state(RunConfig config) {
        return workflow.state(config);
    }

    @Override
    public List<HistoryEntry<O>> history(String threadId) {
        return workflow.history(threadId);
    }

    @Override
    public List<HistoryEntry<O>> history(RunConfig config) {
        return workflow.history(config);
    }

    @Override
    public List<HistoryEntry<O>> history(CheckpointQuery query) {
        return workflow.history(query);
    }

    @Override
    public Stream<HistoryEntry<O>> historyStream(CheckpointQuery query) {
        return workflow.historyStream(query);
    }

    @Override
    public RunConfig updateState(RunConfig config, @Nullable O value) {
        return workflow.updateState(config, value);
    }

    @Override
    public RunConfig updateState(RunConfig config, @Nullable O value, @Nullable Object saved) {
        return workflow.updateState(config, value, saved);
    }

    @Override
    public RunConfig fork(RunConfig config) {
        return workflow.fork(config);
    }

    @Override
    public RunConfig fork(RunConfig config, ForkPoint point) {
        return workflow.fork(config, point);
    }

    @Override
    public boolean cancel(String threadId) {
        return workflow.cancel(threadId);
    }

    @Override
    public boolean cancel(RunConfig config) {
        return workflow.cancel(config);
    }

    @Override
    public boolean cancel(String threadId, OnCancel then) {
        return workflow.cancel(threadId, then);
    }

    @Override
    public boolean cancel(RunConfig config, OnCancel then) {
        return workflow.cancel(config, then);
    }

    @Override
    public String name() {
        return workflow.name();
    }

    @Override
    public List<String> formerly() {
        return workflow.formerly();
    }

    @Override
    public TypeRef<I> inputType() {
        return workflow.inputType();
    }

    @Override
    public TypeRef<O> outputType() {
        return workflow.outputType();
    }

    @Override
    public Optional<TypeRef<?>> savedType() {
        return workflow.savedType();
    }

    @Override
    public List<TaskInfo> tasks() {
        return workflow.tasks();
    }

    @Override
    public List<InterruptKey<?, ?>> questions() {
        return workflow.questions();
    }

    @Override
    public Optional<String> schema(TypeRef<?> type) {
        return workflow.schema(type);
    }

    @Override
    public String toString() {
        return workflow.toString();
    }
}
