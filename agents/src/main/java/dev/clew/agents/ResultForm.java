package dev.clew.agents;

import dev.clew.messages.Message;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The stored form of a result, whose output has this type. */
record ResultForm<T>(TypeRef<T> output) implements Members<AgentResult<T>> {
    private static final TypeRef<End> END = TypeRef.of(End.class);

    @SuppressWarnings("unchecked") // the type argument is that of the form
    static <T> TypeRef<AgentResult<T>> type(TypeRef<T> output) {
        return TypeRef.of((Class<AgentResult<T>>) (Class<?>) AgentResult.class, new ResultForm<>(output));
    }

    @Override
    public Map<String, TypeRef<?>> types() {
        Map<String, TypeRef<?>> types = new LinkedHashMap<>();
        types.put("output", output);
        types.put("end", END);
        types.put("messages", StateComponents.MESSAGE_LIST);
        return types;
    }

    @Override
    public List<Member> of(AgentResult<T> result) {
        return List.of(
                new Member("output", output, result.outputIfAny().orElse(null)),
                new Member("end", END, result.end()),
                new Member("messages", StateComponents.MESSAGE_LIST, result.messages()));
    }

    @Override
    public AgentResult<T> from(Stored stored) {
        List<Message> messages = stored.get("messages", StateComponents.MESSAGE_LIST);
        return new AgentResult<>(
                stored.get("output", output),
                Objects.requireNonNullElse(stored.get("end", END), End.ANSWERED),
                messages == null ? List.of() : messages);
    }
}
