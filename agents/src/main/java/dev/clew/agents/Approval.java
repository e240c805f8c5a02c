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

/** The question that the loop asks about a call, with the JSON that LangChain's clients know. */
public final class Approval {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final TypeRef<Map<String, @Nullable Object>> OBJECT =
            new TypeRef<Map<String, @Nullable Object>>() {};
    private static final TypeRef<List<String>> TEXTS = new TypeRef<List<String>>() {};

    static final TypeRef<Decision> DECISION = TypeRef.of(Decision.class, DecisionForm.ONLY);

    /** The question: its name is {@code tool_approval}. */
    public static final InterruptKey<ToolApproval, Decision> KEY =
            InterruptKey.of("tool_approval", TypeRef.of(ToolApproval.class, QuestionForm.ONLY), DECISION);

    private Approval() {}

    static String word(Decision.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

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
                    .map(Approval::word)
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
            members.add(new Member("type", TEXT, word(decision.kind())));
            if (decision instanceof Decision.Edit edit) {
                Map<String, @Nullable Object> action = new LinkedHashMap<>();
                action.put("name", edit.name());
                action.put("args", edit.args());
                members.add(new Member("edited_action", OBJECT, action));
            } else if (decision instanceof Decision.Reject reject) {
                members.add(new Member("message", TEXT, reject.message()));
            } else if (decision instanceof Decision.Respond respond) {
                members.add(new Member("message", TEXT, respond.message()));
            }
            return members;
        }

        @Override
        public Decision from(Stored stored) {
            String type = stored.names().contains("type") ? stored.get("type", TEXT) : null;
            return switch (String.valueOf(type)) {
                case "approve" -> Decision.approve();
                case "reject" -> Decision.reject(text(stored));
                case "respond" -> Decision.respond(text(stored));
                case "edit" -> edit(stored);
                default ->
                    throw new IllegalRequestException(
                            "the type of a decision is one of approve, edit, reject and" + " respond, not " + type);
            };
        }

        private static String text(Stored stored) {
            return stored.names().contains("message")
                    ? Objects.requireNonNullElse(stored.get("message", TEXT), "")
                    : "";
        }

        private static Decision edit(Stored stored) {
            Map<String, @Nullable Object> action =
                    stored.names().contains("edited_action") ? stored.get("edited_action", OBJECT) : null;
            if (action == null
                    || !(action.get("name") instanceof String name)
                    || !(action.get("args") instanceof Map<?, ?> args)) {
                throw new IllegalRequestException(
                        "an edit has an edited_action with a name and args: {\"name\": …, \"args\": {…}}");
            }
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            args.forEach((key, value) -> members.put(String.valueOf(key), value));
            return Decision.edit(name, members);
        }
    }
}
