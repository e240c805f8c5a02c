package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Subgraph;
import dev.clew.annotations.To;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A supervisor of two teams, each of which is a graph with a supervisor of its own; what the teams found comes back. */
@StateGraph(HierarchicalTeam.Assignment.class)
public class HierarchicalTeam {
    /** What all teams share. */
    @State
    public record Assignment(
            String goal,
            @Append List<String> findings,
            @Nullable String report) {}

    /** What the research team has; its {@code leads} are its own. */
    @State
    public record Research(
            String goal,
            @Append List<String> findings,
            @Append List<String> leads) {}

    /** What the writing team has; its {@code outline} is its own. */
    @State
    public record Writing(
            String goal,
            @Append List<String> findings,
            @Nullable String outline,
            @Nullable String report) {}

    /** Decides who is next. */
    public interface Model {
        Team next(List<String> findings, boolean written);
    }

    public enum Team {
        @To("research")
        RESEARCH,
        @To("writing")
        WRITING,
        @End
        DONE
    }

    /** Its supervisor sends two members off, who work side by side. */
    @StateGraph(Research.class)
    public static class Researchers {
        public record Lead(String where) {}

        @Node(after = START)
        List<Lead> supervise(List<String> leads) {
            return leads.isEmpty() ? List.of(new Lead("the archive"), new Lead("the web")) : List.of();
        }

        @Node
        ResearchUpdate follow(Lead lead, String goal) {
            return ResearchUpdate.update().leads(lead.where()).findings(lead.where() + " knows " + goal);
        }
    }

    /** Its supervisor asks for an outline first, and then for the text. */
    @StateGraph(Writing.class)
    public static class Writers {
        public enum Job {
            @To("outline")
            OUTLINE,
            @To("write")
            WRITE,
            @End
            DONE
        }

        @Node(afterAny = {START, "outline", "write"})
        Job supervise(@Nullable String outline, @Nullable String report) {
            if (outline == null) {
                return Job.OUTLINE;
            }
            return report == null ? Job.WRITE : Job.DONE;
        }

        @Node(writes = "outline")
        String outline(List<String> findings) {
            return findings.size() + " parts";
        }

        @Node(writes = "report")
        String write(String goal, String outline, List<String> findings) {
            return goal + ", in " + outline + ": " + String.join("; ", findings);
        }
    }

    @Subgraph
    final Researchers research = new Researchers();

    @Subgraph
    final Writers writing = new Writers();

    private final Model model;

    HierarchicalTeam(Model model) {
        this.model = model;
    }

    @Input
    AssignmentUpdate begin(String goal) {
        return AssignmentUpdate.fresh().goal(goal);
    }

    @Node(afterAny = {START, "research", "writing"})
    Team supervise(List<String> findings, @Nullable String report) {
        return model.next(findings, report != null);
    }

    @Output
    String result(String report) {
        return report;
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = HierarchicalTeamGraph.builder(new HierarchicalTeam(HierarchicalTeam::decide))
                        .checkpointer(db.checkpointer())
                        .build()) {
            System.out.println(graph.workflow()
                    .invoke("the way out", RunConfig.once("hierarchical-team"))
                    .value());
            graph.workflow()
                    .snapshots("hierarchical-team")
                    .forEach(step -> System.out.println("  after superstep " + step.superstep() + ": "
                            + step.values().findings().size() + " findings, next " + step.next()));
        }
    }

    /** A model that needs no network. */
    static Team decide(List<String> findings, boolean written) {
        if (written) {
            return Team.DONE;
        }
        return findings.isEmpty() ? Team.RESEARCH : Team.WRITING;
    }
}
