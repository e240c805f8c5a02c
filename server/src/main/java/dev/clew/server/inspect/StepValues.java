package dev.clew.server.inspect;

import dev.clew.Operator;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.state.LoggedEvent;
import dev.clew.state.RunTrace;
import dev.clew.state.StepArgument;
import dev.clew.state.TracedStep;
import dev.clew.task.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One value of a step: what it was called with, what it asked, what it gave, or why it failed. */
record StepValues(Operator operator, ShownValues shown) {
    /** How many characters of JSON are sent at once. */
    private static final int MOST = 1 << 20;

    /**
     * Reads the value that the parameters name: {@code of}, a JSON pointer {@code at} into it, and {@code from} and {@code length}
     * for a part of its text.
     *
     * @param showsStacks whether failures have their stack traces
     */
    ObjectNode read(ApiRequest request, RunTrace trace, TracedStep step, boolean showsStacks) {
        String of = request.query("of").orElse("result");
        JsonNode all = switch (of) {
            case "result" -> shown.shown(result(trace, step));
            case "question" -> shown.shown(question(trace, step));
            case "arguments" -> arguments(step);
            case "failure" -> failure(step.state().failure(), showsStacks);
            case "attempt" -> attempt(request, step, showsStacks);
            default ->
                throw ApiRefusal.invalid("the parameter 'of' is '" + of
                        + "'; it must be result, question, arguments, failure or attempt");
        };
        JsonNode value = at(all, request.query("at").orElse(""));
        String text = Json.write(value);
        int from = request.queryInt("from", 0, Integer.MAX_VALUE, 0);
        int length = request.queryInt("length", 1, MOST, MOST);
        ObjectNode answer = Json.object();
        answer.put("path", step.state().path());
        answer.put("of", of);
        answer.put("size", text.length());
        if (from == 0 && text.length() <= length) {
            answer.set("value", value);
            return answer;
        }
        int begin = Math.min(from, text.length());
        int end = Math.min(text.length(), begin + length);
        answer.put("from", begin);
        answer.put("text", text.substring(begin, end));
        answer.set("next", end < text.length() ? Json.of(end) : Json.nothing());
        return answer;
    }

    private static JsonNode at(JsonNode value, String pointer) {
        JsonPointer path;
        try {
            path = JsonPointer.compile(pointer);
        } catch (IllegalArgumentException malformed) {
            throw ApiRefusal.invalid(
                    "the parameter 'at' must be a JSON pointer, such as /lines/0, not '" + pointer + "'");
        }
        JsonNode found = value.at(path);
        if (found.isMissingNode()) {
            throw ApiRefusal.notFound("the value has nothing at '" + pointer + "'");
        }
        return found;
    }

    private JsonNode result(RunTrace trace, TracedStep step) {
        LoggedEvent event = event(trace, step.valueSeq(), "result", step);
        if (event instanceof LoggedEvent.Succeeded succeeded) {
            return Json.of(succeeded.value());
        }
        return event instanceof LoggedEvent.Answered answered ? Json.of(answered.value()) : Json.nothing();
    }

    private JsonNode question(RunTrace trace, TracedStep step) {
        return event(trace, step.questionSeq(), "question", step) instanceof LoggedEvent.Asked asked
                ? Json.of(asked.value())
                : Json.nothing();
    }

    private LoggedEvent event(RunTrace trace, long seq, String what, TracedStep step) {
        List<LoggedEvent> found = seq < 0
                ? List.of()
                : operator.events(trace.threadId(), trace.runId(), seq, 1).events();
        if (found.isEmpty()) {
            throw ApiRefusal.notFound("the step '" + step.state().path() + "' has no " + what);
        }
        return found.get(0);
    }

    private JsonNode arguments(TracedStep step) {
        return arguments(step.state().arguments(), shown);
    }

    /** What a step was called with. */
    static JsonNode arguments(List<StepArgument> arguments, ShownValues shown) {
        ArrayNode all = Json.array();
        for (StepArgument argument : arguments) {
            if (argument.name() == null || !shown.isHidden(argument.name())) {
                ObjectNode one = Json.object();
                one.put("name", argument.name());
                one.set("value", shown.shown(Json.of(argument.value())));
                one.put("cut", argument.cut());
                all.add(one);
            }
        }
        return all;
    }

    private static JsonNode attempt(ApiRequest request, TracedStep step, boolean showsStacks) {
        int last = step.tries().size();
        if (last == 0) {
            throw ApiRefusal.notFound("no attempt of step '" + step.state().path() + "' is recorded");
        }
        return failure(
                step.tries().get(request.queryInt("attempt", 1, last, last) - 1).failure(), showsStacks);
    }

    static JsonNode failure(@Nullable Failure failure, boolean showsStacks) {
        if (failure == null) {
            return Json.nothing();
        }
        ObjectNode all = Json.object();
        all.put("type", failure.types().isEmpty() ? "Error" : failure.types().get(0));
        all.set("message", Json.text(failure.message()));
        ArrayNode frames = Json.array();
        if (showsStacks) {
            failure.stackTrace().forEach(frames::add);
        }
        all.set("stack_trace", frames);
        all.set("cause", failure(failure.cause(), showsStacks));
        return all;
    }
}
