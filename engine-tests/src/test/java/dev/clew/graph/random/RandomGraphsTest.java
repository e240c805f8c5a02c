package dev.clew.graph.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Nightly;
import dev.clew.graph.random.Behaviour.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the graph, and in whatever order its executions end: planner and fold do what the reference does. */
final class RandomGraphsTest {
    private static final int SEEDS = Nightly.isOn() ? 100_000 : 1_000;

    @Test
    void statesAreThoseOfTheReference() {
        for (long seed = 0; seed < SEEDS; seed++) {
            compare(seed);
        }
    }

    private static void compare(long seed) {
        Shape shape = Shape.random(new Random(seed), 0);

        Ending expected = new Reference(shape, State.START).run();

        for (int schedule = 0; schedule < 3; schedule++) {
            Ending ending = new Stepper(shape, State.START, new Random(seed + schedule)).run();
            assertThat(ending).as("seed %d, %s", seed, shape).isEqualTo(expected);
        }
    }

    /** The random graphs are worth something only if they come to all that graphs may come to. */
    @Test
    @Tag("G001")
    @Tag("G006")
    @Tag("G011")
    void randomGraphsEndInEveryWay() {
        Map<String, Integer> counts = new HashMap<>();
        for (int seed = 0; seed < 2_000; seed++) {
            Shape shape = Shape.random(new Random(seed), 0);
            Ending ending = new Reference(shape, State.START).run();
            counts.merge(ending.how(), 1, Integer::sum);
            count(counts, "three supersteps", ending.trace().size() >= 3);
            count(counts, "records", ending.trace().toString().matches(".*:\\d.*"));
            count(counts, "waiting join", !ending.waiting().isEmpty());
            count(counts, "deferred", ran(shape, ending, Shape.Vertex::defer));
            count(
                    counts,
                    "join",
                    ran(shape, ending, v -> !v.all().isEmpty() && v.after().isEmpty()));
            count(counts, "child", ran(shape, ending, v -> v.child() != null));
        }

        assertThat(counts.get("END")).isGreaterThan(400);
        assertThat(counts)
                .hasEntrySatisfying("CLASH[last]", n -> assertThat(n).isGreaterThan(10))
                .hasEntrySatisfying("CLASH[log]", n -> assertThat(n).isGreaterThan(3))
                .hasEntrySatisfying("LIMIT", n -> assertThat(n).isGreaterThan(50))
                .hasEntrySatisfying("three supersteps", n -> assertThat(n).isGreaterThan(800))
                .hasEntrySatisfying("records", n -> assertThat(n).isGreaterThan(200))
                .hasEntrySatisfying("waiting join", n -> assertThat(n).isGreaterThan(100))
                .hasEntrySatisfying("deferred", n -> assertThat(n).isGreaterThan(200))
                .hasEntrySatisfying("join", n -> assertThat(n).isGreaterThan(50))
                .hasEntrySatisfying("child", n -> assertThat(n).isGreaterThan(200));
    }

    private static void count(Map<String, Integer> counts, String what, boolean happened) {
        counts.merge(what, happened ? 1 : 0, Integer::sum);
    }

    private static boolean ran(Shape shape, Ending ending, java.util.function.Predicate<Shape.Vertex> wanted) {
        return ending.trace().stream()
                .flatMap(java.util.List::stream)
                .map(task -> Integer.parseInt(task.substring(1, task.indexOf(':'))))
                .anyMatch(node -> wanted.test(shape.vertices().get(node)));
    }
}
