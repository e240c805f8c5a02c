package dev.clew.samples.patterns;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Structured;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.task.TaskFuture;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.util.List;

/** Orchestrator and workers: a model plans, as many workers as the plan has sections write in parallel, code puts it together. */
public class OrchestratorWorker {
    public record Section(String title, String brief) {}

    public record Plan(List<Section> sections) {}

    private final ChatModel model;

    OrchestratorWorker(ChatModel model) {
        this.model = model;
    }

    @Task(retry = @Retry(maxAttempts = 3))
    Plan plan(String topic) throws IOException {
        return Structured.ask(model, Plan.class, "Plan a report of two to four sections about " + topic + ".");
    }

    @Task
    String write(Section section) {
        return model.chat("Write the section '" + section.title() + "' in two sentences: " + section.brief());
    }

    @Entrypoint
    String report(String topic, OrchestratorWorkerTasks tasks) {
        List<Section> sections = tasks.plan(topic).join().sections();
        List<String> texts =
                TaskFuture.allOf(sections.stream().map(tasks::write).toList());
        StringBuilder report = new StringBuilder("# " + topic + "\n");
        for (int i = 0; i < texts.size(); i++) {
            report.append("\n## ")
                    .append(sections.get(i).title())
                    .append("\n")
                    .append(texts.get(i))
                    .append("\n");
        }
        return report.toString();
    }

    public static void main(String... args) {
        OrchestratorWorker flow = new OrchestratorWorker(ModelChoice.or(SCRIPT));
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = OrchestratorWorkerGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .build()) {
            var result = graph.report().invoke("Labyrinths", RunConfig.once("orchestrator-worker"));
            System.out.println(result.value());
        }
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when("Plan a report", """
                    {"sections": [
                      {"title": "History", "brief": "from Crete to the cathedrals"},
                      {"title": "Ways out", "brief": "walls, chalk and thread"}]}""")
            .when(
                    "'History'",
                    "The first one was built for a monster. Later ones were laid in floors, for walking and thinking.")
            .when(
                    "'Ways out'",
                    "A hand on the wall is slow and sure. A thread is quicker, if somebody thought of it at the door.");
}
