package dev.clew.graph;

import dev.clew.GraphBuilder;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.Topology;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A graph: its state, its nodes, and what it makes of its input and gives as its output. Generated code has one for each
 * {@code @StateGraph}; a builder makes graphs that only run time knows. Immutable.
 *
 * <pre>{@code
 * GraphSpec<String, String, Chat> spec = GraphSpec.of("chat", ChatUpdate.STATE)
 *     .input(String.class, question -> update().messages(new User(question)))
 *     .output(String.class, chat -> last(chat.messages()).text())
 *     .node("model").after(START).mayGoTo("tool").mayEnd().leaf(in -> {
 *       Assistant reply = model.chat(in.state().messages());
 *       return update().messages(reply).goTo(reply.calls().stream().map(call -> Send.to("tool", call)).toList());
 *     })
 *     .node("tool").takes(ToolCall.class).retry(3).mayGoTo("model").leaf(in ->
 *       update().messages(tool.call(in.sent())).goTo(Send.to("model")))
 *     .build();
 * }</pre>
 *
 * @param <I> what callers give
 * @param <O> what callers get
 * @param <S> the state
 */
public final class GraphSpec<I, O extends @Nullable Object, S> {
    private final Header<I, O, S> header;
    private final List<NodeSpec<S>> nodes;
    private final Topology topology;
    private final List<Finding> notes;

    private GraphSpec(Header<I, O, S> header, List<NodeSpec<S>> nodes, Topology topology, List<Finding> notes) {
        this.header = header;
        this.nodes = nodes;
        this.topology = topology;
        this.notes = notes;
    }

    /** What a graph is without its nodes. */
    private record Header<I, O extends @Nullable Object, S>(
            String name,
            List<String> formerly,
            StateSpec<S> state,
            TypeRef<I> inputType,
            Function<I, StateUpdate<S>> input,
            TypeRef<O> outputType,
            @Nullable Function<S, O> output,
            NodePolicy defaults,
            GraphExtras extras) {}

    /** Begins a graph whose input is an update of its state, and whose output is the state. */
    public static <S> Builder<StateUpdate<S>, S, S> of(String name, StateSpec<S> state) {
        if (name.isBlank()) {
            throw new IllegalRequestException("the name of a graph is blank");
        }
        return new Builder<>(new Header<>(
                name,
                List.of(),
                state,
                state.updateType(),
                Function.identity(),
                TypeRef.of(state.type()),
                null,
                NodePolicy.NONE,
                GraphExtras.NONE));
    }

    /** The name under which its workflow is stored. */
    public String name() {
        return header.name();
    }

    /** The names under which its workflow was stored before. */
    public List<String> formerly() {
        return header.formerly();
    }

    /** Its state. */
    public StateSpec<S> state() {
        return header.state();
    }

    /** What callers give. */
    public TypeRef<I> inputType() {
        return header.inputType();
    }

    /** What callers get. */
    public TypeRef<O> outputType() {
        return header.outputType();
    }

    /** The first update of a run, for what a caller gives. */
    public StateUpdate<S> begin(I input) {
        return header.input().apply(input);
    }

    /** What a caller gets for the state at the end of a run. */
    @SuppressWarnings("unchecked") // without a function, the output is the state
    public O result(S state) {
        Function<S, O> output = header.output();
        return output == null ? (O) state : output.apply(state);
    }

    /** Whether callers get the state itself. */
    boolean isOutputState() {
        return header.output() == null;
    }

    /** Its nodes and all that may follow on what. */
    public Topology topology() {
        return topology;
    }

    /** The graph as a Mermaid diagram. */
    public String diagram() {
        return topology.diagram();
    }

    /** What its author should know of it; nothing here keeps it from running. */
    public List<Finding> notes() {
        return notes;
    }

    /** A builder of a compiled graph: give it a checkpointer and what else it needs. */
    public GraphBuilder<CompiledGraph<I, O, S>> builder() {
        return GraphBuilder.of(wiring -> new CompiledGraph<>(this, wiring));
    }

    /** The graph as a workflow that code calls as its child. For generated code. */
    public WorkflowSpec<I, O> workflow() {
        return new GraphDriver<>(this).workflow();
    }

    List<NodeSpec<S>> nodes() {
        return nodes;
    }

    /** The ids of all nodes, those of graphs in nodes included. */
    List<String> nodeIds() {
        List<String> ids = new ArrayList<>();
        for (NodeSpec<S> node : nodes) {
            ids.add(node.name());
            GraphSpec<?, ?, ?> child = node.child();
            if (child != null) {
                child.nodeIds().forEach(inner -> ids.add(node.name() + "/" + inner));
            }
        }
        return ids;
    }

    /** The types that its nodes ask for, and those of the graphs in them. */
    List<Class<?>> contexts() {
        return withThoseOfChildren(header.extras().contexts(), GraphSpec::contexts);
    }

    /** The tasks that its own nodes call. */
    List<TaskSpec<?>> tasks() {
        return header.extras().tasks();
    }

