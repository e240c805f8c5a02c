package dev.clew.server.a2a;

import dev.clew.server.chat.ChatShape;
import dev.clew.server.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What runs and requests have, as parts, messages and artifacts.
 *
 * <pre>{@code
 * List<Part> parts = TaskContent.result(answer);
 * }</pre>
 */
public final class TaskContent {
    /** Where a request notes what the user called the message that it is made of. */
    public static final String MESSAGE_ID = "a2a_message_id";

    private static final Pattern QUESTION_ID = Pattern.compile("[0-9a-f]{32}");

    private TaskContent() {}

    // --- what users said ---

    /** The message of which a request is made; empty if it has none. */
    public static Optional<Said> said(String requestId, ObjectNode kwargs, ObjectNode metadata) {
        List<Part> parts = asked(kwargs);
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Said(metadata.path(MESSAGE_ID).asString(requestId), true, parts));
    }

    private static List<Part> asked(ObjectNode kwargs) {
        JsonNode resume = kwargs.path("command").path("resume");
        if (!resume.isMissingNode() && !resume.isNull()) {
            boolean isOne = resume.size() == 1 && isById(resume);
            return List.of(part(isOne ? resume.values().iterator().next() : resume));
        }
        JsonNode input = kwargs.path("input");
        if (input.isMissingNode() || input.isNull()) {
            return List.of();
        }
        return input.path("messages").isArray() ? conversation((ObjectNode) input) : List.of(part(input));
    }

    /** The texts of a chat as texts, and everything beside them as data. */
    private static List<Part> conversation(ObjectNode input) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode message : input.get("messages")) {
            JsonNode content = message.path("content");
            parts.add(content.isString() ? new Part.Text(content.stringValue()) : new Part.Data(message));
        }
        ObjectNode beside = input.deepCopy();
        beside.remove("messages");
        if (!beside.isEmpty() || parts.isEmpty()) {
            parts.add(new Part.Data(beside));
        }
        return parts;
    }

    private static Part part(JsonNode value) {
        return value.isString() ? new Part.Text(value.stringValue()) : new Part.Data(value);
    }

    /** Whether an answer says for which questions it is. */
    public static boolean isById(JsonNode answer) {
        return answer instanceof ObjectNode object
                && !object.isEmpty()
                && object.propertyNames().stream()
                        .allMatch(name -> QUESTION_ID.matcher(name).matches());
    }

    // --- what the agent says ---

    /** What a run gave. */
    public static List<Part> result(JsonNode answer) {
        return List.of(ChatShape.answer(answer).<Part>map(Part.Text::new).orElseGet(() -> new Part.Data(answer)));
    }

    /** The artifact that has it. */
    public static TaskFacts.Artifact artifact(TaskId task, String assistantId, List<Part> result) {
        return new TaskFacts.Artifact(
                task.runId() + "-result", "Assistant Response", "Response from assistant " + assistantId, result);
    }

    /** The message that has it. */
    public static Said answer(TaskId task, List<Part> result) {
        return new Said(task.runId() + "-answer", false, result);
    }

    /**
     * Questions as data.
     *
     * @param asked as clients of the run endpoints read them
     */
    public static List<Part> questions(JsonNode asked) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode each : asked) {
            ObjectNode question = Json.object();
            for (String member : List.of("id", "name", "value", "response_schema", "deadline")) {
                if (each.has(member)) {
                    question.set(member, each.get(member));
                }
            }
            parts.add(new Part.Data(question));
        }
        return parts;
    }

    /** The artifact that has what a run asks. */
    public static TaskFacts.Artifact interrupt(TaskId task, List<Part> questions) {
        return new TaskFacts.Artifact(
                task.runId() + "-interrupt", "Interrupt", "Agent requires input to continue", questions);
    }

    /** The message that asks: what a person reads, and the questions for programs. */
    public static Said asking(TaskId task, List<Part> questions) {
        List<Part> parts = new ArrayList<>();
        for (Part each : questions) {
            JsonNode value = ((Part.Data) each).value().path("value");
            if (value.isString()) {
                parts.add(new Part.Text(value.stringValue()));
            }
        }
        parts.addAll(questions);
        if (parts.isEmpty()) {
            parts.add(new Part.Text("the run pauses at a breakpoint; it is continued at the run endpoints"));
        }
        return new Said(task.runId() + "-question", false, parts);
    }

    /** The message that says why a run failed. */
    public static Said failure(TaskId task, JsonNode error) {
        String name = error.path("error").asString("Error");
        String why = error.path("message").asString("");
        return new Said(task.runId() + "-failure", false, List.of(new Part.Text(name + ": " + why)));
    }

    /** The questions among what a client gets that waited; none if it asks nothing. */
    public static JsonNode asked(JsonNode answer) {
        return answer.path("__interrupt__") instanceof ArrayNode questions ? questions : Json.array();
    }
}
