package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.Usage;
import dev.clew.tools.Cost;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The stored form of a result, whose output has this type. */
record ResultForm<T>(TypeRef<T> output) implements Members<AgentResult<T>> {
    private static final TypeRef<Cost> COST = TypeRef.of(Cost.class);
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
        types.put("cost", COST);
        return types;
    }

    @Override
    public List<Member> of(AgentResult<T> result) {
        return List.of(
                new Member("output", output, result.outputIfAny().orElse(null)),
                new Member("end", END, result.end()),
                new Member("messages", StateComponents.MESSAGE_LIST, result.messages()),
                new Member("cost", COST, result.cost()));
    }

    /** What answers of a result cost that was stored before its cost was. */
    private static Cost reported(List<Message> messages) {
        Cost all = Cost.NONE;
        for (Message message : messages) {
            if (message instanceof AiMessage ai) {
                all = all.plus(Cost.of(Objects.requireNonNullElse(ai.usage(), Usage.NONE)));
            }
        }
        return all;
    }

    @Override
    public AgentResult<T> from(Stored stored) {
        List<Message> messages = stored.get("messages", StateComponents.MESSAGE_LIST);
        return new AgentResult<>(
                stored.get("output", output),
                Objects.requireNonNullElse(stored.get("end", END), End.ANSWERED),
                messages == null ? List.of() : messages,
                stored.names().contains("cost")
                        ? Objects.requireNonNullElse(stored.get("cost", COST), Cost.NONE)
                        : reported(messages == null ? List.of() : messages));
    }
}
