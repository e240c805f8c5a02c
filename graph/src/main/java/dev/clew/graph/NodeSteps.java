package dev.clew.graph;

import dev.clew.effect.UnknownOutcomeException;
import dev.clew.flow.TaskContext;
import dev.clew.graph.plan.Routing;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node as the engine runs it: each execution is a step of its own. */
@SuppressWarnings(
        "NullAway") // a node may give null, and a compiler of JDK 17 does not see the nullness of type arguments
final class NodeSteps<S> {
    private final GraphNodes<S> graph;
    private final NodeSpec<S> node;
    private final TypeRef<NodeResult<S>> resultType;
    private final Routings<S> routings;

    /** Whether nothing can change what is sent to the node, so that it needs no copy. */
    private final boolean isSentShared;

    /** The nodes of the graph that the node is, or null. */
    private final @Nullable GraphNodes<?> child;

    /** What each execution begins with; its body is another one. */
    private final TaskSpec<NodeResult<S>> task;

    NodeSteps(GraphNodes<S> graph, NodeSpec<S> node) {
        this.graph = graph;
        this.node = node;
        this.resultType = ResultMembers.type(node, graph.state(), graph.spec().nodes());
        this.routings = new Routings<>(node, graph.spec().nodes());
        TypeRef<?> takes = node.takes();
        this.isSentShared = takes != null && Immutables.isShared(takes.type());
        this.child = node.child() == null ? null : new GraphNodes<>(node.child(), graph.id(node.name()) + "/");
        boolean isScope = node.handler() != null || node.child() != null || isStepScope();
        this.task = ended(node.handler() == null ? own() : around(), isScope);
    }

    NodeSpec<S> node() {
        return node;
    }

    /** The nodes of the graph that the node is, or null. */
    @Nullable
    GraphNodes<?> child() {
        return child;
    }

    /** The type of what an execution gives. */
    TypeRef<NodeResult<S>> resultType() {
        return resultType;
    }

    /**
     * Checks what is given in the node's place.
     *
     * @throws IllegalRequestException if the node could not give it
     */
    void requirePossible(NodeResult<S> result) {
        if (!(result instanceof RoutedUpdate<?, ?>) && !node.ways().isNone()) {
            throw new IllegalRequestException("the node '" + node.name()
                    + "' routes, so what stands in for it says where to go: update().goTo(…)");
        }
        Routing unused = routings.of(result, false);
    }

    TaskSpec<NodeResult<S>> task() {
        return task;
    }

    private static boolean isScope(NodeSpec.@Nullable Code<?> code) {
        return code != null && code.isScope();
    }

    private TaskSpec.Builder<NodeResult<S>> named(String name) {
        return TaskSpec.of(name, resultType)
                .node()
                .method(graph.spec().name(), name)
                .formerly(node.formerly().toArray(String[]::new));
    }

    /** The step around a node and what stands in for it. */
    private TaskSpec.Builder<NodeResult<S>> around() {
        return named(node.name()).method(graph.spec().name(), node.name() + " or its handler");
    }

    /** The step of the node itself: one that must not happen twice is a scope, whose attempts have the policy. */
    private TaskSpec.Builder<NodeResult<S>> own() {
        if (node.effect() == null) {
            return withPolicy(named(node.name()));
        }
        return node.effect() instanceof NodeEffect.InPlace<S>
                ? named(node.name()).once()
                : named(node.name());
    }

    private boolean isStepScope() {
        return node.effect() != null || isScope(node.code());
    }

    private TaskSpec.Builder<NodeResult<S>> withPolicy(TaskSpec.Builder<NodeResult<S>> task) {
        NodePolicy policy = withAttempts(task);
        if (policy.cache() != null) {
            // The key is made of what the node gets; any other node's step has no arguments.
            withArguments(task.cache(policy.cache()));
            BiFunction<Object, StateValues, @Nullable Object> key = policy.cacheKey();
            if (key != null) {
                task.cacheKey(arguments -> key.apply(
                        node.takes() == null ? null : arguments[0], (StateValues) arguments[arguments.length - 1]));
            }
        }
        return task;
    }

