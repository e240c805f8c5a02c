package dev.clew.agents;

import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateValues;
import dev.clew.messages.Message;
import java.util.List;
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
