package dev.clew.samples.expenses;

import java.time.Duration;
import java.util.List;

/** The company's rules: what may be spent, which managers are asked one after the other, and how long each may take. */
public record Policy(List<Limit> limits, List<String> managers, Duration deadline) {
    /** The most that one expense of a category may cost. */
    public record Limit(Category category, Euros most) {}

    static Policy of(Duration deadline) {
        return new Policy(
                List.of(
                        new Limit(Category.TRAVEL, new Euros(500_00)),
                        new Limit(Category.LODGING, new Euros(450_00)),
                        new Limit(Category.MEAL, new Euros(100_00))),
                List.of("Dido", "Minos"),
                deadline);
    }

    Euros most(Category category) {
        return limits.stream()
                .filter(limit -> limit.category() == category)
                .findFirst()
                .orElseThrow()
                .most();
    }

    /** Whether no other manager can be asked after this one, who therefore has no deadline. */
    boolean isLast(int level) {
        return level == managers.size() - 1;
    }
}
