package dev.clew.testing;

import dev.clew.annotations.Cached;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import java.time.Duration;

/** Workflows that wait. */
public class TimeFlow {
    public static final InterruptKey<String, String> ASK = InterruptKey.of("ask", String.class, String.class);

    @Task(cache = @Cached(ttl = "PT1H"))
    String remember(String text) {
        return text;
    }

    @Entrypoint
    String nap(int days, Run run) {
        run.sleep(Duration.ofDays(days));
        return "slept " + days + " days";
    }

    @Entrypoint
    String ask(String question, Run run) {
        return run.interrupt(ASK, question, Duration.ofDays(1)).toString();
    }

    @Entrypoint
    String lookUp(String text, TimeFlowTasks tasks) {
        return tasks.remember(text).join();
    }
}
