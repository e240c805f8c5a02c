package dev.clew.sqlite;

import dev.clew.fuzz.FuzzTarget;
import dev.clew.fuzz.FuzzedInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lets Jazzer, which sees what of the code each input reaches, look for inputs that break a promise: one process after
 * another, each with one target.
 *
 * <pre>
 * testing/fuzz --minutes 60
 * testing/fuzz --target codec --replay FILE
 * </pre>
 *
 * <p>What an input must be, and what is promised of it, is said by each {@link FuzzTargets target}.
 */
public final class Fuzz {
    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
    private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units: (\\d+)");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");
    private static final int MOST_FINDINGS = 20;
    /** In seconds, of one input: much, for machines with much else to do. */
    private static final int LONG_ENOUGH = 60;

    /** Until a process is ready, and after it should have ended. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;

    /** Keeps in the folder what leads far, for the next time, and what was found. */
    Fuzz(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** What was done with one target, and the inputs that were found; the coverage is Jazzer's, in edges. */
    record Report(FuzzTargets target, long runs, long coverage, long features, long corpus, List<Path> findings) {
        @Override
        public String toString() {
            return target + ": runs=" + runs + " coverage=" + coverage + " features=" + features + " corpus=" + corpus
                    + " findings=" + findings.size();
        }
    }

    Report run(FuzzTargets target, Duration time) throws IOException, InterruptedException {
        Path own = folder.resolve(target.toString());
        Path corpus = Files.createDirectories(own.resolve("corpus"));
        Path found = Files.createDirectories(own.resolve("found"));
        Path temporary = Files.createDirectories(own.resolve("temporary"));
        List<Path> foundBefore = inputs(found);
        seed(target, corpus, temporary);
        Path log = own.resolve("jazzer.log");
        Process jazzer = new ProcessBuilder(command(target, time, corpus, found, temporary))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status;
        try {
            status = jazzer.waitFor(time.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS) ? jazzer.exitValue() : -1;
        } finally {
            jazzer.destroyForcibly();
            delete(temporary);
        }
        String told = Files.readString(log, StandardCharsets.UTF_8);
        List<Path> findings = new ArrayList<>(inputs(found));
        findings.removeAll(foundBefore);
        long runs = last(RUNS, told, 1);
        if (status != 0 && findings.isEmpty() || runs == 0 && findings.isEmpty()) {
            throw new IOException(target + " was not fuzzed; Jazzer ended with " + status + ", see " + log);
        }
        return new Report(
                target, runs, last(COVERAGE, told, 1), last(COVERAGE, told, 2), last(COVERAGE, told, 3), findings);
    }

    private static List<String> command(FuzzTargets target, Duration time, Path corpus, Path found, Path temporary) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                JAZZER,
                "--target_class=" + FuzzProcess.class.getName(),
                "--target_args=" + target + " " + temporary,
                "--instrumentation_includes=dev.clew.**:tools.jackson.core.json.UTF8StreamJsonParser",
                "--custom_hook_includes=dev.clew.**",
                "--instrumentation_excludes=dev.clew.contracts.**:dev.clew.fuzz.**",
                "--keep_going=" + MOST_FINDINGS,
                "--reproducer_path=" + temporary,
                "-artifact_prefix=" + found + "/",
                "-max_total_time=" + Math.max(1, time.toSeconds()),
                "-timeout=" + LONG_ENOUGH,
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                corpus.toString());
    }

    private static void seed(FuzzTargets target, Path corpus, Path temporary) throws IOException {
        List<byte[]> seeds;
        try {
            seeds = new ArrayList<>(target.in(temporary).seeds());
        } catch (Exception e) {
            throw new IOException("there are no seeds for " + target, e);
        }
        for (Path file : FuzzedInputs.found(target.toString())) {
            seeds.add(Files.readAllBytes(file));
        }
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
    }

    private static List<Path> inputs(Path found) throws IOException {
        try (Stream<Path> files = Files.list(found)) {
            return files.filter(file -> file.getFileName().toString().matches("(crash|timeout|oom)-.*"))
                    .sorted()
                    .toList();
        }
    }

    private static long last(Pattern pattern, String told, int group) {
        long last = 0;
        for (Matcher matcher = pattern.matcher(told); matcher.find(); ) {
            last = Long.parseLong(matcher.group(group));
        }
        return last;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void replay(FuzzTargets target, Path input) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("replay"));
        try {
            FuzzTarget made = target.in(temporary);
            made.take(Files.readAllBytes(input));
            System.out.println("nothing wrong with " + input);
        } finally {
            delete(temporary);
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(
                        CommandLine.getCommandMethods(Fuzz.class, "fuzz").get(0))
                .execute(arguments));
    }

    @Command(
            name = "testing/fuzz",
            description = "Looks for inputs that break a promise.",
            showDefaultValues = true,
            mixinStandardHelpOptions = true)
    static int fuzz(
            @Option(names = "--folder", required = true, description = "keeps what is found") Path folder,
            @Option(names = "--minutes", defaultValue = "4", description = "of all targets together") double minutes,
            @Option(names = "--target", description = "one target; default: all") String target,
            @Option(names = "--replay", description = "an input to try again with one target") Path replay)
            throws Exception {
        List<FuzzTargets> targets = target == null ? List.of(FuzzTargets.values()) : List.of(FuzzTargets.named(target));
        Fuzz fuzz = new Fuzz(folder);
        if (replay != null) {
            if (targets.size() > 1) {
                throw new IllegalArgumentException("say with --target what the input is for");
            }
            fuzz.replay(targets.get(0), replay);
            return 0;
        }
        Duration each = Duration.ofMillis((long) (minutes * 60_000 / targets.size()));
        long runs = 0;
        int findings = 0;
        for (FuzzTargets one : targets) {
            Report report = fuzz.run(one, each);
            System.out.println(report);
            for (Path finding : report.findings()) {
                System.out.println("found: testing/fuzz --target " + one + " --replay " + finding);
            }
            runs += report.runs();
            findings += report.findings().size();
        }
        System.out.println("targets=" + targets.size() + " runs=" + runs + " findings=" + findings);
        return findings == 0 ? 0 : 1;
    }
}
