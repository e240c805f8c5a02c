package dev.clew.samples.threads;

import dev.clew.Operator;
import dev.clew.state.LoggedStep;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints what a thread's log grows by, whichever process writes it, until the thread rests. */
record Following(Operator operator) {
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Whoever sleeps longer is not waited for. */
    private static final Duration SHORT_SLEEP = Duration.ofMinutes(1);

    void follow(ThreadSummary thread) {
        String id = thread.threadId();
        Map<String, String> told = new HashMap<>();
        while (true) {
            ThreadState<?> state = operator.state(id); // read first, so that the log has all that came before a rest
            tell(operator.log(id), told);
            if (!moves(state)) {
                System.out.println(
                        state.status() == ThreadStatus.IDLE
                                ? "finished: " + Plain.brief(state.value(), 200)
                                : "rests: " + Plain.word(state.status()));
                return;
            }
            if (!pause()) {
                return;
            }
        }
    }

    private static boolean moves(ThreadState<?> state) {
        Instant wakeAt = state.wakeAt();
        return state.status() == ThreadStatus.RUNNING
                || state.status() == ThreadStatus.SLEEPING
                        && wakeAt != null
                        && wakeAt.isBefore(Instant.now().plus(SHORT_SLEEP));
    }

    private static void tell(List<LoggedStep> steps, Map<String, String> told) {
        steps.stream().sorted(Comparator.comparing(step -> step.state().at())).forEach(step -> {
            String line = LogTree.line(step);
            if (!line.equals(told.put(step.state().path(), line))) {
                System.out.println("  ".repeat(step.depth()) + line);
            }
        });
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
