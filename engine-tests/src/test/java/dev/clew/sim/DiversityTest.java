package dev.clew.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The simulation finds as many different interleavings as it did before the engine took fewer locks.
 *
 * <p>{@code -Dclew.diversity.seeds=2000} counts those of 10,000 seeds.
 */
class DiversityTest extends QuietTest {
    /** Distinct interleavings before the engine was rebuilt, of so many seeds a program. */
    private static final Map<Integer, Integer> BEFORE = Map.of(400, 1_310, 2_000, 5_716);

    private static final int CHANCE = 10;

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
