package dev.clew.engine.scope;

import dev.clew.engine.run.DetachedCall;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.run.Session;
import dev.clew.engine.setup.Contexts;
import dev.clew.flow.ChildCall;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.spi.ChildWorkflow;
import dev.clew.spi.ForwardingWorkflow;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.TaskFuture;
import dev.clew.value.IllegalRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The call of a child from a scope that an engine runs.
 *
 * @param contexts what the child gets of its parent, with those that the call adds
 * @param own the configuration of a thread of its own; null for a child inside the run
 */
record FrameChildCall<I, O extends @Nullable Object>(
        Session session,
        Frame frame,
        Workflow<I, O> workflow,
        Contexts contexts,
        @Nullable RunConfig own) implements ChildCall<I, O> {
    @Override
    public ChildCall<I, O> context(Object context) {
        return new FrameChildCall<>(session, frame, workflow, contexts.with(context), own);
    }

    @Override
    public ChildCall<I, O> on(RunConfig config) {
        return new FrameChildCall<>(session, frame, workflow, contexts, config);
    }

    @Override
    public TaskFuture<O> start(I input) {
        return started(input);
    }

    @Override
    public TaskFuture<O> start() {
        return started(null);
    }

    @Override
    public TaskFuture<String> launch(I input) {
        return launched(input);
    }

    @Override
    public TaskFuture<String> launch() {
        return launched(null);
    }

    private TaskFuture<String> launched(@Nullable Object input) {
        return workflow instanceof ChildWorkflow<I, O> elsewhere
                ? asChild(elsewhere.asLaunched(own), input)
                : detached(input, own == null ? RunConfig.none() : own, false);
    }

    /** What no engine of this process runs is a child of this scope, whatever thread it has where it runs. */
    @SuppressWarnings("unchecked")
    private <R extends @Nullable Object> TaskFuture<R> asChild(WorkflowSpec<I, R> spec, @Nullable Object input) {
        frame.check("start");
        requireInput(spec.hasInput(), input);
        return (TaskFuture<R>) frame.child(spec, input, contexts);
    }

    @SuppressWarnings("unchecked")
    private TaskFuture<O> started(@Nullable Object input) {
        if (workflow instanceof ChildWorkflow<I, O> elsewhere) {
            return asChild(elsewhere.asChild(own), input);
        }
        if (own != null) {
            return detached(input, own, true);
        }
        RunWorkflow<?, ?> ours = callable(input);
        contexts.requireFor(ours.spec());
        return (TaskFuture<O>) frame.child(ours.spec(), input, contexts);
    }

    @SuppressWarnings("unchecked")
    private <R extends @Nullable Object> TaskFuture<R> detached(
            @Nullable Object input, RunConfig config, boolean awaited) {
        RunWorkflow<?, ?> ours = callable(input);
        boolean queued = config.saysQueue();
        boolean adds = !contexts.equals(frame.step().contexts());
        RunConfig inheriting = queued && !adds ? config : contexts.before(config);
        DetachedCall call = DetachedCall.of(session, ours, inheriting, awaited);
        if (!queued) {
            Contexts unused = ours.graph().requireContexts(ours.spec(), inheriting);
        }
        return (TaskFuture<R>) frame.detached(call, input);
    }

    /** The workflow, if it can be called from here with this input. */
    private RunWorkflow<?, ?> callable(@Nullable Object input) {
        frame.check("start");
        Workflow<?, ?> called = workflow instanceof ForwardingWorkflow<?, ?> more ? more.forwardsTo() : workflow;
        if (!(called instanceof RunWorkflow<?, ?> ours)) {
            throw new IllegalRequestException("run.child takes a workflow that a Clew graph gave, not "
                    + workflow.getClass().getName());
        }
        requireInput(ours.spec().hasInput(), input);
        return ours;
    }

    private void requireInput(boolean needsInput, @Nullable Object input) {
        if (needsInput && input == null) {
            throw new IllegalRequestException(
                    "child workflow '" + workflow.name() + "' needs an input, and null is none");
        }
    }
}
