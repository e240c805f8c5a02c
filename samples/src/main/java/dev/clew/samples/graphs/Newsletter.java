package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.Append;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Subgraph;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.InterruptKey;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A graph as a node of another one: it shares two components of the state, keeps the others to itself, and asks a person. */
@StateGraph(Newsletter.Issue.class)
public class Newsletter {
    @State
    public record Issue(
            String topic,
            @Append List<String> articles,
            @Nullable String letter) {}

    /** Shares {@code topic} and {@code articles} with the issue: same name, same type, same reducer. */
    @State
    public record Article(
            String topic,
            @Append List<String> articles,
            @Nullable String draft) {}

    public static final InterruptKey<String, String> HEADLINE = InterruptKey.of("headline", String.class, String.class);

    /** Writes sentences. */
    public interface Model {
        String write(String about);
    }

    /** The graph inside: it drafts an article, and asks for its headline. */
    @StateGraph(Article.class)
    public static class Desk {
        private final Model model;

        Desk(Model model) {
            this.model = model;
        }

        @Node(after = START, writes = "draft")
        String draft(String topic) {
            return model.write(topic);
        }

        @Node(after = "draft", writes = "articles")
        String headline(String draft, Run run) {
            return run.interrupt(HEADLINE, draft) + ": " + draft;
        }
    }

    @Subgraph(after = "greet")
    final Desk desk;

    Newsletter(Model model) {
        this.desk = new Desk(model);
    }

    @Input
    IssueUpdate begin(String topic) {
        return IssueUpdate.fresh().topic(topic);
    }

    @Node(after = START, writes = "articles")
    String greet(String topic) {
        return "Welcome to all about " + topic + ".";
    }

    @Node(after = "desk", writes = "letter")
    String print(List<String> articles) {
        return String.join("\n", articles);
    }

    @Output
    String result(String letter) {
        return letter;
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = NewsletterGraph.builder(new Newsletter(Newsletter::write))
                        .checkpointer(db.checkpointer())
                        .build()) {
            GraphWorkflow<String, String, Issue> newsletter = graph.workflow();
            RunConfig job = RunConfig.once("subgraph");
            RunResult<String> result = newsletter.invoke("labyrinths", job);
            if (result instanceof RunResult.Interrupted<String> paused) {
                StateSnapshot<Issue> now = newsletter.snapshot("subgraph");
                System.out.println("waits in " + now.next() + ", inside of it in "
                        + now.tasks().get(0).child().orElseThrow().next());
                var question = paused.only(HEADLINE);
                Optional<String> headline = Terminal.askOrPark("A headline for '" + question.value() + "'");
                if (headline.isEmpty()) {
                    return;
                }
                result = newsletter.invoke(question.answer(headline.get()), job);
            }
            System.out.println(result.value());
        }
    }

    /** A model that needs no network. */
    static String write(String about) {
        return "The first of all " + about + " was built for a monster.";
    }
}
