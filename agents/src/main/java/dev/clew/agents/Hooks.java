package dev.clew.agents;

import dev.clew.graph.StateSpec;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Gives the agent's state a section. */
    public Hooks state(StateSpec<?> section) {
        sections.put(middleware + ": " + section.type().getSimpleName(), section);
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

    List<CallLimit> limits() {
        return limits;
    }
}
