package dev.clew.server.inspect;

import dev.clew.server.json.Json;
import dev.clew.server.view.Failures;
import dev.clew.state.StepState;
import dev.clew.state.TracedStep;
import dev.clew.task.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Steps as the inspector reads them: no values. */
final class StepRows {
    /** The longest message of a failure in a list; all of it is read with the step's values. */
    private static final int LONGEST_MESSAGE = 500;

    private StepRows() {}

    static ObjectNode of(TraceTree tree, TraceTree.Node node) {
        TracedStep step = node.step;
        StepState state = step.state();
        ObjectNode row = Json.object();
        row.put("path", state.path());
        row.put("name", state.name());
        row.put("kind", state.kind().word());
        row.put("status", InspectThreads.word(state.status()));
        row.put("index", node.index);
        row.put("place", node.place);
        row.put("attempts", state.attempts());
        row.put("cached", state.cached());
        row.put("kept", tree.isKept(step));
        row.set("since", Json.time(step.since()));
        row.set("ended_at", Json.time(state.endedAt().orElse(null)));
        row.put("took_ms", Duration.between(step.since(), state.at()).toNanos() / 1e6);
        row.set("deadline", Json.time(state.deadline()));
        row.set("failure", failure(state.failure()));
        row.put("children", node.children.size());
        row.put("descendants", node.descendants);
        row.put("worst", InspectThreads.word(node.worst));
        row.put("again", node.again);
        row.put("has_question", step.questionSeq() >= 0);
        row.put("has_value", step.valueSeq() >= 0);
        row.put("has_arguments", !state.arguments().isEmpty());
        row.set("tries", tries(step));
        row.set("reruns", reruns(tree, step));
        return row;
    }

    private static ArrayNode tries(TracedStep step) {
        ArrayNode tries = Json.array();
        for (TracedStep.Try each : step.tries()) {
            ObjectNode one = Json.object();
            one.set("started_at", Json.time(each.startedAt()));
            one.set("ended_at", Json.time(each.endedAt()));
            one.set("next_at", Json.time(each.nextAt()));
            one.set("failure", failure(each.failure()));
            tries.add(one);
        }
        return tries;
    }

    private static ArrayNode reruns(TraceTree tree, TracedStep step) {
        ArrayNode reruns = Json.array();
        for (TracedStep.Rerun each : step.reruns()) {
            ObjectNode one = Json.object();
            one.put("cause", InspectThreads.word(each.cause()));
            one.set("at", Json.time(each.at()));
            // A fork takes over what its origin had noted, too.
            one.put(
                    "kept",
                    tree.origin() != null && each.at().isBefore(tree.origin().at()));
            reruns.add(one);
        }
        return reruns;
    }

    static JsonNode failure(@Nullable Failure failure) {
        if (failure == null) {
            return Json.nothing();
        }
        ObjectNode brief = Failures.of(failure);
        String message = brief.get("message").asString();
        if (message.length() > LONGEST_MESSAGE) {
            brief.put("message", message.substring(0, LONGEST_MESSAGE) + "…");
        }
        return brief;
    }
}
