package dev.clew.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A decision table that was written by hand. The first row names the columns, the last column is the decision. "*" fits
 * all, "any" fits all but "-", and "/" separates alternatives.
 */
public final class RuleTable {
    private final List<List<String>> rules;

    private RuleTable(List<List<String>> rules) {
        this.rules = rules;
    }

    public static RuleTable of(String text) {
        return new RuleTable(rows(text).skip(1).toList());
    }

    /** The rows of a table, the first one included, without their blanks. */
    public static Stream<List<String>> rows(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList());
    }

    /**
     * Asserts that each combination fits exactly one rule and gets its decision, and that each rule fits a combination.
     *
     * @param cells the combination's cells, in the order of the columns
     */
    public <C> void assertHolds(List<C> combinations, Function<C, List<String>> cells, Function<C, String> decision) {
        Map<List<String>, Boolean> used = new HashMap<>();
        for (C combination : combinations) {
            List<List<String>> fitting = rules.stream()
                    .filter(rule -> fits(rule, cells.apply(combination)))
                    .toList();
            assertThat(fitting).as("rules for %s", combination).hasSize(1);
            List<String> rule = fitting.get(0);
            assertThat(decision.apply(combination)).as("%s", combination).isEqualTo(rule.get(rule.size() - 1));
            used.put(rule, true);
        }
        assertThat(rules).allMatch(used::containsKey);
    }

    private static boolean fits(List<String> rule, List<String> cells) {
        assertThat(rule).hasSize(cells.size() + 1);
        for (int i = 0; i < cells.size(); i++) {
            if (!fits(rule.get(i), cells.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String cell, String value) {
        return cell.equals("*")
                || cell.equals("any") && !value.equals("-")
                || Arrays.asList(cell.split("/")).contains(value);
    }
}
