package dev.clew.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Has JMH measure a workload: whole calls, each timed alone, with what they allocate. */
final class Measurement {
    private Measurement() {}

    static List<Row> of(Workload workload, Effort effort) throws IOException, RunnerException {
        Path facts = Files.createTempFile("clew-benchmark", ".facts");
        try {
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .include("\\." + workload.benchmark().getSimpleName() + "\\.")
                    .mode(Mode.SingleShotTime)
                    .timeUnit(TimeUnit.MICROSECONDS)
                    .warmupIterations(effort.warmUps())
                    .measurementIterations(effort.calls())
                    .forks(effort.forks())
                    .jvmArgsAppend(
                            "--enable-native-access=ALL-UNNAMED",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                            "-D" + Facts.FILE + "=" + facts)
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT);
            if (!effort.sizes().isEmpty()) {
                options.param("n", effort.sizes().toArray(String[]::new));
            }
            List<Measured> results =
                    new Runner(options.build()).run().stream().map(Measured::of).toList();
            return Report.rows(workload, results, Facts.read(facts));
        } finally {
            Files.delete(facts);
        }
    }
}
