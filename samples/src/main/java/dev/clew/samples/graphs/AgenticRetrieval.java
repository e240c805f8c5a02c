package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.LookupUpdate.fresh;
import static dev.clew.samples.graphs.LookupUpdate.update;

import dev.clew.annotations.Append;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.To;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A model decides whether to look something up, judges what was found, and asks in other words if that was of no use. */
@StateGraph(AgenticRetrieval.Lookup.class)
public class AgenticRetrieval {
    @State
    public record Lookup(
            String question,
            @Append List<String> queries,
            List<String> passages,
            @Nullable String answer) {}

    /** What the model wants next. */
    public sealed interface Move {
        record Search(String query) implements Move {}

        @To("answer")
        record Reply() implements Move {}
    }

    public enum Grade {
        @To("answer")
        USEFUL,
        @To("rewrite")
        USELESS
    }

    /** Decides, judges, rewrites and answers. */
    public interface Model {
        Move decide(String question);

        Grade grade(String question, List<String> passages);

        String rewrite(String query);

        String answer(String question, List<String> passages);
    }

    /** Finds passages. */
    public interface Retriever {
        List<String> find(String query);
    }

    private final Model model;
    private final Retriever retriever;

    AgenticRetrieval(Model model, Retriever retriever) {
        this.model = model;
        this.retriever = retriever;
    }

    @Input
    LookupUpdate begin(String question) {
        return fresh().question(question).passages(List.of());
    }

    @Node(after = START)
    Move decide(String question) {
        return model.decide(question);
    }

    @Node
    LookupUpdate retrieve(Move.Search search) {
        return update().queries(search.query()).passages(retriever.find(search.query()));
    }

    @Node(after = "retrieve")
    Grade grade(String question, List<String> passages) {
        return model.grade(question, passages);
    }

    @Node
    Move.Search rewrite(List<String> queries) {
        return new Move.Search(model.rewrite(queries.get(queries.size() - 1)));
    }

    @Node(writes = "answer")
    String answer(String question, List<String> passages) {
        return model.answer(question, passages);
    }

    @Output
    String result(String answer) {
        return answer;
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = AgenticRetrievalGraph.builder(
                                new AgenticRetrieval(new Librarian(), AgenticRetrieval::search))
                        .checkpointer(db.checkpointer())
                        .build()) {
            for (String question : List.of("Hello!", "Who constructed the maze?")) {
                RunConfig thread = RunConfig.thread("agentic-retrieval");
                System.out.println(question + " -> "
                        + graph.workflow().invoke(question, thread).value());
                System.out.println("  looked for "
                        + graph.workflow()
                                .snapshot("agentic-retrieval")
                                .values()
                                .queries());
            }
        }
    }

    /** Passages that have a word of the query of more than four letters. */
    static List<String> search(String query) {
        return LIBRARY.stream()
                .filter(passage -> words(query).anyMatch(word -> words(passage).anyMatch(word::equals)))
                .toList();
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("\\W+", -1)).filter(word -> word.length() > 4);
    }

    /** A model that needs no network, and knows one synonym. */
    static final class Librarian implements Model {
        @Override
        public Move decide(String question) {
            return question.endsWith("?") ? new Move.Search(question) : new Move.Reply();
        }

        @Override
        public Grade grade(String question, List<String> passages) {
            return passages.isEmpty() ? Grade.USELESS : Grade.USEFUL;
        }

        @Override
        public String rewrite(String query) {
            return query.replace("maze", "labyrinth");
        }

        @Override
        public String answer(String question, List<String> passages) {
            return passages.isEmpty() ? "Hello." : passages.get(0);
        }
    }

    private static final List<String> LIBRARY =
            List.of("Daedalus built the labyrinth.", "Ariadne gave the thread.", "Theseus had black sails.");
}
