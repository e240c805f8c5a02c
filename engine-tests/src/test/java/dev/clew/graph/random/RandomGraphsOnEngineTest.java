package dev.clew.graph.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Nightly;
import dev.clew.flow.Durability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the graph, and whenever its processes die: the engine comes to the states of the reference. Nodes fail at first,
 * questions are answered in any order, and runs pause at breakpoints.
 *
 * <p>{@code -Dclew.random.graphs=20000} runs more of them, as the nightly build does, and {@code -Dclew.random.graph=42} begins
 * at another seed.
 */
final class RandomGraphsOnEngineTest {
    private static final long FIRST = Long.getLong("clew.random.graph", 0);
    private static final int DAILY = 200;
    private static final int GRAPHS = Integer.getInteger("clew.random.graphs", Nightly.isOn() ? 20_000 : DAILY);
    private static final int MOST_EXECUTIONS = 80;
    private static final int MOST_DAILY = 20;
    private static final int MOST_DEATHS = 6;
    private static final List<String> MUST_HAPPEN = List.of(
            "IDLE n steps -> DEATH",
            "CRASHED n steps -> DEATH",
            "CRASHED n steps -> PAUSE",
            "CRASHED n steps -> END",
            "INTERRUPTED n steps -> DEATH",
            "INTERRUPTED n steps -> FAILURE",
            "INTERRUPTED n steps -> END",
            "FAILED n steps -> DEATH",
            "FAILED n steps -> END");
    private static final Durability[] MODES = {Durability.SYNC, Durability.ASYNC, Durability.EXIT};

    /** The graph of a seed; null if it is too large. */
    private static Shape shape(long seed, int mostExecutions) {
        Shape shape = Shape.random(new Random(seed), 0).sound();
        Reference reference = new Reference(shape, EngineGraph.BEGIN);
        reference.run();
        return reference.isWide() || reference.executions() > mostExecutions ? null : shape;
    }

    @Test
    void randomGraphsWhoseProcessesDieEndAsTheReferenceDoes() {
        int left = GRAPHS;
        Map<String, Integer> lines = new HashMap<>();
        for (long seed = FIRST; left > 0; seed++) {
            // Large graphs are for the nightly build, and for a graph that it found.
            Shape shape = shape(seed, GRAPHS == DAILY ? MOST_DAILY : MOST_EXECUTIONS);
            if (shape != null) {
                Random random = new Random(~seed);
                List<Integer> deaths = IntStream.range(0, random.nextInt(MOST_DEATHS))
                        .mapToObj(i -> random.nextInt(random.nextBoolean() ? 6 : 30))
                        .toList();
                EngineRun run = run(shape, seed, MODES[Math.floorMod(seed, MODES.length)], deaths);
                run.story().forEach(line -> lines.merge(line.replaceAll("\\d+", "n"), 1, Integer::sum));
                left--;
            }
        }
        if (GRAPHS >= DAILY) {
            assertThat(lines.keySet()).containsAll(MUST_HAPPEN);
        }
    }

    @Test
    void randomGraphsWhoseDueNodesAreFilledByHandEndAsTheReferenceDoes() {
        int left = GRAPHS / 2;
        int edits = 0;
        int inside = 0;
        for (long seed = FIRST; left > 0; seed++) {
            Shape shape = shape(seed, GRAPHS == DAILY ? MOST_DAILY : MOST_EXECUTIONS);
            if (shape != null
                    && new Reference(shape, EngineGraph.BEGIN).run().how().equals("END")) {
                Random random = new Random(~seed);
                List<Integer> deaths = IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> random.nextInt(20))
                        .toList();
                EngineRun run = run(
                        new EngineRun(shape, seed, MODES[Math.floorMod(seed, MODES.length)]).edited(shape),
                        shape,
                        seed,
                        deaths);
                edits += run.edits();
                inside += (int) run.story().stream()
                        .filter(line -> line.matches("fills .*/.*"))
                        .count();
                left--;
            }
        }
        if (GRAPHS >= DAILY) {
            assertThat(edits).as("edits").isGreaterThan(GRAPHS / 4);
            assertThat(inside).as("edits inside").isPositive();
        }
    }

    @Test
    void graphEndsAsTheReferenceDoesWhereverItsProcessDies() {
        int graphs = Nightly.isOn() ? 100 : 1;
        for (long seed = 1_000_000; graphs > 0; seed++) {
            Shape shape = shape(seed, MOST_DAILY / 2);
            if (shape != null && shape.vertices().size() > 3) {
                for (Durability mode : MODES) {
                    int writes = run(shape, seed, mode, List.of()).writes();
                    for (int death = 0; death <= writes; death++) {
                        run(shape, seed, mode, List.of(death));
                    }
                }
                graphs--;
            }
        }
    }

    private static EngineRun run(Shape shape, long seed, Durability mode, List<Integer> deaths) {
        return run(new EngineRun(shape, seed, mode), shape, seed, deaths);
    }

    private static EngineRun run(EngineRun made, Shape shape, long seed, List<Integer> deaths) {
        try (EngineRun run = made) {
            try {
                run.run(deaths);
                run.compare(new Reference(shape, EngineGraph.BEGIN).run());
                return run;
            } catch (Exception | AssertionError fault) {
                throw new AssertionError(
                        "-Dclew.random.graphs=1 -Dclew.random.graph=" + seed + ", deaths in writes " + deaths + ", "
                                + shape + "\n" + String.join("\n", run.story()),
                        fault);
            }
        }
    }

    @Test
    void mostRandomGraphsAreRun() {
        assertThat(LongStream.range(0, 200).filter(seed -> shape(seed, MOST_DAILY) != null))
                .hasSizeGreaterThan(60);
    }
}
