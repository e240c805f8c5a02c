package dev.clew.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a benchmark weighed beside its time, told by its forked JVM to the one that reports: one line for each number in
 * the file that {@value #FILE} names.
 */
record Facts(String workload, String variant, int n, String what, double value) {
    static final String FILE = "clew.benchmarks.facts";

    /** Notes a number; without a file to note it in, nothing happens. */
    static void note(String workload, String variant, int n, String what, double value) {
        String file = System.getProperty(FILE);
        if (file != null) {
            String line =
                    String.join("\t", workload, variant, Integer.toString(n), what, Double.toString(value)) + "\n";
            try {
                Files.writeString(Path.of(file), line, StandardOpenOption.APPEND);
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
    }

    static List<Facts> read(Path file) {
        List<Facts> facts = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split("\t", -1);
                facts.add(new Facts(
                        fields[0], fields[1], Integer.parseInt(fields[2]), fields[3], Double.parseDouble(fields[4])));
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
        return facts;
    }

    /** The median of what was noted for one row. */
    static OptionalDouble median(List<Facts> facts, String workload, String variant, int n, String what) {
        double[] values = facts.stream()
                .filter(f ->
                        f.workload.equals(workload) && f.variant.equals(variant) && f.n == n && f.what.equals(what))
                .mapToDouble(Facts::value)
                .sorted()
                .toArray();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(values[values.length / 2]);
    }
}