    private NodePolicy withAttempts(TaskSpec.Builder<?> task) {
        NodePolicy policy = node.policy();
        policy.retry().forEach(task::retry);
        if (policy.timeout() != null) {
            task.timeout(policy.timeout());
        }
        if (policy.idleTimeout() != null) {
            task.idleTimeout(policy.idleTimeout());
        }
        return policy;
    }

    /** What the node gets, as arguments of a step. */
    private void withArguments(TaskSpec.Builder<?> task) {
        task.method(graph.spec().name(), node.name() + key());
        if (node.takes() != null) {
            task.parameter("sent", node.takes());
        }
        List<String> reads = reads();
        if (reads == null) {
            task.parameter("state", graph.state().valuesType());
        } else {
            reads.forEach(
                    name -> task.parameter(name, graph.state().component(name).type()));
        }
    }

    /** The components that the key is made of; null for the whole state, which a key method gets, too. */
    private @Nullable List<String> reads() {
        return node.policy().cacheKey() == null ? node.reads() : null;
    }

    /** What the key is made of: the same values of other components are another key. */
    private String key() {
        List<String> reads = reads();
        return reads == null ? "(state)" : "(" + String.join(", ", reads) + ")";
    }

    private @Nullable Object[] keyOf(NodeEntry entry) {
        List<@Nullable Object> arguments = new ArrayList<>();
        if (node.takes() != null) {
            arguments.add(entry.sent());
        }
        List<String> reads = reads();
        if (reads == null) {
            arguments.add(entry.values());
        } else {
            reads.forEach(name -> arguments.add(entry.values().find(name)));
        }
        return arguments.toArray();
    }

    private static <R> TaskSpec<R> ended(TaskSpec.Builder<R> task, boolean isScope) {
        return isScope
                ? task.scope(call -> {
                    throw new IllegalStateException("a node's step has a body for each execution");
                })
                : task.leaf(call -> {
                    throw new IllegalStateException("a node's step has a body for each execution");
                });
    }

    /** How an execution goes on that gave this. */
    Routing routing(@Nullable NodeResult<S> result) {
        return routings.recorded(result);
    }

    /**
     * Starts an execution.
     *
     * @param number which one of the node's it was planned as
     */
    TaskFuture<NodeResult<S>> start(Scope scope, int number, NodeEntry given) {
        NodeEntry entry = isSentShared ? given.uncopied() : given;
        TaskSpec<NodeResult<S>> placed = task.at(entry.place(), number);
        GraphNodes<?> inner = child;
        if (inner != null) {
            return scope.call(placed.with(
                    call -> checked(new ChildRun<>(graph, node, inner).run(call, entry), false, call.run())));
        }
        NodeSpec.Code<S> handler = node.handler();
        if (handler != null) {
            return scope.call(placed.with(call -> handled(call, entry, handler)));
        }
        return call(scope, placed, entry);
    }

    private TaskFuture<NodeResult<S>> call(Scope scope, TaskSpec<NodeResult<S>> step, NodeEntry entry) {
        NodeSpec.Code<S> code = node.code();
        if (code == null) {
            return scope.call(step); // START: an edit by hand has recorded its outcome
        }
        TaskBody<NodeResult<S>> attempt = call -> body(call, entry, code, null);
        NodeEffect<S> effect = node.effect();
        TaskBody<NodeResult<S>> body = attempt;
        if (effect instanceof NodeEffect.InPlace<S> inPlace) {
            body = once(inPlace, attempt, entry);
        } else if (effect instanceof UndoableEffect<S, ?> undoable) {
            body = undoable(undoable, entry);
        }
        TaskSpec<NodeResult<S>> execution = step.with(body);
        return node.isCached() ? scope.call(execution, keyOf(entry)) : scope.call(execution);
    }

    private TaskBody<NodeResult<S>> once(
            NodeEffect.InPlace<S> effect, TaskBody<NodeResult<S>> attempt, NodeEntry entry) {
        TaskSpec<NodeResult<S>> leaf = withPolicy(named(node.name())).leaf(attempt);
        return call -> effect.around(
                        leaf,
                        inner -> new NodeCall<>(graph, node, inner, entry, false, null),
                        result -> checked(result, false, call.run().stepId(), 0))
                .body()
                .run(call);
    }

