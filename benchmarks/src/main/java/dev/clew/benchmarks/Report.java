package dev.clew.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Sets what was measured beside its limit. */
final class Report {
    private Report() {}

    static List<Row> rows(Workload workload, List<Measured> results, List<Facts> facts) {
        List<Row> rows = new ArrayList<>();
        List<Measured> ours = results.stream()
                .filter(result -> !result.isLimit())
                .sorted(Comparator.comparing(Measured::variant).thenComparing(Measured::n))
                .toList();
        @Nullable Measured before = null;
        for (Measured result : ours) {
            boolean grows = before != null && before.variant().equals(result.variant());
            rows.add(row(workload, result, grows ? before : null, limit(workload, results, result), facts));
            before = result;
        }
        OptionalDouble heap = Facts.median(facts, workload.name(), "heap/memory", 10_000, "bytes");
        heap.ifPresent(bytes ->
                rows.add(new Row(workload.name(), "memory/heap kept", 10_000, 0, null, null, null, bytes, null, 1)));
        return rows;
    }

    /** The limit that is closest to a result: one of its variant before one of all. */
    private static @Nullable Double limit(Workload workload, List<Measured> results, Measured ours) {
        return results.stream()
                .filter(result -> result.limits(ours))
                .max(Comparator.comparingInt(limit -> limit.parameters().size()))
                .map(limit -> limit.time(workload.perUnit()))
                .orElse(null);
    }

    private static Row row(
            Workload workload, Measured result, @Nullable Measured before, @Nullable Double limit, List<Facts> facts) {
        boolean perUnit = workload.perUnit();
        double time = result.time(perUnit);
        Double exponent = null;
        if (before != null && perUnit) {
            exponent = 1 + Math.log(time / before.time(true)) / Math.log(result.n() / (double) before.n());
        }
        String weighed = result.variant().replace("/park", "");
        OptionalDouble bytes = Facts.median(facts, workload.name(), weighed, result.n(), "bytes");
        return new Row(
                workload.name(),
                result.variant(),
                result.n(),
                time,
                limit,
                limit == null ? null : time / limit,
                exponent,
                bytes.isPresent() ? bytes.getAsDouble() : null,
                result.allocated(perUnit),
                result.runs());
    }

    static String table(Workload workload, List<Row> rows) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%s %s%n%-26s %8s %11s %11s %7s %9s %9s %9s %5s%n",
                workload,
                workload.title(),
                "variant",
                "n",
                workload.unit(),
                "limit",
                "ratio",
                "exponent",
                "bytes",
                "allocated",
                "runs"));
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-26s %8d %11s %11s %7s %9s %9s %9s %5d%n",
                    row.variant(),
                    row.n(),
                    number(row.time() == 0 ? null : row.time(), 2),
                    number(row.limit(), 2),
                    number(row.ratio(), 2),
                    number(row.exponent(), 2),
                    number(row.bytes(), 0),
                    number(row.allocated(), 0),
                    row.runs()));
        }
        return table.toString();
    }

    private static String number(@Nullable Double value, int digits) {
        return value == null ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
