package dev.clew.benchmarks;

import static dev.clew.annotations.Node.START;
import static dev.clew.benchmarks.LoopStateUpdate.fresh;
import static dev.clew.benchmarks.LoopStateUpdate.update;

import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.StateGraph;
import dev.clew.flow.Run;
import java.util.List;

/** {@link Loop}, whose node could ask: it is a scope, which is recorded when it is called and when it ends. */
@StateGraph(Loop.LoopState.class)
public class ScopeLoop {
    @Input
    LoopStateUpdate begin(Integer wanted) {
        return fresh().wanted(wanted).done(0);
    }

    @Node(after = START)
    LoopStateUpdate.Goto<Loop.Turn> add(int wanted, int done, Run run) {
        return update().done(done + 1).notes(Loop.NOTE).goTo(done + 1 < wanted ? Loop.Turn.AGAIN : Loop.Turn.ENOUGH);
    }

    @Output
    Integer result(List<String> notes) {
        return notes.size();
    }
}
