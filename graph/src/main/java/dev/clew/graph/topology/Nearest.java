package dev.clew.graph.topology;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody probably meant.
 *
 * <pre>{@code
 * Nearest.of("serach", List.of("plan", "search"));   // search
 * }</pre>
 */
public final class Nearest {
    private Nearest() {}

    /** The known name that is nearest to this one; empty if none is near. */
    public static Optional<String> of(String name, Collection<String> known) {
        return known.stream()
                .filter(other -> !other.equals(name))
                .min(Comparator.comparingInt(other -> distance(name, other)))
                .filter(near -> distance(name, near) <= Math.max(1, name.length() / 3));
    }

    /** How many letters must be put in, taken out, changed or swapped. */
    private static int distance(String name, String other) {
        String from = name.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int changed = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
