package dev.clew.agents;

import dev.clew.value.IllegalRequestException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decisions as plain data, in LangChain's form. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class DecisionJson {
    static final String TYPE = "type";
    static final String ACTION = "edited_action";
    static final String MESSAGE = "message";

    private DecisionJson() {}

    static String word(Decision.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, @Nullable Object> of(Decision decision) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(TYPE, word(decision.kind()));
        if (decision instanceof Decision.Edit edit) {
            Map<String, @Nullable Object> action = new LinkedHashMap<>();
            action.put("name", edit.name());
            action.put("args", edit.args());
            json.put(ACTION, action);
        } else if (decision instanceof Decision.Reject reject) {
            json.put(MESSAGE, reject.message());
        } else if (decision instanceof Decision.Respond respond) {
            json.put(MESSAGE, respond.message());
        }
        return json;
    }

    /**
     * The decision of its plain data.
     *
     * @throws IllegalRequestException if it is none
     */
    static Decision read(Map<?, ?> json) {
        return switch (String.valueOf(json.get(TYPE))) {
            case "approve" -> Decision.approve();
            case "reject" -> Decision.reject(message(json));
            case "respond" -> Decision.respond(message(json));
            case "edit" -> edit(json.get(ACTION));
            default ->
                throw new IllegalRequestException("the type of a decision is one of approve, edit, reject and"
                        + " respond, not " + json.get(TYPE));
        };
    }

    private static String message(Map<?, ?> json) {
        return json.get(MESSAGE) instanceof String text ? text : "";
    }

    private static Decision edit(@Nullable Object action) {
        if (!(action instanceof Map<?, ?> edited)
                || !(edited.get("name") instanceof String name)
                || !(edited.get("args") instanceof Map<?, ?> args)) {
            throw new IllegalRequestException(
                    "an edit has an edited_action with a name and args: {\"name\": …, \"args\": {…}}");
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        args.forEach((key, value) -> members.put(String.valueOf(key), value));
        return Decision.edit(name, members);
    }
}
