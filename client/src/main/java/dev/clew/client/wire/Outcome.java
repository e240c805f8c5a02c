package dev.clew.client.wire;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a request ended.
 *
 * @param values what it gave, or the values at a pause
 * @param questions what it asks, if it paused
 * @param error the name of the class that was thrown, if it failed; else empty
 * @param message what that said
 */
public record Outcome(Status status, Doc values, List<Doc> questions, String error, String message) {
    private static final String INTERRUPT = "__interrupt__";
    private static final String ERROR = "__error__";

    /** How servers of Python show an exception in a state. */
    private static final Pattern PYTHON = Pattern.compile("(?s)(\\w+)\\((['\"]?)(.*)\\2,?\\)");

    private static final Pattern LINE = Pattern.compile("(?s)([\\w.$]+): (.*)");

    /** How a request may end. */
    public enum Status {
        DONE,
        PAUSED,
        FAILED,
        CANCELLED
    }

    public Outcome {
        questions = List.copyOf(questions);
    }

    static Outcome done(Doc values) {
        return new Outcome(Status.DONE, values, List.of(), "", "");
    }

    static Outcome paused(Doc values, List<Doc> questions) {
        return new Outcome(Status.PAUSED, values, questions, "", "");
    }

    static Outcome failed(String error, String message) {
        return new Outcome(Status.FAILED, Doc.NOTHING, List.of(), error, message);
    }

    static Outcome cancelled() {
        return new Outcome(Status.CANCELLED, Doc.NOTHING, List.of(), "", "");
    }

    /** Reads what {@code wait} and {@code join} answer. */
    static Outcome ofAnswer(Doc answer) {
        if (answer.has(ERROR)) {
            Doc error = answer.get(ERROR);
            return failed(
                    error.text("error").orElse("Error"),
                    error.text("message").or(error::text).orElse(""));
        }
        List<Doc> questions = answer.get(INTERRUPT).items();
        return questions.isEmpty() ? done(answer) : paused(answer.without(INTERRUPT), questions);
    }

    /** Reads what a state shows of a run that has ended well. */
    static Outcome ofState(Doc state) {
        List<Doc> questions = questions(state);
        Doc values = state.get("values").without(INTERRUPT);
        return questions.isEmpty() ? done(state.get("values")) : paused(values, questions);
    }

    /** Reads why a run failed from its state. */
    static Outcome failedIn(Doc state) {
        return state.get("tasks").items().stream()
                .flatMap(task -> task.text("error").stream())
                .findFirst()
                .map(Outcome::ofText)
                .orElseGet(() -> failed("Error", "the server does not say why"));
    }

    private static Outcome ofText(String text) {
        Matcher python = PYTHON.matcher(text);
        if (python.matches()) {
            return failed(python.group(1), python.group(3));
        }
        Matcher line = LINE.matcher(text);
        return line.matches() ? failed(line.group(1), line.group(2)) : failed("Error", text);
    }

    /** The questions that a state shows. */
    public static List<Doc> questions(Doc state) {
        List<Doc> own = state.get("interrupts").items();
        return own.isEmpty()
                ? state.get("tasks").items().stream()
                        .flatMap(task -> task.get("interrupts").items().stream())
                        .toList()
                : own;
    }

    @Override
    public String toString() {
        return "Outcome[" + status + ", " + questions.size() + " questions]";
    }
}