    /** What the effect gives is recorded first; what the node gives of it is made again in each replay. */
    private TaskBody<NodeResult<S>> undoable(UndoableEffect<S, ?> effect, NodeEntry entry) {
        return call -> {
            TaskSpec<?> step = effectStep(effect, inner -> new NodeCall<>(graph, node, inner, entry, false, null));
            Object given = call.scope().call(step, keyOf(entry)).join();
            return checked(effect.made(given), false, call.run().stepId(), 0);
        };
    }

    /** The task that stands for the effect in the node's step, by which that is undone. */
    Optional<TaskSpec<?>> effectTask() {
        return node.effect() instanceof UndoableEffect<S, ?> effect
                ? Optional.of(effectStep(effect, this::past))
                : Optional.empty();
    }

    private <A> TaskSpec<A> effectStep(UndoableEffect<S, A> effect, Function<TaskCall, NodeInput<S, Object>> in) {
        TaskSpec.Builder<A> step =
                TaskSpec.of(node.name(), effect.type()).formerly(node.formerly().toArray(String[]::new));
        NodePolicy unused = withAttempts(step);
        withArguments(step);
        return effect.step(step, in, this::past);
    }

    /** What an execution got, of the arguments of the step of its effect. */
    private NodeInput<S, Object> past(TaskCall call) {
        return new NodeCall<>(graph, node, call, entry(call), false, null);
    }

    private NodeEntry entry(TaskCall call) {
        int next = 0;
        Object sent = node.takes() == null ? null : call.arg(next++);
        List<String> reads = reads();
        if (reads == null) {
            return new NodeEntry(call.<StateValues>arg(next), sent, null, null, null);
        }
        @Nullable
        Object[] values = new @Nullable Object[graph.state().channels().all().size()];
        for (String name : reads) {
            values[graph.state().channels().indexOf(name)] = call.arg(next++);
        }
        return new NodeEntry(new StateValues(graph.state().channels(), values), sent, null, null, null);
    }

    /** Two steps: the node, and what stands in for it. If both fail, both run again. */
    private @Nullable NodeResult<S> handled(TaskCall call, NodeEntry entry, NodeSpec.Code<S> handler) {
        Scope scope = call.scope();
        try {
            TaskSpec<NodeResult<S>> body = ended(own(), isStepScope());
            return call(scope, body, entry).join();
        } catch (TaskFailedException failed) {
            if (UnknownOutcomeException.isIn(failed.failure())) {
                throw failed;
            }
            try {
                return scope.call(ended(named(node.name() + ".onError"), handler.isScope())
                                .with(inner -> body(inner, entry, handler, failed)))
                        .join();
            } catch (TaskFailedException again) {
                again.addSuppressed(failed);
                throw again;
            }
        }
    }

    private @Nullable NodeResult<S> body(
            TaskCall call, NodeEntry entry, NodeSpec.Code<S> code, @Nullable TaskFailedException failed)
            throws Throwable {
        NodeCall<S> in =
                new NodeCall<>(graph, node, call, entry, code.isScope(), failed == null ? null : failed.failure());
        return checked(code.body().run(in), failed != null, in);
    }

    /** What a node must not give fails it. */
    private @Nullable NodeResult<S> checked(@Nullable NodeResult<S> result, boolean byHandler, TaskContext in) {
        return checked(result, byHandler, in.stepId(), in.attempt());
    }

    private @Nullable NodeResult<S> checked(
            @Nullable NodeResult<S> result, boolean byHandler, String stepId, int attempt) {
        if (Results.writes(result).isFresh()) {
            throw new IllegalRequestException("the node '" + node.name()
                    + "' gave fresh(), which is for the input and for updateState; begin with update()");
        }
        Routing unused = routings.of(result, byHandler);
        // What is cached is the result of several steps, so it cannot have ids of one of them.
        return node.isCached() ? result : new Preparation(stepId, attempt).of(result, graph.state());
    }
}
