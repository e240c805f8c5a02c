package dev.clew.server.a2a;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a client calls a task: the thread and the run, with a colon between them.
 *
 * <pre>{@code
 * TaskId.read("chat-1:0199…").map(TaskId::threadId);   // chat-1
 * }</pre>
 *
 * @param threadId also the id of the task's context
 * @param runId the run, which is that of its first request
 */
public record TaskId(String threadId, String runId) {
    private static final String ENCODED = "~";

    /** The id of a text; empty if it is none of a task. */
    public static Optional<TaskId> read(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            return Optional.empty();
        }
        String run = text.substring(colon + 1);
        try {
            String decoded = run.startsWith(ENCODED)
                    ? new String(Base64.getUrlDecoder().decode(run.substring(1)), StandardCharsets.UTF_8)
                    : run;
            return Optional.of(new TaskId(text.substring(0, colon), decoded)).filter(id -> !decoded.isEmpty());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** As clients write it. The last colon separates, so a run's id that has one is encoded. */
    public String text() {
        boolean isPlain = runId.indexOf(':') < 0 && !runId.startsWith(ENCODED);
        return threadId + ":"
                + (isPlain
                        ? runId
                        : ENCODED
                                + Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(runId.getBytes(StandardCharsets.UTF_8)));
    }
}