    /** The graphs that its nodes call with code, and those that nodes of the graphs in them call. */
    List<GraphSpec<?, ?, ?>> called() {
        return withThoseOfChildren(header.extras().called(), GraphSpec::called);
    }

    /** The components that are hidden of its state, and of those of the graphs in it and of those it calls. */
    Set<String> hidden() {
        Set<String> hidden = new LinkedHashSet<>(state().hidden());
        nodes.stream().map(NodeSpec::child).filter(Objects::nonNull).forEach(child -> hidden.addAll(child.hidden()));
        header.extras().called().forEach(called -> hidden.addAll(called.hidden()));
        return hidden;
    }

    /** The questions of its own nodes. */
    List<InterruptKey<?, ?>> ownQuestions() {
        return header.extras().questions();
    }

    /** The questions of its nodes, and those of the graphs in them. */
    List<InterruptKey<?, ?>> questions() {
        return withThoseOfChildren(header.extras().questions(), GraphSpec::questions);
    }

    private <T> List<T> withThoseOfChildren(List<T> own, Function<GraphSpec<?, ?, ?>, List<T>> of) {
        List<T> all = new ArrayList<>(own);
        for (NodeSpec<S> node : nodes) {
            GraphSpec<?, ?, ?> child = node.child();
            if (child != null) {
                all.addAll(of.apply(child));
            }
        }
        return all.stream().distinct().toList();
    }

    /** A builder of a graph with the same nodes, to which others can be added. */
    public Builder<I, O, S> toBuilder() {
        Builder<I, O, S> builder = new Builder<>(header);
        builder.nodes.addAll(nodes);
        return builder;
    }

    @Override
    public String toString() {
        return "GraphSpec[" + name() + "]";
    }

    /**
     * Collects the nodes of a graph; {@link #build()} checks them. Not thread-safe.
     *
     * <pre>{@code
     * GraphSpec.Builder<String, String, Chat> chat = GraphSpec.of("chat", ChatUpdate.STATE).input(…).output(…);
     * for (Tool tool : tools) {
     *   chat.node(tool.name()).takes(ToolCall.class).leaf(in -> update().messages(tool.call(in.sent())));
     * }
     * }</pre>
     */
    public static final class Builder<I, O extends @Nullable Object, S> {
        private Header<I, O, S> header;
        private final List<NodeSpec<S>> nodes = new ArrayList<>();
        private final Map<NodeBuilder<?, ?, ?, ?>, String> open = new LinkedHashMap<>();

        private Builder(Header<I, O, S> header) {
            this.header = header;
        }

        /** Names under which the graph's workflow was stored before. */
        public Builder<I, O, S> formerly(String... names) {
            header = new Header<>(
                    header.name(),
                    List.of(names),
                    header.state(),
                    header.inputType(),
                    header.input(),
                    header.outputType(),
                    header.output(),
                    header.defaults(),
                    header.extras());
            return this;
        }

        /** What callers give, and the first update that is made of it; a pure function. */
        public <J> Builder<J, O, S> input(Class<J> type, Function<? super J, ? extends StateUpdate<S>> begin) {
            return input(TypeRef.of(type), begin);
        }

        /** {@link #input(Class, Function)} for a type with type arguments. */
        @SuppressWarnings("unchecked") // what it is from now on
        public <J> Builder<J, O, S> input(TypeRef<J> type, Function<? super J, ? extends StateUpdate<S>> begin) {
            Builder<J, O, S> same = (Builder<J, O, S>) this;
            same.header = new Header<>(
                    header.name(),
                    header.formerly(),
                    header.state(),
                    type,
                    begin::apply,
                    header.outputType(),
                    header.output(),
                    header.defaults(),
                    header.extras());
            return same;
        }

        /** What callers get, and how it is made of the state; a pure function. */
        public <P extends @Nullable Object> Builder<I, P, S> output(
                Class<P> type, Function<? super S, ? extends P> result) {
            return output(TypeRef.of(type), result);
        }

        /** {@link #output(Class, Function)} for a type with type arguments. */
        @SuppressWarnings("unchecked") // what it is from now on
        public <P extends @Nullable Object> Builder<I, P, S> output(
                TypeRef<P> type, Function<? super S, ? extends P> result) {
            Builder<I, P, S> same = (Builder<I, P, S>) this;
            same.header = new Header<>(
                    header.name(),
                    header.formerly(),
                    header.state(),
                    header.inputType(),
                    header.input(),
                    type,
                    result::apply,
                    header.defaults(),
                    header.extras());
            return same;
        }

        /** How failed attempts are made again of nodes that say nothing of it. */
        public Builder<I, O, S> retry(RetryPolicy... policies) {
            NodePolicy d = header.defaults();
            List<RetryPolicy> all =
                    Stream.concat(d.retry().stream(), Stream.of(policies)).toList();
            return defaults(new NodePolicy(all, d.timeout(), d.idleTimeout(), null));
        }

        /** How long one attempt may run of nodes that say nothing of it. */
        public Builder<I, O, S> timeout(Duration limit) {
            NodePolicy d = header.defaults();
            return defaults(new NodePolicy(d.retry(), limit, d.idleTimeout(), null));
        }

