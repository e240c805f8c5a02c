package dev.clew.contracts.lab;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many living objects of our own classes there are, by class, and how many bytes they take; those of the tests aside.
 * Counting collects all garbage first.
 */
public record Census(Map<String, Long> objects, long bytes) {

    public static Census take() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Long> objects = new TreeMap<>();
        long bytes = 0;
        for (String line : ((String) histogram).split("\n")) {
            String[] columns = line.strip().split("\\s+"); // rank: objects bytes class
            if (columns.length > 3
                    && columns[3].startsWith("dev.clew.")
                    && !columns[3].startsWith("dev.clew.contracts.")) {
                objects.merge(columns[3], Long.valueOf(columns[1]), Long::sum);
                bytes += Long.parseLong(columns[2]);
            }
        }
        return new Census(objects, bytes);
    }

    /** How many there are of classes that begin so; lambdas aside, of which those that hold nothing are kept for ever. */
    public long of(String prefix) {
        return objects.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(prefix) && !entry.getKey().contains("$$Lambda"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
