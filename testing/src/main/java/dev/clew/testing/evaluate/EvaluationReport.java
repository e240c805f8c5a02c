package dev.clew.testing.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an evaluation found. Immutable.
 *
 * <pre>{@code
 * report.mean("answer");   // 0.92
 * System.out.println(report.table());
 * }</pre>
 *
 * @param evaluators the names of the evaluators
 * @param rows a row for each run
 */
public record EvaluationReport(List<String> evaluators, List<Row> rows) {
    /** Copies the lists. */
    public EvaluationReport {
        evaluators = List.copyOf(evaluators);
        rows = List.copyOf(rows);
    }

    /**
     * One run of an example.
     *
     * @param example its name
     * @param repeat which run it is; the first is 1
     * @param scores the scores by evaluator
     */
    public record Row(String example, int repeat, Map<String, Score> scores) {
        /** Copies the scores. */
        public Row {
            scores = Map.copyOf(scores);
        }
    }

    /** Returns the mean score of an evaluator over all runs. */
    public double mean(String evaluator) {
        return mean(evaluator, rows);
    }

    private double mean(String evaluator, List<Row> some) {
        if (!evaluators.contains(evaluator)) {
            throw new IllegalArgumentException("there is no evaluator '" + evaluator + "'; there are " + evaluators);
        }
        return some.stream()
                .mapToDouble(row ->
                        row.scores().getOrDefault(evaluator, Score.fail("")).value())
                .average()
                .orElse(0);
    }

    /**
     * Requires a mean score.
     *
     * @throws AssertionError if it is less; it has the table and what was wrong
     */
    public EvaluationReport requireMean(String evaluator, double least) {
        double mean = mean(evaluator);
        if (mean < least) {
            throw new AssertionError("the mean of '" + evaluator + "' is " + number(mean) + ", less than "
                    + number(least) + ":\n" + table() + reasons(evaluator));
        }
        return this;
    }

    private String reasons(String evaluator) {
        return rows.stream()
                .filter(row ->
                        row.scores().getOrDefault(evaluator, Score.pass()).value() < 1)
                .map(row -> "\n" + row.example() + " #" + row.repeat() + ": "
                        + row.scores().getOrDefault(evaluator, Score.pass()).why())
                .collect(Collectors.joining());
    }

    /** Returns the means of each example, and those of all, as a table of Markdown. */
    public String table() {
        Map<String, List<Row>> byExample =
                rows.stream().collect(Collectors.groupingBy(Row::example, LinkedHashMap::new, Collectors.toList()));
        StringBuilder table = new StringBuilder("| example | ")
                .append(String.join(" | ", evaluators))
                .append(" |\n|---")
                .append("|---".repeat(evaluators.size()))
                .append("|\n");
        byExample.forEach((example, some) -> table.append(line(example, some)));
        return table.append(line("all", rows)).toString();
    }

    private String line(String name, List<Row> some) {
        return "| " + name.replace("|", "\\|") + " | "
                + evaluators.stream().map(each -> number(mean(each, some))).collect(Collectors.joining(" | ")) + " |\n";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
