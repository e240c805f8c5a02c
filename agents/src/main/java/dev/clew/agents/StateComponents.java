package dev.clew.agents;

import dev.clew.graph.Changes;
import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.Messages;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The components that every agent's state has, and the state that is made of them and of sections. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class StateComponents {
    static final TypeRef<List<Message>> MESSAGE_LIST = new TypeRef<List<Message>>() {};

    static final Component<List<Message>, List<MessageUpdate>> MESSAGES =
            Component.reduced("messages", MESSAGE_LIST, new TypeRef<List<MessageUpdate>>() {}, new Messages.Merge());

    /** The output as plain data. */
    static final Component<@Nullable Object, @Nullable Object> STRUCTURED = Component.<@Nullable Object>lastValue(
                    "structured_response", TypeRef.of(Object.class), null)
            .nullable();

    static final Component<RunProgress, RunProgress> RUN =
            Component.lastValue("agent_run", TypeRef.of(RunProgress.class), RunProgress.START);

    /** What the runs cost. */
    static final Component<Spending, SpendingUpdate> SPENDING = Component.reduced(
            "agent_spending",
            TypeRef.of(Spending.class),
            TypeRef.of(SpendingUpdate.class),
            SpendingUpdate.Reducing.ONLY);

    /** What models did. */
    static final Component<CallCounts, CallCounts.Update> CALLS = Component.reduced(
            "agent_calls", TypeRef.of(CallCounts.class), TypeRef.of(CallCounts.Update.class), CallCounts.Reducing.ONLY);

    /** The limits that were raised for the thread, by the names of their budgets. */
    static final Component<Map<String, BigDecimal>, Map<String, BigDecimal>> RAISED =
            Component.lastValue("agent_budgets", new TypeRef<Map<String, BigDecimal>>() {}, Map.of());

    /** The limits that were raised for the run, which each input sets back. */
    static final Component<Map<String, BigDecimal>, Map<String, BigDecimal>> RAISED_FOR_RUN =
            Component.lastValue("agent_run_budgets", new TypeRef<Map<String, BigDecimal>>() {}, Map.of());

    /** What the agent that called this one may still spend; null if it is not called as a tool. */
    static final Component<@Nullable Allowance, @Nullable Allowance> ALLOWANCE =
            Component.<@Nullable Allowance>lastValue("agent_allowance", TypeRef.of(Allowance.class), null)
                    .nullable();

    /** What gates and a person said of calls that wait for others, by their ids. */
    static final Component<Map<String, DueCall>, Map<String, DueCall>> APPROVED =
            Component.lastValue("agent_approved", new TypeRef<Map<String, DueCall>>() {}, Map.of());

    private static final List<Component<?, ?>> UNSEEN =
            List.of(RUN, SPENDING, CALLS, RAISED, RAISED_FOR_RUN, ALLOWANCE, APPROVED);

    private StateComponents() {}

    /** The state of an agent with these sections. */
    static StateSpec<AgentState> with(Map<String, StateSpec<?>> sections, Set<String> hidden) {
        Set<String> unseen = new LinkedHashSet<>(hidden);
        UNSEEN.forEach(own -> unseen.add(own.name()));
        Map<String, String> owners = new LinkedHashMap<>();
        List<Component<?, ?>> all = new ArrayList<>(List.of(MESSAGES, STRUCTURED));
        all.addAll(UNSEEN);
        all.forEach(own -> owners.put(own.name(), "the agent"));
        sections.forEach((owner, section) -> {
            for (Component<?, ?> component : section.components()) {
                String other = owners.putIfAbsent(component.name(), owner);
                if (other != null) {
                    throw new IllegalRequestException("two sections of the agent's state have a component '"
                            + component.name() + "': " + other + " and " + owner + "; rename one");
                }
                all.add(component);
            }
        });
        return StateSpec.of(
                        AgentState.class,
                        FoldedState::new,
                        state -> ((FoldedState) state).array(all),
                        all.toArray(Component<?, ?>[]::new))
                .hiding(unseen);
    }

    /** These changes, and these messages more. */
    static Changes<AgentState> add(Changes<AgentState> changes, List<? extends MessageUpdate> messages) {
        return messages.isEmpty() ? changes : changes.add(MESSAGES, List.copyOf(messages));
    }
}
