package dev.clew.agents;

import dev.clew.interrupt.InterruptKey;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The questions that the loop asks about calls, with the JSON that LangChain's clients know. */
public final class Approval {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final TypeRef<Map<String, @Nullable Object>> OBJECT =
            new TypeRef<Map<String, @Nullable Object>>() {};
    private static final TypeRef<List<String>> TEXTS = new TypeRef<List<String>>() {};

    static final TypeRef<Decision> DECISION = TypeRef.of(Decision.class, DecisionForm.ONLY);

    /** The question: its name is {@code tool_approval}. */
    public static final InterruptKey<ToolApproval, Decision> KEY =
            InterruptKey.of("tool_approval", TypeRef.of(ToolApproval.class, QuestionForm.ONLY), DECISION);

    /** The question about all calls of an answer: its name is {@code tool_approvals}. */
    public static final InterruptKey<ToolApprovals, Decisions> BATCH = BatchApproval.KEY;

    private Approval() {}

    private static <T> T required(@Nullable T value, String member) {
        if (value == null) {
            throw new IllegalRequestException("'" + member + "' is null");
        }
        return value;
    }

    private enum QuestionForm implements Members<ToolApproval> {
        ONLY;

        @Override
        public Map<String, TypeRef<?>> types() {
            Map<String, TypeRef<?>> types = new LinkedHashMap<>();
            types.put("type", TEXT);
            types.put("tool_call_id", TEXT);
            types.put("name", TEXT);
            types.put("args", OBJECT);
            types.put("description", TEXT);
            types.put("allowed_decisions", TEXTS);
            return types;
        }

        @Override
        public List<Member> of(ToolApproval question) {
            List<String> allowed = Arrays.stream(Decision.Kind.values())
                    .filter(question.allowed()::contains)
                    .map(DecisionJson::word)
                    .toList();
            return List.of(
                    new Member("type", TEXT, "tool_approval"),
                    new Member("tool_call_id", TEXT, question.toolCallId()),
                    new Member("name", TEXT, question.name()),
                    new Member("args", OBJECT, question.args()),
                    new Member("description", TEXT, question.description()),
                    new Member("allowed_decisions", TEXTS, allowed));
        }

        @Override
        public ToolApproval from(Stored stored) {
            Set<Decision.Kind> allowed = EnumSet.noneOf(Decision.Kind.class);
            required(stored.get("allowed_decisions", TEXTS), "allowed_decisions")
                    .forEach(word -> allowed.add(Decision.Kind.valueOf(word.toUpperCase(Locale.ROOT))));
            return new ToolApproval(
                    required(stored.get("tool_call_id", TEXT), "tool_call_id"),
                    required(stored.get("name", TEXT), "name"),
                    required(stored.get("args", OBJECT), "args"),
                    required(stored.get("description", TEXT), "description"),
                    allowed);
        }
    }

    private enum DecisionForm implements Members<Decision> {
        ONLY;

        @Override
        public Map<String, TypeRef<?>> types() {
            Map<String, TypeRef<?>> types = new LinkedHashMap<>();
            types.put("type", TEXT);
            types.put("edited_action", OBJECT);
            types.put("message", TEXT);
            return types;
        }

        @Override
        public List<Member> of(Decision decision) {
            List<Member> members = new ArrayList<>();
            DecisionJson.of(decision)
                    .forEach((name, value) ->
                            members.add(new Member(name, Objects.requireNonNull(types().get(name)), value)));
            return members;
        }

        @Override
        public Decision from(Stored stored) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            types().forEach((name, type) -> {
                if (stored.names().contains(name)) {
                    json.put(name, stored.get(name, type));
                }
            });
            return DecisionJson.read(json);
        }
    }
}
