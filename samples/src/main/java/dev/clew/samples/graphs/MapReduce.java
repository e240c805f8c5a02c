package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.ReportUpdate.fresh;
import static dev.clew.samples.graphs.ReportUpdate.update;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.Retry;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.To;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.GraphWorkflow;
import dev.clew.interrupt.InterruptKey;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Structured;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A graph: a plan sends one record to each worker, a join puts their texts together, and a person approves the report. */
@StateGraph(MapReduce.Report.class)
public class MapReduce {
    /** What the nodes share. */
    @State
    public record Report(
            String topic,
            @Append List<String> sections,
            @Nullable String draft) {}

    /** Sent to {@code write}, once for each section. */
    public record Section(String title) {}

    public record Plan(List<Section> sections) {}

    public enum Decision {
        @To("plan")
        AGAIN,
        @End
        DONE
    }

    public static final InterruptKey<String, Boolean> APPROVE = InterruptKey.of("approve", String.class, Boolean.class);

    private final ChatModel model;

    MapReduce(ChatModel model) {
        this.model = model;
    }

    @Input
    ReportUpdate begin(String topic) {
        return fresh().topic(topic);
    }

    @Node(after = START, retry = @Retry(maxAttempts = 3))
    List<Section> plan(String topic) throws IOException {
        return Structured.ask(model, Plan.class, "Plan a report of two to four sections about " + topic + ".")
                .sections();
    }

    @Node(writes = "sections")
    String write(Section section) {
        return section.title() + ": " + model.chat("Write the section '" + section.title() + "' in one sentence.");
    }

    @Node(after = "write", writes = "draft")
    String edit(String topic, List<String> sections) {
        return topic + "\n" + String.join("\n", sections);
    }

    @Node(after = "edit")
    ReportUpdate.Goto<Decision> approve(String draft, Run run) {
        return run.interrupt(APPROVE, draft)
                ? update().goTo(Decision.DONE)
                : update().replaceSections(List.of()).goTo(Decision.AGAIN);
    }

    @Output
    String result(String draft) {
        return draft;
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = MapReduceGraph.builder(new MapReduce(ModelChoice.or(SCRIPT)))
                        .checkpointer(db.checkpointer())
                        .build()) {
            GraphWorkflow<String, String, Report> report = graph.workflow();
            RunConfig job = RunConfig.once("map-reduce");
            RunResult<String> result = report.invoke("Labyrinths", job);
            while (result instanceof RunResult.Interrupted<String> paused) {
                var question = paused.only(APPROVE);
                System.out.println(question.value());
                Optional<Boolean> answer = Terminal.askOrPark("Publish it? yes or no", Terminal::yesOrNo);
                if (answer.isEmpty()) {
                    return;
                }
                result = report.invoke(question.answer(answer.get()), job);
            }
            System.out.println(
                    "published: " + result.value().lines().findFirst().orElse(""));
        }
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when("Plan a report", """
                    {"sections": [{"title": "History"}, {"title": "Ways out"}]}""")
            .when("'History'", "The first one was built for a monster.")
            .when("'Ways out'", "A hand on the wall is slow and sure.");
}
