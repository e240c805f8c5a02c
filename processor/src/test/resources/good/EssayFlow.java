package com.acme;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import java.io.IOException;

public class EssayFlow {
    public record Draft(String text) {}

    public record Verdict(boolean approved, String feedback) {}

    public record Essay(String text, int revisions) {}

    public interface Writer {
        Draft compose(String topic) throws IOException;

        Draft revise(Draft draft, String feedback);
    }

    public static final InterruptKey<Draft, Verdict> REVIEW =
            InterruptKey.of("review", Draft.class, Verdict.class);

    private final Writer writer;

    public EssayFlow(Writer writer) {
        this.writer = writer;
    }

    @Task(retry = @Retry(maxAttempts = 3), timeout = "PT30S")
    Draft compose(String topic) throws IOException {
        return writer.compose(topic);
    }

    @Task
    Draft revise(Draft draft, String feedback) {
        return writer.revise(draft, feedback);
    }

    @Entrypoint
    Essay write(String topic, EssayFlowTasks tasks, Run run) {
        Draft draft = tasks.compose(topic).join();
        for (int revisions = 0; ; revisions++) {
            Verdict verdict = run.interrupt(REVIEW, draft);
            if (verdict.approved()) {
                return new Essay(draft.text(), revisions);
            }
            draft = tasks.revise(draft, verdict.feedback()).join();
        }
    }
}
