package dev.clew.agents;

import dev.clew.graph.Changes;
import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.Messages;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private StateComponents() {}

    /** The state of an agent with these sections. */
    static StateSpec<AgentState> with(Map<String, StateSpec<?>> sections) {
        Map<String, String> owners = new LinkedHashMap<>();
        List<Component<?, ?>> all = new ArrayList<>(List.of(MESSAGES, STRUCTURED, RUN));
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
                all.toArray(Component<?, ?>[]::new));
    }

    /** These changes, and these messages more. */
    static Changes<AgentState> add(Changes<AgentState> changes, List<? extends MessageUpdate> messages) {
        return messages.isEmpty() ? changes : changes.add(MESSAGES, List.copyOf(messages));
    }
}
