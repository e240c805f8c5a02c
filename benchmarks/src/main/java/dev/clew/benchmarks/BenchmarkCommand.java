package dev.clew.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code benchmarks/run [--quick] [--json FILE] [PATTERN]}: measures the workloads whose names match, prints each one's
 * table as it is done, and writes one JSON object for each row.
 */
public final class BenchmarkCommand {
    private static final String USAGE = "usage: benchmarks/run [--quick] [--json FILE] [PATTERN]";

    private BenchmarkCommand() {}

    record Request(boolean quick, @Nullable Path json, Pattern pattern) {
        static Request of(String... args) {
            boolean quick = false;
            Path json = null;
            Pattern pattern = Pattern.compile("");
            for (int i = 0; i < args.length; i++) {
                if (args[i].equals("--quick")) {
                    quick = true;
                } else if (args[i].equals("--json") && i + 1 < args.length) {
                    json = Path.of(args[++i]);
                } else if (!args[i].startsWith("-")) {
                    pattern = Pattern.compile(args[i], Pattern.CASE_INSENSITIVE);
                } else {
                    throw new IllegalArgumentException(USAGE);
                }
            }
            return new Request(quick, json, pattern);
        }

        boolean wants(Workload workload) {
            return pattern.matcher(workload + " " + workload.title()).find();
        }
    }

    public static void main(String[] args) throws IOException, RunnerException {
        Request request;
        try {
            request = Request.of(args);
        } catch (IllegalArgumentException bad) {
            System.err.println(bad.getMessage());
            System.exit(2);
            return;
        }
        List<Row> rows = new ArrayList<>();
        System.out.println("Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors; medians; limits are of the same run");
        for (Workload workload : Workload.values()) {
            if (request.wants(workload)) {
                List<Row> measured = Measurement.of(workload, request.quick() ? Effort.quick(workload) : Effort.WHOLE);
                System.out.print(Report.table(workload, measured));
                rows.addAll(measured);
            }
        }
        if (request.json() != null) {
            JsonMapper mapper = JsonMapper.builder().build();
            Files.write(
                    request.json(),
                    rows.stream().map(mapper::writeValueAsString).toList());
        }
    }
}
