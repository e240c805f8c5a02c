package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a model's step that failed before it answered. They are recorded with the answer, because providers take money
 * for them, too.
 *
 * @param attempts how many
 * @param output the tokens of the pieces that came of them, estimated
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record FailedAttempts(int attempts, long output) {
    private static final FailedAttempts NONE = new FailedAttempts(0, 0);
    private static final String MEMBER = "clew_failed_attempts";

    /** The same answer, which records them. */
    AiMessage in(AiMessage answer) {
        return attempts == 0 ? answer : answer.withMetadata(MEMBER, Map.of("attempts", attempts, "output", output));
    }

    static FailedAttempts of(AiMessage answer) {
        return answer.metadata().get(MEMBER) instanceof Map<?, ?> map
                        && map.get("attempts") instanceof Number attempts
                        && map.get("output") instanceof Number output
                ? new FailedAttempts(attempts.intValue(), output.longValue())
                : NONE;
    }

    static AiMessage without(AiMessage answer) {
        if (!answer.metadata().containsKey(MEMBER)) {
            return answer;
        }
        Map<String, @Nullable Object> others = new LinkedHashMap<>(answer.metadata());
        others.remove(MEMBER);
        return answer.withMetadata(others);
    }

    /** What they cost, each with a request of so many tokens. */
    Usage usage(long input) {
        return attempts == 0 ? Usage.NONE : new Usage(attempts * input, output, 0, 0, 0, true);
    }
}
