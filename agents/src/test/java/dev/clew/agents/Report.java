package dev.clew.agents;

import dev.clew.annotations.End;
import dev.clew.annotations.Node;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Subgraph;
import dev.clew.annotations.To;
import dev.clew.messages.Message;

/** A graph whose nodes are agents: one routes, one writes a component. */
@StateGraph(ReportState.class)
class Report {
    record Plan(String title, int pages) {}

    enum Kind {
        @To("planner")
        LONG,
        @End
        SHORT
    }

    @Subgraph(after = "ask")
    final Agent<Kind> sorter;

    @Subgraph(writes = "plan")
    final Agent<Plan> planner;

    Report(Agent<Kind> sorter, Agent<Plan> planner) {
        this.sorter = sorter;
        this.planner = planner;
    }

    @Node(after = Node.START)
    ReportStateUpdate ask() {
        return ReportStateUpdate.update().messages(Message.user("A report, please."));
    }

    @Node(after = "planner", writes = "done")
    String finish(Plan plan) {
        return plan.title() + " of " + plan.pages() + " pages";
    }
}