        /** How long one attempt may go without a sign of progress, of nodes that say nothing of it. */
        public Builder<I, O, S> idleTimeout(Duration limit) {
            NodePolicy d = header.defaults();
            return defaults(new NodePolicy(d.retry(), d.timeout(), limit, null));
        }

        /** A type that nodes ask for with {@code in.context(type)}; a run needs a value of it. */
        public Builder<I, O, S> context(Class<?> type) {
            return extras(header.extras().withContext(type));
        }

        /** The tasks that its nodes call. For generated code. */
        public Builder<I, O, S> tasks(TaskSpec<?>... tasks) {
            return extras(header.extras().withTasks(List.of(tasks)));
        }

        /** The questions that its nodes ask, for those who want to know before they are asked. */
        public Builder<I, O, S> questions(InterruptKey<?, ?>... questions) {
            return extras(header.extras().withQuestions(List.of(questions)));
        }

        /** A graph that its nodes call with code: what that asks for is asked for before the run. For generated code. */
        public Builder<I, O, S> calls(GraphSpec<?, ?, ?> graph) {
            return extras(header.extras().withCalled(graph));
        }

        private Builder<I, O, S> extras(GraphExtras extras) {
            header = new Header<>(
                    header.name(),
                    header.formerly(),
                    header.state(),
                    header.inputType(),
                    header.input(),
                    header.outputType(),
                    header.output(),
                    header.defaults(),
                    extras);
            return this;
        }

        private Builder<I, O, S> defaults(NodePolicy defaults) {
            header = new Header<>(
                    header.name(),
                    header.formerly(),
                    header.state(),
                    header.inputType(),
                    header.input(),
                    header.outputType(),
                    header.output(),
                    defaults,
                    header.extras());
            return this;
        }

        /** Begins a node; its {@code leaf(…)} or {@code scope(…)} ends it and returns this builder. */
        public NodeBuilder<I, O, S, @Nullable Void> node(String name) {
            NodeBuilder<I, O, S, @Nullable Void> node = new NodeBuilder<>(this, name);
            open.put(node, name);
            return node;
        }

        /**
         * A node that is a graph. Components that both states have, with the same name, type and reducer, go in; what the child
         * wrote to them comes back.
         */
        public Builder<I, O, S> subgraph(String name, GraphSpec<?, ?, ?> child, Edges edges) {
            nodes.add(Subgraphs.node(name, child, edges, List.of()));
            return this;
        }

        /**
         * {@link #subgraph(String, GraphSpec, Edges)}, whose output is written to a component.
         *
         * @throws IllegalRequestException if the state has no such component, or it does not take the output
         */
        public Builder<I, O, S> subgraph(
                String name, GraphSpec<?, ?, ?> child, UnaryOperator<Edges> edges, String writes) {
            Component<?, ?> component = header.state().component(writes);
            if (!component.updateType().equals(child.outputType())) {
                throw new IllegalRequestException("the node '" + name + "' gives " + child.outputType() + ", and '"
                        + writes + "' takes " + component.updateType() + "; give the component that type");
            }
            nodes.add(Subgraphs.node(name, child, edges.apply(Edges.NONE), List.of(writes)));
            return this;
        }

        /** {@link #subgraph(String, GraphSpec, Edges)} with edges that are made here. */
        public Builder<I, O, S> subgraph(String name, GraphSpec<?, ?, ?> child, UnaryOperator<Edges> edges) {
            return subgraph(name, child, edges.apply(Edges.NONE));
        }

        Builder<I, O, S> add(NodeBuilder<?, ?, ?, ?> node, NodeSpec<S> spec) {
            if (open.remove(node) == null) {
                throw new IllegalRequestException("the node '" + node.name() + "' is there already; begin another one");
            }
            nodes.add(spec);
            return this;
        }

        /**
         * The graph.
         *
         * @throws InvalidGraphException with everything that is wrong with it
         */
        public GraphSpec<I, O, S> build() {
            List<NodeSpec<S>> complete = nodes.stream().map(this::withDefaults).toList();
            SpecCheck<S> check = new SpecCheck<>(header.name(), header.state(), complete, List.copyOf(open.values()));
            List<Finding> findings = check.findings();
            if (findings.stream().anyMatch(Finding::isError)) {
                throw new InvalidGraphException(
                        header.name(),
                        findings.stream().filter(Finding::isError).toList());
            }
            return new GraphSpec<>(header, complete, check.topology(), findings);
        }

        private NodeSpec<S> withDefaults(NodeSpec<S> node) {
            return new NodeSpec<>(
                    node.name(),
                    node.formerly(),
                    node.edges(),
                    node.takes(),
                    node.isOnlySent(),
                    node.ways(),
                    node.handlerWays(),
                    node.writes(),
                    node.reads(),
                    // The nodes of a graph in a node have defaults of their own.
                    node.child() == null ? node.policy().orElse(header.defaults()) : node.policy(),
                    node.code(),
                    node.handler(),
                    node.child(),
                    node.effect());
        }
    }
}
