package dev.clew.agents;

import dev.clew.interrupt.InterruptKey;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The question about all calls of an answer at once, with the JSON that LangChain's clients know. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class BatchApproval {
    private static final TypeRef<List<Map<String, @Nullable Object>>> OBJECTS =
            new TypeRef<List<Map<String, @Nullable Object>>>() {};

    static final InterruptKey<ToolApprovals, Decisions> KEY = InterruptKey.of(
            "tool_approvals",
            TypeRef.of(ToolApprovals.class, QuestionForm.ONLY),
            TypeRef.of(Decisions.class, DecisionsForm.ONLY));

    private BatchApproval() {}

    private static List<Map<String, @Nullable Object>> objects(Members.Stored stored, String member) {
        List<Map<String, @Nullable Object>> objects =
                stored.names().contains(member) ? stored.get(member, OBJECTS) : null;
        if (objects == null) {
            throw new IllegalRequestException("'" + member + "' is missing; it is a list of objects");
        }
        return objects;
    }

    private enum QuestionForm implements Members<ToolApprovals> {
        ONLY;

        private static final String REQUESTS = "action_requests";
        private static final String CONFIGS = "review_configs";
        private static final String ALLOWED = "allowed_decisions";

        @Override
        public Map<String, TypeRef<?>> types() {
            Map<String, TypeRef<?>> types = new LinkedHashMap<>();
            types.put(REQUESTS, OBJECTS);
            types.put(CONFIGS, OBJECTS);
            return types;
        }

        @Override
        public List<Member> of(ToolApprovals question) {
            List<Map<String, @Nullable Object>> requests = new ArrayList<>();
            List<Map<String, @Nullable Object>> configs = new ArrayList<>();
            for (ToolApproval call : question.calls()) {
                Map<String, @Nullable Object> request = new LinkedHashMap<>();
                request.put("name", call.name());
                request.put("args", call.args());
                request.put("description", call.description());
                request.put("tool_call_id", call.toolCallId());
                requests.add(request);
                Map<String, @Nullable Object> config = new LinkedHashMap<>();
                config.put("action_name", call.name());
                config.put(
                        ALLOWED,
                        EnumSet.copyOf(call.allowed()).stream()
                                .map(DecisionJson::word)
                                .toList());
                configs.add(config);
            }
            return List.of(new Member(REQUESTS, OBJECTS, requests), new Member(CONFIGS, OBJECTS, configs));
        }

        @Override
        public ToolApprovals from(Stored stored) {
            List<Map<String, @Nullable Object>> requests = objects(stored, REQUESTS);
            List<Map<String, @Nullable Object>> configs = objects(stored, CONFIGS);
            if (requests.size() != configs.size()) {
                throw new IllegalRequestException("there are as many review_configs as action_requests");
            }
            List<ToolApproval> calls = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                calls.add(call(requests.get(i), configs.get(i)));
            }
            return new ToolApprovals(calls);
        }

        private static ToolApproval call(Map<String, @Nullable Object> request, Map<String, @Nullable Object> config) {
            Set<Decision.Kind> allowed = EnumSet.noneOf(Decision.Kind.class);
            if (config.get(ALLOWED) instanceof List<?> words) {
                words.forEach(word ->
                        allowed.add(Decision.Kind.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT))));
            }
            Map<String, @Nullable Object> args = new LinkedHashMap<>();
            if (request.get("args") instanceof Map<?, ?> given) {
                given.forEach((name, value) -> args.put(String.valueOf(name), value));
            }
            return new ToolApproval(
                    String.valueOf(request.get("tool_call_id")),
                    String.valueOf(request.get("name")),
                    args,
                    String.valueOf(request.get("description")),
                    allowed);
        }
    }

    private enum DecisionsForm implements Members<Decisions> {
        ONLY;

        private static final String DECISIONS = "decisions";

        @Override
        public Map<String, TypeRef<?>> types() {
            return Map.of(DECISIONS, OBJECTS);
        }

        @Override
        public List<Member> of(Decisions decisions) {
            return List.of(new Member(
                    DECISIONS,
                    OBJECTS,
                    decisions.all().stream().map(DecisionJson::of).toList()));
        }

        @Override
        public Decisions from(Stored stored) {
            return new Decisions(
                    objects(stored, DECISIONS).stream().map(DecisionJson::read).toList());
        }
    }
}
