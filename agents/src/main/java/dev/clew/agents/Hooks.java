package dev.clew.agents;

import dev.clew.graph.StateSpec;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Middleware} registers what it does. Those of a middleware that was named earlier come first: they are outside of
 * the others. Not thread-safe.
 *
 * <pre>{@code
 * public void install(Hooks hooks) {
 *   hooks.state(QuotaUpdate.STATE).gate((call, state, context) -> judged(call, state.get(QuotaUpdate.STATE)));
 * }
 * }</pre>
 */
public final class Hooks {
    private final List<Gate> gates = new ArrayList<>();
    private final List<ModelWrapper> modelWrappers = new ArrayList<>();
    private final List<ToolWrapper> toolWrappers = new ArrayList<>();
    private final List<AgentTool> tools = new ArrayList<>();
    private final List<ToolRef> refs = new ArrayList<>();
    private final Map<String, StateSpec<?>> sections = new LinkedHashMap<>();
    private final List<CallLimit> limits = new ArrayList<>();
    private final List<RegisteredHook> nodes = new ArrayList<>();
    private final Set<StateSpec<?>> visible = new LinkedHashSet<>();
    private final List<SpendingLimit> budgets = new ArrayList<>();
    private @Nullable Pricing pricing;
    private final List<TextFilter> filters = new ArrayList<>();
    private boolean isBatched;
    private boolean handlesUnknownTools;
    private @Nullable String middleware;

    Hooks() {}

    /**
     * How often the model may be asked.
     *
     * @param most how often
     * @param isPerThread whether that is over all runs of the thread
     * @param isFailing whether the run fails, rather than ends
     */
    record CallLimit(int most, boolean isPerThread, boolean isFailing) {}

    void install(List<Middleware> all) {
        List<String> names = new ArrayList<>();
        for (Middleware each : all) {
            String name = each.name();
            if (names.contains(name)) {
                throw new IllegalRequestException(
                        "two middlewares are named '" + name + "'; give one of them another name, or leave it out");
            }
            names.add(name);
            middleware = name;
            each.install(this);
        }
    }

    /**
     * Runs once in each run, before the model is first asked: as a node {@code NAME.before_agent}.
     *
     * @param jumps the jumps that it may make
     */
    public Hooks beforeAgent(Hook hook, Jump... jumps) {
        return add(HookPoint.BEFORE_AGENT, hook, null, jumps);
    }

    /** {@link #beforeAgent} for a hook that asks or calls tasks. */
    public Hooks askBeforeAgent(ScopeHook hook, Jump... jumps) {
        return add(HookPoint.BEFORE_AGENT, null, hook, jumps);
    }

    /**
     * Runs each time before the model is asked: as a node {@code NAME.before_model}.
     *
     * @param jumps the jumps that it may make
     */
    public Hooks beforeModel(Hook hook, Jump... jumps) {
        return add(HookPoint.BEFORE_MODEL, hook, null, jumps);
    }

    /** {@link #beforeModel} for a hook that asks or calls tasks. */
    public Hooks askBeforeModel(ScopeHook hook, Jump... jumps) {
        return add(HookPoint.BEFORE_MODEL, null, hook, jumps);
    }

    /**
     * Runs each time after the model has answered, before its calls are executed: as a node {@code NAME.after_model}. Those of
     * later middlewares run first.
     *
     * @param jumps the jumps that it may make
     */
    public Hooks afterModel(Hook hook, Jump... jumps) {
        return add(HookPoint.AFTER_MODEL, hook, null, jumps);
    }

    /** {@link #afterModel} for a hook that asks or calls tasks. */
    public Hooks askAfterModel(ScopeHook hook, Jump... jumps) {
        return add(HookPoint.AFTER_MODEL, null, hook, jumps);
    }

    /**
     * Runs once in each run, at its end: as a node {@code NAME.after_agent}. Those of later middlewares run first.
     *
     * @param jumps the jumps that it may make
     */
    public Hooks afterAgent(Hook hook, Jump... jumps) {
        return add(HookPoint.AFTER_AGENT, hook, null, jumps);
    }

    /** {@link #afterAgent} for a hook that asks or calls tasks. */
    public Hooks askAfterAgent(ScopeHook hook, Jump... jumps) {
        return add(HookPoint.AFTER_AGENT, null, hook, jumps);
    }

    private Hooks add(HookPoint point, @Nullable Hook leaf, @Nullable ScopeHook scope, Jump... jumps) {
        String node = point.node(String.valueOf(middleware));
        if (nodes.stream().anyMatch(each -> each.node().equals(node))) {
            throw new IllegalRequestException("the middleware '" + middleware + "' registers two hooks "
                    + point.method() + "; join them, or make two middlewares of it");
        }
        nodes.add(new RegisteredHook(node, point, Set.of(jumps), leaf, scope));
        return this;
    }

