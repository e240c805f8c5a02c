package dev.clew.agents;

import dev.clew.GraphBuilder;
import dev.clew.annotations.Node;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.NodeBuilder;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.interrupt.InterruptKey;
import dev.clew.json.JsonCodec;
import dev.clew.model.ModelClient;
import dev.clew.spi.TaskSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolResult;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model that calls tools until it has an answer. It is a graph of two nodes, {@code model} and {@code tools}: each call of the
 * model and of a tool is a step of its own, recorded once, retried by itself, and not executed again by a replay. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Agent<TripPlan> agent = Agent.builder("travel", model)
 *     .systemPrompt("You plan trips.")
 *     .tools(TravelTools.of(new Travel(api)))
 *     .middleware(HumanInTheLoop.on(TravelTools.BOOK), ModelCallLimit.perRun(20))
 *     .output(TripPlan.class)
 *     .build();
 * try (var graph = agent.graph().checkpointer(db.checkpointer()).build()) {
 *   RunResult<AgentResult<TripPlan>> result = graph.workflow().invoke(AgentInput.user("Three days in Crete"), thread);
 * }
 * }</pre>
 *
 * @param <T> the type of the output; text, unless it was built with another
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class Agent<T> {
    /** The question that asks the caller of a run to execute a tool of {@link AgentTool#client}. */
    public static final InterruptKey<ClientCall, @Nullable Object> CLIENT_CALL =
            InterruptKey.of("client_tool", TypeRef.of(ClientCall.class), new TypeRef<@Nullable Object>() {});

    private final String name;
    private final GraphSpec<AgentInput, AgentResult<T>, AgentState> spec;

    private Agent(String name, GraphSpec<AgentInput, AgentResult<T>, AgentState> spec) {
        this.name = name;
        this.spec = spec;
    }

    /**
     * Begins an agent.
     *
     * @param name names its workflow, in which its threads are stored, and signs what its model says
     */
    public static Builder<String> builder(String name, ModelClient model) {
        if (name.isBlank()) {
            throw new IllegalRequestException("the name of an agent is blank");
        }
        return new Builder<>(name, model);
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns the graph that it is, to make it a node of another one. */
    public GraphSpec<AgentInput, AgentResult<T>, AgentState> spec() {
        return spec;
    }

    /** Returns a builder of a compiled graph: give it a checkpointer and what else it needs. */
    public GraphBuilder<CompiledGraph<AgentInput, AgentResult<T>, AgentState>> graph() {
        return spec.builder();
    }

    /**
     * Returns the agent as a tool of another one. Each call is a run of its own, from an empty conversation: what it costs counts
     * as the other agent's, and its questions are those of the other's run. The model gives it a text.
     *
     * <pre>{@code
     * Agent.builder("lead", model).tools(researcher.asTool("research", "Finds facts and their sources."))
     * }</pre>
     */
    public AgentTool asTool(String tool, String description) {
        return AgentTool.graph(
                tool,
                description,
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("task", Map.of("type", "string", "description", "what to do, with all that it needs")),
                        "required",
                        List.of("task"),
                        "additionalProperties",
                        false),
                spec,
                arguments -> AgentInput.user(String.valueOf(arguments.get("task"))),
                Agent::told);
    }

    /** {@link #asTool(String, String)} with arguments of a type, of which a pure function makes the agent's input. */
    public <A> AgentTool asTool(
            String tool, String description, Class<A> arguments, Function<? super A, AgentInput> input) {
        return AgentTool.graph(tool, description, arguments, spec, input, Agent::told);
    }

    /** What the other agent's model reads: the output, or how the run ended without one. */
    private static ToolResult<?> told(AgentResult<?> result) {
        ToolResult<?> told = result.outputIfAny().isPresent()
                ? ToolResult.of(result.output())
                : ToolResult.error(
                        "no result: " + result.end() + (result.text().isEmpty() ? "" : ": " + result.text()));
        return told.cost(result.cost());
    }

    /**
     * Returns the agent as a node of a graph, which shares the messages and gives the output. For generated code.
     *
     * @param agent the agent; null where only the form of the graph is wanted, such as for a client
     */
    public static <T> GraphSpec<AgentInput, T, AgentState> node(@Nullable Agent<T> agent, TypeRef<T> type) {
        return agent == null
                ? builder("agent", (request, call) -> {
                            throw new IllegalStateException("a client's graph has no model");
                        })
                        .output(type)
                        .build()
                        .node(type)
                : agent.node(type);
    }

    /** {@link #node(Agent, TypeRef)} for a type without type arguments. For generated code. */
    public static <T> GraphSpec<AgentInput, T, AgentState> node(@Nullable Agent<T> agent, Class<T> type) {
        return node(agent, TypeRef.of(type));
    }

    private GraphSpec<AgentInput, T, AgentState> node(TypeRef<T> type) {
        return spec.toBuilder()
                .output(type, state -> spec.result(state).output())
                .build();
    }

    @Override
    public String toString() {
        return "Agent[" + name + "]";
    }

    /**
     * Collects what an agent is made of; {@link #build()} checks it. Not thread-safe.
     *
     * @param <T> the type of the output
     */
    public static final class Builder<T> {
        private final String name;
        private final ModelClient model;
        private @Nullable Function<? super AgentState, ? extends ModelClient> chosen;
        private AgentParts.@Nullable Prompt prompt;
        private final List<AgentTool> tools = new ArrayList<>();
        private final List<Middleware> middleware = new ArrayList<>();
        private final List<RetryPolicy> retry = new ArrayList<>();
        private Duration timeout = Duration.ofMinutes(2);
        private @Nullable Duration idleTimeout;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable TypeRef<?> output;
        private Codec codec = JsonCodec.standard();

        private Builder(String name, ModelClient model) {
            this.name = name;
            this.model = model;
        }

        /**
         * Chooses the model by the state, each time one is asked. What the agent's own can do decides how a typed output is
         * written, so the others must be able to do that, too.
         */
        public Builder<T> model(Function<? super AgentState, ? extends ModelClient> of) {
            chosen = of;
            return this;
        }

        /** What the model is told first, in each request. */
        public Builder<T> systemPrompt(String text) {
            prompt = (state, run) -> text;
            return this;
        }

        /** What the model is told first, made of the state. It is not recorded, and made again on each replay. */
        public Builder<T> systemPrompt(Function<? super AgentState, String> of) {
            prompt = (state, run) -> of.apply(state);
            return this;
        }

        /** {@link #systemPrompt(Function)} that also knows the run: the time is {@code run.run().now()}. */
        public Builder<T> systemPrompt(BiFunction<? super AgentState, ? super HookRun, String> of) {
            prompt = of::apply;
            return this;
        }

        /** Tools that the model may call, after those that were given before. */
        public Builder<T> tools(List<AgentTool> more) {
            tools.addAll(more);
            return this;
        }

        /** {@link #tools(List)} for some tools. */
        public Builder<T> tools(AgentTool... more) {
            return tools(List.of(more));
        }

        /** What changes the loop; the first stands outside of the others. */
        public Builder<T> middleware(Middleware... more) {
            middleware.addAll(List.of(more));
            return this;
        }

        /** How failed calls of the model are made again; by default three attempts, for failures that may pass. */
        public Builder<T> modelRetry(RetryPolicy policy) {
            retry.add(policy);
            return this;
        }

        /** How long one attempt to call the model may take; by default two minutes. */
        public Builder<T> modelTimeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /** How long one attempt to call the model may go without a piece of the answer; for models that stream. */
        public Builder<T> modelIdleTimeout(Duration limit) {
            idleTimeout = limit;
            return this;
        }

        /** Whether the model may call several tools in one answer; by default its provider decides. */
        public Builder<T> parallelToolCalls(boolean may) {
            parallelToolCalls = may;
            return this;
        }

        /** What reads arguments and output; by default {@link JsonCodec#standard}. Give the graph's own, if it has one. */
        public Builder<T> codec(Codec own) {
            codec = own;
            return this;
        }

        /** The type of the output: the model is made to write it, and what does not fit is told to it. */
        public <U> Builder<U> output(Class<U> type) {
            return output(TypeRef.of(type));
        }

        /** {@link #output(Class)} for a type with type arguments. */
        @SuppressWarnings("unchecked") // what it is from now on
        public <U> Builder<U> output(TypeRef<U> type) {
            output = type;
            return (Builder<U>) this;
        }

        /**
         * The agent.
         *
         * @throws IllegalRequestException if two tools or middlewares have one name, a middleware is about a tool that is not
         *     there, the arguments of a tool have no schema, or
         *     a tool returns directly beside an output with a type
         */
        public Agent<T> build() {
            Hooks hooks = new Hooks();
            hooks.install(middleware);
            List<AgentTool> all = new ArrayList<>(tools);
            all.addAll(hooks.tools());
            OutputForm<?> form = output == null ? null : OutputForm.of(output, model.profile(), !all.isEmpty(), codec);
            Toolbox box = Toolbox.of(all, codec);
            if (form != null && form.isByTool() && box.find(form.name()) != null) {
                throw new IllegalRequestException("the tool '" + form.name()
                        + "' has the name of the output, which the model gives by a tool, too; rename one");
            }
            if (output != null) {
                all.stream().filter(AgentTool::isReturnDirect).forEach(this::refuseDirect);
            }
            hooks.refs().forEach(box::require);
            return new Agent<>(name, graph(parts(hooks, box, form), hooks));
        }

        private void refuseDirect(AgentTool tool) {
            throw new IllegalRequestException("the tool '" + tool.name() + "' returns directly, and the output is "
                    + output + ", which only the model writes; leave out returnDirect() or output(…)");
        }

        private AgentParts parts(Hooks hooks, Toolbox box, @Nullable OutputForm<?> form) {
            List<RetryPolicy> policies = retry.isEmpty() ? List.of(ModelStep.DEFAULT_RETRY) : List.copyOf(retry);
            return new AgentParts(
                    name,
                    model,
                    new ModelStep(name, policies, timeout, idleTimeout, hooks.filters()),
                    prompt,
                    box,
                    List.copyOf(hooks.modelWrappers()),
                    List.copyOf(hooks.limits()),
                    List.copyOf(hooks.budgets()),
                    hooks.pricing(),
                    chosen,
                    parallelToolCalls,
                    form,
                    StateComponents.with(hooks.sections(), hooks.hidden()));
        }

        @SuppressWarnings("unchecked") // without an output T is String
        private GraphSpec<AgentInput, AgentResult<T>, AgentState> graph(AgentParts parts, Hooks hooks) {
            TypeRef<T> type = (TypeRef<T>) (output == null ? TypeRef.of(String.class) : output);
            Loop loop = new Loop(hooks.nodes(), parts.tools(), parts.output(), hooks.isBatched());
            ModelNode modelNode = new ModelNode(parts, loop);
            ToolsNode toolsNode = new ToolsNode(parts, hooks);
            var graph = GraphSpec.of(name, parts.spec())
                    .input(
                            AgentInput.type(hooks.filters()),
                            input -> begin(hooks.filters().input(input), parts.spec()))
                    .output(ResultForm.type(type), state -> (AgentResult<T>) Results.of(state, parts.output()))
                    .questions(Approval.KEY, CLIENT_CALL)
                    .tasks(ToolsNode.tasks(parts.tools(), parts.spec()).toArray(TaskSpec<?>[]::new));
            graph = hooks.budgets().isEmpty() ? graph : graph.questions(BudgetExceeded.KEY);
            for (AgentTool tool : parts.tools().all()) {
                GraphSpec<?, ?, ?> child = tool.graph();
                graph = child == null ? graph : graph.calls(child);
                var outcome = tool.outcome();
                graph = outcome == null ? graph : graph.questions(outcome);
            }
            for (RegisteredHook hook : loop.hooks()) {
                graph = hook(graph, hook, loop, parts);
            }
            if (hooks.isBatched()) {
                graph = graph.questions(BatchApproval.KEY)
                        .node(ApprovalNode.NAME)
                        .takes(DueCalls.class)
                        .mayGoTo(ToolsNode.NAME)
                        .scope(new ApprovalNode(parts.tools(), hooks, loop, parts.spec())::run);
            }
            return edges(graph.node(ModelNode.NAME), ModelNode.NAME, loop)
                    .mayGoTo(loop.targetsOfModel())
                    .mayEnd()
                    .scope(modelNode::run)
                    .node(ToolsNode.NAME)
                    .takes(DueCall.class)
                    .scope(toolsNode::run)
                    .build();
        }

        private static <T> GraphSpec.Builder<AgentInput, AgentResult<T>, AgentState> hook(
                GraphSpec.Builder<AgentInput, AgentResult<T>, AgentState> graph,
                RegisteredHook hook,
                Loop loop,
                AgentParts parts) {
            var node = edges(graph.node(hook.node()), hook.node(), loop).mayGoTo(loop.targets(hook));
            HookNode code = new HookNode(hook, loop, parts.spec(), parts.filters());
            NodeBuilder<AgentInput, AgentResult<T>, AgentState, @Nullable Void> ending =
                    loop.mayEnd(hook) ? node.mayEnd() : node;
            return hook.leaf() != null ? ending.leaf(code::runLeaf) : ending.scope(code::runScope);
        }

        /** A run begins at the first node, and tools lead to the first of a turn. */
        private static <T> NodeBuilder<AgentInput, AgentResult<T>, AgentState, @Nullable Void> edges(
                NodeBuilder<AgentInput, AgentResult<T>, AgentState, @Nullable Void> node, String name, Loop loop) {
            NodeBuilder<AgentInput, AgentResult<T>, AgentState, @Nullable Void> begun =
                    loop.first().equals(name) ? node.after(Node.START) : node;
            return loop.turn().equals(name) ? begun.after(ToolsNode.NAME) : begun;
        }

        private static StateUpdate<AgentState> begin(AgentInput input, StateSpec<AgentState> spec) {
            return StateComponents.add(spec.changes(), input.messages())
                    .set(StateComponents.STRUCTURED, null)
                    .set(StateComponents.RUN, RunProgress.START_BY_INPUT)
                    .set(StateComponents.RAISED_FOR_RUN, Map.of())
                    .set(StateComponents.ALLOWANCE, input.allowance())
                    .set(StateComponents.APPROVED, Map.of())
                    .add(StateComponents.SPENDING, SpendingUpdate.RUN)
                    .add(StateComponents.CALLS, CallCounts.Update.RUN)
                    .update();
        }
    }
}
