package dev.clew.benchmarks;

import static dev.clew.annotations.Node.START;
import static dev.clew.benchmarks.GrowingStateUpdate.update;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.To;
import java.util.Collections;
import java.util.List;

/** A graph whose node takes the whole list and appends one number, until the list is as long as wanted. */
@StateGraph(Growing.GrowingState.class)
public class Growing {
    /** The list, whose elements nothing can change. */
    @State
    public record GrowingState(int wanted, @Append List<Integer> numbers) {}

    /**
     * What a run adds.
     *
     * @param atOnce so many numbers with the input
     * @param wanted how many there are in the end
     */
    public record More(int atOnce, int wanted) {}

    /** Where the node goes. */
    public enum Turn {
        @To("add")
        AGAIN,
        @End
        ENOUGH
    }

    @Input
    GrowingStateUpdate begin(More more) {
        return update().wanted(more.wanted()).numbers(Collections.nCopies(more.atOnce(), 1));
    }

    @Node(after = START)
    GrowingStateUpdate.Goto<Turn> add(int wanted, List<Integer> numbers) {
        return update().numbers(1).goTo(numbers.size() + 1 < wanted ? Turn.AGAIN : Turn.ENOUGH);
    }

    @Output
    Integer result(List<Integer> numbers) {
        return numbers.size();
    }
}
