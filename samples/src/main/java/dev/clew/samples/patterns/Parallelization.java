package dev.clew.samples.patterns;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.task.TaskFuture;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;

/** Parallelization: a call starts its task at once, and joining waits for it. Three reviewers read at the same time. */
public class Parallelization {
    private final ChatModel model;

    Parallelization(ChatModel model) {
        this.model = model;
    }

    @Task
    String review(String proposal, String aspect) {
        return model.chat("In one sentence, judge the " + aspect + " of this proposal: " + proposal);
    }

    @Task
    String sumUp(List<String> reviews) {
        return model.chat("Sum up these reviews in one sentence: " + String.join(" ", reviews));
    }

    @Entrypoint
    String judge(String proposal, ParallelizationTasks tasks) {
        List<String> reviews = TaskFuture.allOf(
                tasks.review(proposal, "cost"), tasks.review(proposal, "risk"), tasks.review(proposal, "benefit"));
        return String.join("\n", reviews) + "\n=> " + tasks.sumUp(reviews).join();
    }

    public static void main(String... args) {
        Parallelization flow = new Parallelization(ModelChoice.or(SCRIPT));
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ParallelizationGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .build()) {
            var result = graph.judge().invoke("Move the archive to the cellar.", RunConfig.once("parallelization"));
            System.out.println(result.value());
        }
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when("judge the cost", "It costs a day of carrying boxes.")
            .when("judge the risk", "The cellar was wet twice in ten years.")
            .when("judge the benefit", "It frees the best room of the house.")
            .when("Sum up", "Worth a day's work, if the boxes stand on shelves.");
}
