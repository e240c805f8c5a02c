package dev.clew.samples.expenses;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Checked expenses that are to be paid. */
public record Claim(List<Line> lines) {
    /** An expense with what the checks say against it. */
    public record Line(Expense expense, List<String> problems) {}

    static Claim of(List<Expense> expenses, List<List<Finding>> findings) {
        return new Claim(IntStream.range(0, expenses.size())
                .mapToObj(i -> new Line(
                        expenses.get(i),
                        findings.stream()
                                .flatMap(List::stream)
                                .filter(finding -> finding.index() == i)
                                .map(Finding::problem)
                                .toList()))
                .toList());
    }

    Euros total() {
        return lines.stream().map(line -> line.expense().euros()).reduce(new Euros(0), Euros::plus);
    }

    /** What is left if no more than this may be paid: lines with problems go first, then the dearest. */
    Claim atMost(Euros most) {
        List<Line> left = new ArrayList<>(lines);
        while (new Claim(left).total().isMoreThan(most)) {
            left.remove(left.stream()
                    .max(Comparator.<Line>comparingInt(line -> line.problems().size())
                            .thenComparingInt(line -> line.expense().euros().cents()))
                    .orElseThrow());
        }
        return new Claim(left);
    }
}
