package dev.clew.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** One result of JMH: a benchmark method with its parameters. */
record Measured(String method, Map<String, String> parameters, RunResult result) {
    static Measured of(RunResult result) {
        BenchmarkParams params = result.getParams();
        Map<String, String> parameters = new TreeMap<>();
        for (String key : params.getParamsKeys()) {
            parameters.put(key, params.getParam(key));
        }
        String name = params.getBenchmark();
        return new Measured(name.substring(name.lastIndexOf('.') + 1), parameters, result);
    }

    boolean isLimit() {
        return method.startsWith("limit");
    }

    int n() {
        return Integer.parseInt(parameters.getOrDefault("n", parameters.getOrDefault("units", "1")));
    }

    /** The variant, then what else tells this result from its neighbours. */
    String variant() {
        String rest = parameters.entrySet().stream()
                .filter(e -> !e.getKey().equals("n")
                        && !e.getKey().equals("units")
                        && !e.getKey().equals("variant"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("/"));
        return java.util.stream.Stream.of(
                        parameters.getOrDefault("variant", ""), method.equals("ours") ? "" : method, rest)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }

    /** Whether this limit is the one of those parameters. */
    boolean limits(Measured ours) {
        return isLimit()
                && parameters.entrySet().stream()
                        .filter(e -> !e.getKey().equals("units"))
                        .filter(e -> ours.parameters.containsKey(e.getKey()))
                        .allMatch(e -> e.getValue().equals(ours.parameters.get(e.getKey())));
    }

    /** The median, in microseconds for each unit. */
    double time(boolean perUnit) {
        double shot = result.getPrimaryResult().getStatistics().getPercentile(50);
        return shot / units(perUnit);
    }

    @Nullable
    Double allocated(boolean perUnit) {
        Result<?> norm = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return norm == null ? null : norm.getStatistics().getPercentile(50) / units(perUnit);
    }

    long runs() {
        return result.getPrimaryResult().getStatistics().getN();
    }

    private double units(boolean perUnit) {
        return perUnit ? Integer.parseInt(parameters.getOrDefault("units", Integer.toString(n()))) : 1;
    }
}
