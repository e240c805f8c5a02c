package dev.clew.graph;

import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.NodeRef;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes one node of a {@link GraphSpec}; {@link #leaf} or {@link #scope} ends it. Not thread-safe.
 *
 * <pre>{@code
 * builder.node("search").takes(Query.class).retry(3).leaf(in -> update().notes(web.find(in.sent().text())))
 * builder.node("review").afterAny("write", "improve").routes(Verdict.class).leaf(in -> judge(in.state().draft()))
 * }</pre>
 *
 * @param <I> the input of the graph
 * @param <O> its output
 * @param <S> its state
 * @param <T> the type of what is sent to the node
 */
public final class NodeBuilder<I, O extends @Nullable Object, S, T extends @Nullable Object> {
    private final GraphSpec.Builder<I, O, S> graph;
    private final String name;
    private Edges edges = Edges.NONE;
    private @Nullable TypeRef<?> takes;
    private boolean onlySent;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<RouteSpec> types = new ArrayList<>();
    private boolean mayEnd;
    private boolean maySkip;
    private boolean single;
    private final List<String> writes = new ArrayList<>();
    private @Nullable List<String> reads;
    private final List<RetryPolicy> retry = new ArrayList<>();
    private @Nullable Duration timeout;
    private @Nullable Duration idleTimeout;
    private @Nullable CachePolicy cache;
    private @Nullable BiFunction<Object, StateValues, @Nullable Object> cacheKey;
    private NodeSpec.@Nullable Code<S> handler;
    private @Nullable NodeEffect<S> effect;
    private Ways handlerWays = Ways.NONE;

    NodeBuilder(GraphSpec.Builder<I, O, S> graph, String name) {
        this.graph = graph;
        this.name = name;
    }

    /** Runs it after this node, or {@code START}. */
    public NodeBuilder<I, O, S, T> after(String node) {
        return afterAny(node);
    }

    /** Runs it after this node. */
    public NodeBuilder<I, O, S, T> after(NodeRef node) {
        return afterAny(node.id());
    }

    /** Runs it after each of these nodes: once in a superstep, however many of them ran in the superstep before. */
    public NodeBuilder<I, O, S, T> afterAny(String... nodes) {
        edges = edges.afterAny(nodes);
        return this;
    }

    /** {@link #afterAny(String...)} for names in a collection. */
    public NodeBuilder<I, O, S, T> afterAny(Collection<String> nodes) {
        return afterAny(nodes.toArray(String[]::new));
    }

    /** Runs it when all of these nodes have run, in whatever supersteps; it then waits for all of them again. */
    public NodeBuilder<I, O, S, T> afterAll(String... nodes) {
        edges = edges.afterAll(nodes);
        return this;
    }

    /** {@link #afterAll(String...)} for names in a collection. */
    public NodeBuilder<I, O, S, T> afterAll(Collection<String> nodes) {
        return afterAll(nodes.toArray(String[]::new));
    }

    /** Lets it wait until nothing else is left to run; of several that wait, the one that was declared first runs, alone. */
    public NodeBuilder<I, O, S, T> defer() {
        edges = edges.defer();
        return this;
    }

    /** Runs it once for each value of this type that is sent to it, and in no other way. */
    public <R> NodeBuilder<I, O, S, R> takes(Class<R> type) {
        return takes(TypeRef.of(type));
    }

    /** {@link #takes(Class)} for a type with type arguments. */
    public <R> NodeBuilder<I, O, S, R> takes(TypeRef<R> type) {
        return taking(type, true);
    }

    /** Runs it once for each value of this type that is sent to it; edges may lead to it, too, and then nothing is sent. */
    public <R> NodeBuilder<I, O, S, @Nullable R> mayTake(Class<R> type) {
        return mayTake(TypeRef.of(type));
    }

    /** {@link #mayTake(Class)} for a type with type arguments. */
    public <R> NodeBuilder<I, O, S, @Nullable R> mayTake(TypeRef<R> type) {
        return taking(type, false);
    }

    @SuppressWarnings("unchecked") // it is the type of what the body gets, and there is no body yet
    private <R extends @Nullable Object> NodeBuilder<I, O, S, R> taking(TypeRef<?> type, boolean only) {
        takes = type;
        onlySent = only;
        return (NodeBuilder<I, O, S, R>) this;
    }

    /** Lets it go on to these nodes by {@link Send}, to any of them at once. It then has no other successors. */
    public NodeBuilder<I, O, S, T> mayGoTo(String... nodes) {
        names.addAll(List.of(nodes));
        return this;
    }

    /** {@link #mayGoTo(String...)} for names in a collection. */
    public NodeBuilder<I, O, S, T> mayGoTo(Collection<String> nodes) {
        names.addAll(nodes);
        return this;
    }

    /** Lets it end its branch: with no route at all, or an empty list of them. */
    public NodeBuilder<I, O, S, T> mayEnd() {
        mayEnd = true;
        maySkip = true;
        return this;
    }

    /** Lets it end its branch by an empty list of routes; no route at all fails it. For generated code. */
    public NodeBuilder<I, O, S, T> mayBeEmpty() {
        mayEnd = true;
        return this;
    }

    /** Lets it go on by an enum whose constants have {@code @To} or {@code @End}, a record, or a sealed type of records. */
    public NodeBuilder<I, O, S, T> routes(Class<?> type) {
        return routes(RouteSpec.of(type));
    }

    /** {@link #routes(Class)} for a route that says itself where its cases lead. */
    public NodeBuilder<I, O, S, T> routes(RouteSpec route) {
        types.add(route);
        return this;
    }

    /** Says that it answers with one route, never with a list: more is known of the graph before it runs. */
    public NodeBuilder<I, O, S, T> routesOnce() {
        single = true;
        return this;
    }

    /** Says that it writes these components whenever it runs. It may write others, too. */
    public NodeBuilder<I, O, S, T> writes(String... components) {
        writes.addAll(List.of(components));
        return this;
    }

    /**
     * Says that it reads these components and no others: if it is cached, the others are no part of the key. It then gets no
     * others, and not the state as a whole.
     */
    public NodeBuilder<I, O, S, T> reads(String... components) {
        reads = List.of(components);
        return this;
    }

    /** Executes it again after it failed, up to this number of attempts in all. */
    public NodeBuilder<I, O, S, T> retry(int maxAttempts) {
        return retry(RetryPolicy.builder().maxAttempts(maxAttempts).build());
    }

    /** Executes it again after it failed; of several policies the first that matches decides. */
    public NodeBuilder<I, O, S, T> retry(RetryPolicy policy) {
        retry.add(policy);
        return this;
    }

    /** How long one attempt may run. */
    public NodeBuilder<I, O, S, T> timeout(Duration limit) {
        timeout = positive("timeout", limit);
        return this;
    }

    /** How long one attempt may go without a sign of progress. */
    public NodeBuilder<I, O, S, T> idleTimeout(Duration limit) {
        idleTimeout = positive("idleTimeout", limit);
        return this;
    }

    /** Keeps its results across runs and threads, by what was sent to it and the state, or what it {@link #reads} of that. */
    public NodeBuilder<I, O, S, T> cache(CachePolicy policy) {
        cache = policy;
        return this;
    }

    /**
     * Makes the key of what {@link #cache} keeps of what was sent to it, null where an edge leads to it, and of the state's
     * values.
     */
    @SuppressWarnings("unchecked") // it gets what is sent to this node
    public NodeBuilder<I, O, S, T> cacheKey(BiFunction<? super T, StateValues, ? extends @Nullable Object> key) {
        cacheKey = (BiFunction<Object, StateValues, @Nullable Object>) key;
        return this;
    }

    /** Names under which its steps were recorded before. */
    public NodeBuilder<I, O, S, T> formerly(String... formerNames) {
        edges = edges.formerly(formerNames);
        return this;
    }

    /**
     * Lets this stand in for the node when it failed, once its retries are exhausted. It is a scope. The node's successors run
     * after it, unless it routes. If the node routes, so must this.
     */
    public NodeBuilder<I, O, S, T> onError(NodeBody<HandlerInput<S, T>, S> body) {
        handler = code(true, body);
        return this;
    }

    /** {@link #onError} for a body that makes no durable calls, so that it may do anything. */
    public NodeBuilder<I, O, S, T> onErrorLeaf(NodeBody<HandlerInput<S, T>, S> body) {
        handler = code(false, body);
        return this;
    }

    /** Lets the body of {@link #onError} go on to these nodes by {@link Send}, or end the branch by an empty list. */
    public NodeBuilder<I, O, S, T> onErrorMayGoTo(String... nodes) {
        Set<String> all = new LinkedHashSet<>(handlerWays.names());
        all.addAll(List.of(nodes));
        handlerWays = new Ways(all, handlerWays.types(), true, false, true);
        return this;
    }

    /** Lets the body of {@link #onError} go on by such a type. */
    public NodeBuilder<I, O, S, T> onErrorRoutes(RouteSpec route) {
        List<RouteSpec> all =
                Stream.concat(handlerWays.types().stream(), Stream.of(route)).toList();
        handlerWays = new Ways(handlerWays.names(), all, handlerWays.mayEnd(), false, true);
        return this;
    }

    /**
     * Says that its effect must not happen twice: its body begins again only after the outside world, or a person, has said that
     * nothing happened.
     *
     * @param outcome asks a person what became of it
     * @param result makes what the node gives of what the person says; a pure function
     */
    public <A extends @Nullable Object> OnceNode<I, O, S, T, A> once(
            InterruptKey<UnknownOutcome, Resolution<A>> outcome,
            Function<? super A, ? extends @Nullable NodeResult<S>> result) {
        requireUncached("is ONCE");
        return new OnceNode<>(this, outcome, result);
    }

    /**
     * Says that what it does outside is undone when its run is.
     *
     * @param result makes what the node gives of what its effect gives; a pure function
     */
    public <A extends @Nullable Object> UndoableNode<I, O, S, T, A> undoable(
            Function<? super A, ? extends @Nullable NodeResult<S>> result) {
        return new UndoableNode<>(this, result);
    }

    void requireUncached(String why) {
        if (cache != null) {
            throw new IllegalRequestException("the node '" + name + "' " + why
                    + ", and its result may be taken from a cache; leave out one of the two");
        }
    }

    NodeBuilder<I, O, S, T> effect(NodeEffect<S> of) {
        effect = of;
        return this;
    }

    /** The node as one that makes no durable calls: it may do anything. */
    public GraphSpec.Builder<I, O, S> leaf(NodeBody<NodeInput<S, T>, S> body) {
        return end(code(false, body));
    }

    /** The node as one that makes durable calls: its code between them must be deterministic. */
    public GraphSpec.Builder<I, O, S> scope(NodeBody<ScopeInput<S, T>, S> body) {
        return end(code(true, body));
    }

    @SuppressWarnings("unchecked") // it gets what it says
    private static <N, S> NodeSpec.Code<S> code(boolean isScope, NodeBody<N, S> body) {
        return new NodeSpec.Code<>(isScope, (NodeBody<Object, S>) body);
    }

    /** The node as one that does nothing beside its effect. */
    GraphSpec.Builder<I, O, S> effectOnly() {
        return leaf(in -> {
            throw new IllegalStateException("the node '" + name + "' has a step for its effect");
        });
    }

    private GraphSpec.Builder<I, O, S> end(NodeSpec.Code<S> body) {
        return graph.add(
                this,
                new NodeSpec<>(
                        name,
                        edges.formerly(),
                        edges.topology(),
                        takes,
                        onlySent,
                        new Ways(names, types, mayEnd, maySkip, !single),
                        handlerWays,
                        writes,
                        reads,
                        new NodePolicy(retry, timeout, idleTimeout, cache, cacheKey),
                        body,
                        handler,
                        null,
                        effect));
    }

    String name() {
        return name;
    }

    private static Duration positive(String option, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalRequestException("a node's " + option + " must be positive, not " + limit);
        }
        return limit;
    }
}
