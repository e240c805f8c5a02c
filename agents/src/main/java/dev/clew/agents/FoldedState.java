package dev.clew.agents;

import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateValues;
import dev.clew.messages.Message;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of an agent, of the values that the graph has folded. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record FoldedState(StateValues values) implements AgentState {
    @Override
    public List<Message> messages() {
        return values.get(StateComponents.MESSAGES);
    }

    RunProgress progress() {
        return values.get(StateComponents.RUN);
    }

    /** The limits that were raised, for the thread or for the run. */
    Map<String, BigDecimal> raised(boolean isForThread) {
        return values.get(isForThread ? StateComponents.RAISED : StateComponents.RAISED_FOR_RUN);
    }

    Map<String, DueCall> approved() {
        return values.get(StateComponents.APPROVED);
    }

    CallCounts calls() {
        return values.get(StateComponents.CALLS);
    }

    Spending spending() {
        return values.get(StateComponents.SPENDING);
    }

    /** What the agent that called this one may still spend; null if this run is not a call of a tool. */
    @Nullable
    Allowance allowance() {
        return values.get(StateComponents.ALLOWANCE);
    }

    /** These limits of the agent, and what is left of those of the agent that called it. */
    List<SpendingLimit> bound(List<SpendingLimit> own) {
        Allowance given = allowance();
        return given == null ? own : given.bound(own);
    }

    static RunProgress progress(AgentState state) {
        return ((FoldedState) state).progress();
    }

    @Nullable
    Object structured() {
        return values.get(StateComponents.STRUCTURED);
    }

    @Override
    public List<Message> messagesOfRun() {
        List<Message> all = messages();
        int from = progress().from();
        return from < 0 ? List.of() : all.subList(Math.min(from, all.size()), all.size());
    }

    @Override
    public int modelCalls() {
        return progress().modelCalls();
    }

    @Override
    public Map<String, Integer> toolCalls() {
        return calls().thread();
    }

    @Override
    public Map<String, Integer> toolCallsOfRun() {
        return calls().run();
    }

    @Override
    public <S> S get(StateSpec<S> section) {
        return section.part(values);
    }

    @Nullable
    Object[] array(List<Component<?, ?>> components) {
        return components.stream()
                .map(component -> values.find(component.name()))
                .toArray();
    }
}
