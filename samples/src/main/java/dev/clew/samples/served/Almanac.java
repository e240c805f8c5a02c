package dev.clew.samples.served;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Subgraph;
import dev.clew.flow.Workflow;
import dev.clew.samples.essay.EssayFlow.Essay;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A graph with a node that is a workflow: one of this program, or one of a server. */
@StateGraph(Almanac.Year.class)
public class Almanac {
    /** A year with its essay. */
    @State
    public record Year(
            String title, @Nullable Essay essay, @Nullable String page) {}

    @Subgraph(after = START, reads = "title", writes = "essay")
    final Workflow<String, Essay> essays;

    public Almanac(Workflow<String, Essay> essays) {
        this.essays = essays;
    }

    @Input
    YearUpdate begin(String title) {
        return YearUpdate.fresh().title(title);
    }

    @Node(after = "essays", writes = "page")
    String print(String title, Essay essay) {
        return title.toUpperCase(Locale.ROOT) + "\n" + essay.text();
    }

    @Output
    String page(String page) {
        return page;
    }
}
