package dev.clew.benchmarks;

import static dev.clew.annotations.Node.START;
import static dev.clew.benchmarks.LoopStateUpdate.fresh;
import static dev.clew.benchmarks.LoopStateUpdate.update;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.To;
import java.util.List;

/** The graph that is measured: one node that appends 100 characters and runs again, until it has done so often enough. */
@StateGraph(Loop.LoopState.class)
public class Loop {
    static final String NOTE = "x".repeat(100);

    /** What is counted, and what grows with it. */
    @State
    public record LoopState(int wanted, int done, @Append List<String> notes) {}

    /** Where the node goes. */
    public enum Turn {
        @To("add")
        AGAIN,
        @End
        ENOUGH
    }

    @Input
    LoopStateUpdate begin(Integer wanted) {
        return fresh().wanted(wanted).done(0);
    }

    @Node(after = START)
    LoopStateUpdate.Goto<Turn> add(int wanted, int done) {
        return update().done(done + 1).notes(NOTE).goTo(done + 1 < wanted ? Turn.AGAIN : Turn.ENOUGH);
    }

    @Output
    Integer result(List<String> notes) {
        return notes.size();
    }
}
