package dev.clew.graph.random;

import dev.clew.spi.WorkflowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One of the small random graphs that end, with what the reference says it comes to: for tests that run it as a child. */
public final class GraphProgram {
    /** How many there are. */
    public static final int COUNT = 200;

    private static final int MOST_EXECUTIONS = 9;
    private static final List<GraphProgram> ALL = new ArrayList<>();
    private static long nextSeed;

    private final Shape shape;
    private final String value;

    private GraphProgram(Shape shape, String value) {
        this.shape = shape;
        this.value = value;
    }

    /** The graph of this number, below {@link #COUNT}. */
    public static synchronized GraphProgram of(int number) {
        while (ALL.size() <= number) {
            Shape shape = Shape.random(new Random(nextSeed++), 0).sound();
            Reference reference = new Reference(shape, EngineGraph.BEGIN);
            Ending ending = reference.run();
            if (ending.how().equals("END") && reference.executions() > 1 && reference.executions() <= MOST_EXECUTIONS) {
                ALL.add(new GraphProgram(shape, ending.state().toString()));
            }
        }
        return ALL.get(number);
    }

    /** The graph as a workflow, whose input is {@link #input}. */
    public WorkflowSpec<String, String> workflow(Conditions conditions) {
        return EngineGraph.of(shape, conditions).toBuilder()
                .output(String.class, Behaviour.State::toString)
                .build()
                .workflow();
    }

    /** What the workflow begins with. */
    public String input() {
        return EngineGraph.BEGIN.log().get(0);
    }

    /** What the workflow gives, however it is disturbed. */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return shape.toString();
    }
}
