package dev.clew.benchmarks.peers;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sets the engines side by side: for each workload and place, the fastest first. */
final class PeerTable {
    private PeerTable() {}

    static String of(List<PeerTime> times, String ours) {
        Map<String, List<PeerTime>> byWorkload = new LinkedHashMap<>();
        for (PeerTime time : times) {
            byWorkload
                    .computeIfAbsent(time.workload() + ", " + time.variant(), name -> new java.util.ArrayList<>())
                    .add(time);
        }
        StringBuilder table = new StringBuilder();
        byWorkload.forEach((workload, rows) -> {
            table.append(String.format(Locale.ROOT, "%n%-40s %11s %12s%n", workload, "us", "times ours"));
            double own = rows.stream()
                    .filter(row -> row.engine().equals(ours))
                    .mapToDouble(PeerTime::us)
                    .findFirst()
                    .orElse(Double.NaN);
            rows.stream()
                    .sorted(Comparator.comparingDouble(PeerTime::us))
                    .forEach(row -> table.append(String.format(
                            Locale.ROOT, "  %-38s %11.1f %12.2f%n", row.engine(), row.us(), row.us() / own)));
        });
        return table.toString();
    }
}
