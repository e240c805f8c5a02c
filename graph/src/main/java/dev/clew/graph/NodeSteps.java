package dev.clew.graph;

import dev.clew.flow.TaskContext;
import dev.clew.graph.plan.Routing;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
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
        boolean isScope = node.handler() != null || node.child() != null || isScope(node.code());
        this.task = ended(node.handler() == null ? withPolicy(named(node.name())) : around(), isScope);
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

    private TaskSpec.Builder<NodeResult<S>> withPolicy(TaskSpec.Builder<NodeResult<S>> task) {
        NodePolicy policy = node.policy();
        policy.retry().forEach(task::retry);
        if (policy.timeout() != null) {
            task.timeout(policy.timeout());
        }
        if (policy.idleTimeout() != null) {
            task.idleTimeout(policy.idleTimeout());
        }
        if (policy.cache() != null) {
            // The key is made of what the node gets; any other node's step has no arguments.
            task.method(graph.spec().name(), node.name() + key()).cache(policy.cache());
            if (node.takes() != null) {
                task.parameter("sent", node.takes());
            }
            List<String> reads = reads();
            if (reads == null) {
                task.parameter("state", graph.state().valuesType());
            } else {
                reads.forEach(name ->
                        task.parameter(name, graph.state().component(name).type()));
            }
            BiFunction<Object, StateValues, @Nullable Object> key = policy.cacheKey();
            if (key != null) {
                task.cacheKey(arguments -> key.apply(
                        node.takes() == null ? null : arguments[0], (StateValues) arguments[arguments.length - 1]));
            }
        }
        return task;
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
        TaskSpec<NodeResult<S>> execution = step.with(call -> body(call, entry, code, null));
        return node.isCached() ? scope.call(execution, keyOf(entry)) : scope.call(execution);
    }

    /** Two steps: the node, and what stands in for it. If both fail, both run again. */
    private @Nullable NodeResult<S> handled(TaskCall call, NodeEntry entry, NodeSpec.Code<S> handler) {
        Scope scope = call.scope();
        try {
            TaskSpec<NodeResult<S>> body = ended(withPolicy(named(node.name())), isScope(node.code()));
            return call(scope, body, entry).join();
        } catch (TaskFailedException failed) {
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
        if (Results.writes(result).isFresh()) {
            throw new IllegalRequestException("the node '" + node.name()
                    + "' gave fresh(), which is for the input and for updateState; begin with update()");
        }
        Routing unused = routings.of(result, byHandler);
        // What is cached is the result of several steps, so it cannot have ids of one of them.
        return node.isCached() ? result : new Preparation(in.stepId(), in.attempt()).of(result, graph.state());
    }
}
