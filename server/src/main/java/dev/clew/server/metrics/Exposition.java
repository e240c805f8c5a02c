package dev.clew.server.metrics;

import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Metrics in Prometheus' text format.
 *
 * <pre>{@code
 * text.family("clew_streams_open", "gauge", "Streams that clients read.").sample("clew_streams_open", Map.of(), 3);
 * }</pre>
 */
public final class Exposition {
    /** The media type. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** Begins a family, whose samples follow. */
    public Exposition family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** Adds a count. */
    public Exposition sample(String name, Map<String, String> labels, long count) {
        return sample(name, labels, BigDecimal.valueOf(count));
    }

    /** Adds a value. */
    public Exposition sample(String name, Map<String, String> labels, double value) {
        return sample(name, labels, BigDecimal.valueOf(value));
    }

    private Exposition sample(String name, Map<String, String> labels, BigDecimal value) {
        text.append(name);
        if (!labels.isEmpty()) {
            StringJoiner all = new StringJoiner(",", "{", "}");
            new TreeMap<>(labels).forEach((label, is) -> all.add(label + "=\"" + escaped(is) + '"'));
            text.append(all);
        }
        text.append(' ').append(value.stripTrailingZeros().toPlainString()).append('\n');
        return this;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
