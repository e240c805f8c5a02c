package dev.clew.agents;

import dev.clew.graph.StateUpdate;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a call that can be undone: the model reads a text, and what undoes the call takes what it gave.
 *
 * @param update the change of the agent's state
 * @param given what the method gave; null if that is nothing, or a text that tells the model what was wrong
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record GivenOutcome(
        StateUpdate<AgentState> update, @Nullable Object given) {
    /** Its type, of a tool that gives values of this type. */
    static TypeRef<GivenOutcome> type(TypeRef<StateUpdate<AgentState>> update, TypeRef<?> given) {
        return TypeRef.of(GivenOutcome.class, new Stored(update, given));
    }

    private record Stored(TypeRef<StateUpdate<AgentState>> update, TypeRef<?> given) implements Members<GivenOutcome> {
        private static final String UPDATE = "update";
        private static final String GIVEN = "given";

        @Override
        public Map<String, TypeRef<?>> types() {
            Map<String, TypeRef<?>> types = new LinkedHashMap<>();
            types.put(UPDATE, update);
            types.put(GIVEN, given);
            return types;
        }

        @Override
        public List<Member> of(GivenOutcome outcome) {
            Member changed = new Member(UPDATE, update, outcome.update());
            return outcome.given() == null
                    ? List.of(changed)
                    : List.of(changed, new Member(GIVEN, given, outcome.given()));
        }

        @Override
        public GivenOutcome from(Members.Stored stored) {
            return new GivenOutcome(
                    stored.get(UPDATE, update), stored.names().contains(GIVEN) ? stored.get(GIVEN, given) : null);
        }
    }
}
