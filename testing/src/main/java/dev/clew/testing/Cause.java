package dev.clew.testing;

import dev.clew.engine.log.StepPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Guesses, from what differs between a run and its replay, what the workflow's code depends on. */
final class Cause {
    static final String CLOCK =
            "Cause: the clock. What differs is a moment, and each time it is the one at which the code"
                    + " ran: the body reads the clock. Ask run.now(), or read the clock in a task.";
    static final String ORDER =
            "Cause: the order of a HashMap or HashSet. The same things come, in another order: the body"
                    + " iterates over a collection without a fixed order. Use a LinkedHashMap, a TreeMap or a list, or sort.";
    static final String CHANCE =
            "Cause: chance. What differs is a random id: the body draws it. Use run.randomUuid() or"
                    + " run.random(), or draw it in a task.";
    static final String OTHER =
            "Cause: the code was changed, or it depends on something that is not in the log: a field of"
                    + " the flow object, a static, a file, chance. A replay begins with a new flow object and runs no recorded"
                    + " task, so what a body or task keeps in memory is lost. Return values from tasks, and keep state in local"
                    + " variables; guard a changed step with run.patched(id).";

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern MOMENT = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?|\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?|\\d{10,19}(\\.\\d+)?");

    private Cause() {}

    /** Of a call that is now another one; the calls of the scope were these. */
    static String ofCalls(Calls.Call before, Calls.Call after, Collection<Calls.Call> scope) {
        boolean elsewhere = scope.stream()
                .anyMatch(other -> other.ordinal() != after.ordinal()
                        && other.arguments().equals(after.arguments())
                        && name(other).equals(name(after)));
        if (elsewhere) {
            return ORDER;
        }
        return name(before).equals(name(after))
                ? ofResults(String.join(" ", before.arguments()), String.join(" ", after.arguments()))
                : OTHER;
    }

    private static String name(Calls.Call call) {
        return StepPath.name(call.path());
    }

    /** Of two texts that should be the same. */
    static String ofResults(String before, String after) {
        if (differ(UUID, before, after)) {
            return CHANCE;
        } else if (differ(MOMENT, before, after)
                && Arrays.stream(new String[] {before, after}).allMatch(Cause::isNow)) {
            return CLOCK;
        }
        return !before.equals(after) && sorted(before).equals(sorted(after)) ? ORDER : OTHER;
    }

    /** The texts are the same but for parts of this form. */
    private static boolean differ(Pattern part, String before, String after) {
        return !before.equals(after)
                && part.matcher(before)
                        .replaceAll("#")
                        .equals(part.matcher(after).replaceAll("#"));
    }

    /** Some moment in the text is about now, by the wall's clock or by that of a test. */
    private static boolean isNow(String text) {
        return part(text).stream()
                .anyMatch(found -> !found.matches("\\d+(\\.\\d+)?")
                        || isAbout(Instant.now(), found)
                        || isAbout(SteppedClock.BEGINNING, found));
    }

    private static List<String> part(String text) {
        return MOMENT.matcher(text).results().map(MatchResult::group).toList();
    }

    private static boolean isAbout(Instant now, String number) {
        double value = Double.parseDouble(number);
        double seconds = now.getEpochSecond();
        double tolerance = Duration.ofDays(400).toSeconds();
        return Math.abs(value - seconds) < tolerance
                || Math.abs(value / 1e3 - seconds) < tolerance
                || Math.abs(value / 1e6 - seconds) < tolerance
                || Math.abs(value / 1e9 - seconds) < tolerance;
    }

    private static List<Integer> sorted(String text) {
        return text.codePoints().sorted().boxed().toList();
    }
}
