package dev.clew.client;

import dev.clew.flow.OnCancel;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.TaskInfo;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleState;
import dev.clew.schedule.Ticks;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadState;
import dev.clew.stream.StreamMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What of a workflow the protocol has no word for, and what stands for other methods. */
abstract class LimitedWorkflow<I, O extends @Nullable Object> implements Workflow<I, O> {
    private static final String BY_CRON =
            "make a cron by the server's own client, or call schedule(…) where the workflow's" + " graph is";

    /** What is thrown for something that the server's protocol lacks. */
    abstract RuntimeException unsupported(String what, String instead);

    /** Runs something on a thread of its own. */
    abstract <T extends @Nullable Object> CompletableFuture<T> async(java.util.function.Supplier<T> call);

    @Override
    public Schedule schedule(String name, Ticks ticks, I input, RunConfig config, ScheduleOptions options) {
        throw unsupported("schedules", BY_CRON);
    }

    @Override
    public Schedule schedule(String name, Ticks ticks, RunConfig config, ScheduleOptions options) {
        throw unsupported("schedules", BY_CRON);
    }

    @Override
    public Schedule schedule(String name) {
        throw unsupported("schedules", BY_CRON);
    }

    @Override
    public List<ScheduleState> schedules() {
        throw unsupported("schedules", BY_CRON);
    }

    @Override
    public RunConfig fork(RunConfig config) {
        throw unsupported(
                "fork without a run", "invoke(Command.proceed(), config.checkpoint(id)) branches off there and runs");
    }

    @Override
    public RunConfig fork(RunConfig config, ForkPoint point) {
        throw unsupported("fork at a step", "fork where the workflow's graph is");
    }

    @Override
    public RunConfig updateState(RunConfig config, @Nullable O value, @Nullable Object saved) {
        throw unsupported("saved value beside a value", "use updateState(config, value)");
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(I input, RunConfig config) {
        return async(() -> invoke(input, config));
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(RunConfig config) {
        return async(() -> invoke(config));
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(Command command, RunConfig config) {
        return async(() -> invoke(command, config));
    }

    @Override
    public List<RunResult<O>> batch(List<I> inputs, List<RunConfig> configs) {
        if (inputs.size() != configs.size()) {
            throw new dev.clew.value.IllegalRequestException(
                    "a batch has " + inputs.size() + " inputs but " + configs.size() + " configurations");
        }
        List<CompletableFuture<RunResult<O>>> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            all.add(invokeAsync(inputs.get(i), configs.get(i)));
        }
        List<RunResult<O>> results = new ArrayList<>();
        RuntimeException first = null;
        for (CompletableFuture<RunResult<O>> one : all) {
            try {
                results.add(Futures.result(one));
            } catch (RuntimeException failed) {
                first = first == null ? failed : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return results;
    }

    @Override
    public RunStream<O> watch(String threadId, StreamMode... modes) {
        return watch(RunConfig.thread(threadId), modes);
    }

    @Override
    public ThreadState<O> state(String threadId) {
        return state(RunConfig.thread(threadId));
    }

    @Override
    public boolean cancel(String threadId) {
        return cancel(RunConfig.thread(threadId));
    }

    @Override
    public boolean cancel(String threadId, OnCancel then) {
        return cancel(RunConfig.thread(threadId), then);
    }

    @Override
    public boolean cancel(RunConfig config, OnCancel then) {
        if (then == OnCancel.UNDO) {
            throw unsupported("undo of what a run has done", "undo it where its graph is, by Command.undo()");
        }
        return cancel(config);
    }

    @Override
    public RunHandle<O> enqueue(Command answers, RunConfig config) {
        return begun(answers, config);
    }

    /** Sends a command, and does not wait. */
    abstract RunHandle<O> begun(Command command, RunConfig config);

    /** None: the server does not say which tasks there are. */
    @Override
    public List<TaskInfo> tasks() {
        return List.of();
    }

    @Override
    public List<String> formerly() {
        return List.of();
    }
}
