package dev.clew.testing;

import dev.clew.annotations.Cached;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A workflow that uses most of what there is, and is right. */
public class StoryFlow {
    public record Draft(String text) {}

    public record Verdict(boolean approved, String wish) {}

    public record Story(String text, List<String> chapters, int revisions) {}

    public static final InterruptKey<Draft, Verdict> REVIEW = InterruptKey.of("review", Draft.class, Verdict.class);

    @Task(retry = @Retry(maxAttempts = 3), timeout = "PT30S")
    Draft compose(String topic) throws IOException {
        return new Draft("About " + topic);
    }

    @Task(cache = @Cached)
    String chapter(String title, int number) {
        return number + " " + title;
    }

    @Task
    Draft revise(Draft draft, String wish) {
        return new Draft(draft.text() + ", " + wish);
    }

    @Entrypoint
    Story write(String topic, StoryFlowTasks tasks, Run run) {
        Draft draft = tasks.compose(topic).join();
        List<TaskFuture<String>> chapters = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            chapters.add(tasks.chapter(topic, i));
        }
        List<String> written = TaskFuture.allOf(chapters);
        for (int revisions = 0; ; revisions++) {
            Verdict verdict = run.interrupt(REVIEW, draft);
            if (verdict.approved()) {
                return new Story(draft.text(), written, revisions);
            }
            run.sleep(Duration.ofDays(1));
            draft = tasks.revise(draft, verdict.wish()).join();
        }
    }
}
