package dev.clew.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The simulation finds as many different interleavings as it did before the engine took fewer locks.
 *
 * <p>{@code -Dclew.diversity.seeds=2000} counts those of 10,000 seeds.
 */
class DiversityTest {
    /** Distinct interleavings before the engine was rebuilt, of so many seeds a program. */
    private static final Map<Integer, Integer> BEFORE = Map.of(400, 1_310, 2_000, 5_716);

    private static final int CHANCE = 10;

    private final PrintStream err = System.err;

    /** Threads that die with their process are logged as faults of the engine, thousands of them. */
    @BeforeEach
    void begin() {
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        System.setErr(err);
    }

    @Test
    void seedsGiveAlmostAsManyInterleavingsAsBefore() {
        int seeds = Integer.getInteger("clew.diversity.seeds", 400);

        Map<String, Integer> distinct = Diversity.of(seeds, CHANCE, CHANCE);
        int all = distinct.values().stream().mapToInt(each -> each).sum();

        System.out.printf("%d distinct interleavings of %d seeds: %s%n", all, seeds * distinct.size(), distinct);
        assertThat(all).isGreaterThanOrEqualTo(BEFORE.get(seeds) * 9 / 10);
    }

    /** Else the floor would be held by luck. */
    @Test
    void fewerPlacesToGiveATurnAwayGiveFewerInterleavings() {
        int blind =
                Diversity.of(400, 0, 0).values().stream().mapToInt(each -> each).sum();

        assertThat(blind).isLessThan(BEFORE.get(400) * 9 / 10);
    }
}