    /** Lets the loop ask about all calls of an answer that gates ask about in one question, {@link ToolApprovals}. */
    public Hooks batched() {
        isBatched = true;
        return this;
    }

    /** Judges each call of a tool before it is executed. */
    public Hooks gate(Gate gate) {
        gates.add(gate);
        return this;
    }

    /** Stands around each call of the model. */
    public Hooks wrapModelCall(ModelWrapper wrapper) {
        modelWrappers.add(wrapper);
        return this;
    }

    /** Stands around each execution of a tool. */
    public Hooks wrapToolCall(ToolWrapper wrapper) {
        toolWrappers.add(wrapper);
        return this;
    }

    /**
     * Lets the wrappers of tool calls answer calls of tools that the agent does not have. Gates judge these calls, too. What no
     * wrapper answers is told to the model as unknown.
     */
    public Hooks handleUnknownTools() {
        handlesUnknownTools = true;
        return this;
    }

    boolean handlesUnknownTools() {
        return handlesUnknownTools;
    }

    /** Gives the agent more tools. */
    public Hooks tools(AgentTool... more) {
        tools.addAll(List.of(more));
        return this;
    }

    /** Says which tools the middleware is about: a name that the agent does not have is refused when it is built. */
    public Hooks about(ToolRef... named) {
        refs.addAll(List.of(named));
        return this;
    }

    /**
     * Gives the agent's state a section. It is private: clients of a server do not see it among the values of a thread, unless
     * it is made {@link #visible}.
     */
    public Hooks state(StateSpec<?> section) {
        sections.put(middleware + ": " + section.type().getSimpleName(), section);
        return this;
    }

    /** Shows a section to clients of a server, side by side with the messages. */
    public Hooks visible(StateSpec<?> section) {
        visible.add(section);
        return this;
    }

    /**
     * Limits how often the model is asked, attempts that failed aside. Calls in the last answer are not executed; the model is
     * told so, and the run ends. An output in the last answer is taken.
     *
     * @param most how often
     * @param isPerThread whether that is over all runs of the thread
     * @param isFailing whether the run fails with a {@link NoOutputException}, rather than ends
     */
    public Hooks limitModelCalls(int most, boolean isPerThread, boolean isFailing) {
        if (most < 1) {
            throw new IllegalRequestException("a limit of model calls is at least 1, not " + most);
        }
        limits.add(new CallLimit(most, isPerThread, isFailing));
        return this;
    }

    List<Gate> gates() {
        return gates;
    }

    List<ModelWrapper> modelWrappers() {
        return modelWrappers;
    }

    List<ToolWrapper> toolWrappers() {
        return toolWrappers;
    }

    List<AgentTool> tools() {
        return tools;
    }

    List<ToolRef> refs() {
        return refs;
    }

    Map<String, StateSpec<?>> sections() {
        return sections;
    }

    /** Changes texts of the input, of answers and of results before they are stored or streamed. */
    public Hooks filterText(TextFilter filter) {
        filters.add(filter);
        return this;
    }

    /** Limits what calls of models may cost: before a call that does not fit, the run asks {@link BudgetExceeded}. */
    public Hooks limitSpending(SpendingLimit limit) {
        budgets.add(limit);
        return this;
    }

    /**
     * Says what tokens cost, so that money is counted.
     *
     * @throws IllegalRequestException if another middleware has said otherwise
     */
    public Hooks pricing(Pricing prices) {
        if (pricing != null && !pricing.equals(prices)) {
            throw new IllegalRequestException("the middleware '" + middleware
                    + "' has other prices than one before it; give both the same object");
        }
        pricing = prices;
        return this;
    }

    TextFilters filters() {
        return new TextFilters(filters);
    }

    List<SpendingLimit> budgets() {
        return budgets;
    }

    @Nullable
    Pricing pricing() {
        return pricing;
    }

    List<RegisteredHook> nodes() {
        return nodes;
    }

    boolean isBatched() {
        return isBatched;
    }

    /** The names of the components that clients do not see. */
    Set<String> hidden() {
        Set<String> hidden = new LinkedHashSet<>();
        sections.values().stream()
                .filter(section -> !visible.contains(section))
                .forEach(section -> section.components().forEach(each -> hidden.add(each.name())));
        return hidden;
    }

    List<CallLimit> limits() {
        return limits;
    }
}
