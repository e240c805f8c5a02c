package dev.clew.samples.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.sqlite.Sqlite;
import dev.clew.state.StepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The promise of the sample, kept by a real process that is really killed. */
@Execution(ExecutionMode.CONCURRENT)
class KilledDigestTest {
    private static final int ROUNDS = 20;
    private static final int LONGEST_LIFE_MILLIS = 500;

    @TempDir
    private Path dir;

    @Test
    void endsAsIfUndisturbedAfterTwentyKills() throws Exception {
        Path document = Files.writeString(dir.resolve("document.md"), longText());
        DigestProcess.run(dir, "approve\n", arguments("calm.db", "calm.md", "0s", document));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> ran = new ArrayList<>();

        for (int round = 0; round < ROUNDS; round++) {
            DigestProcess process = DigestProcess.start(dir, arguments("wild.db", "wild.md", "100ms", document));
            process.awaitOutput("digest ");
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
            ran.addAll(process.killed().lines("ran       condense#"));
        }
        var ended = DigestProcess.run(dir, "approve\n", arguments("wild.db", "wild.md", "0s", document));
        ran.addAll(ended.lines("ran       condense#"));

        assertThat(ended.exitCode()).as("seed %d: %s", seed, ended.output()).isZero();
        assertThat(dir.resolve("wild.md")).hasSameTextualContentAs(dir.resolve("calm.md"));
        assertThat(ran.stream().map(line -> line.split(" {2,}")[1]).toList())
                .as("seed %d: no process condenses what another one finished", seed)
                .doesNotHaveDuplicates();
        assertThat(condensed("wild.db"))
                .as("seed %d", seed)
                .isEqualTo(condensed("calm.db"))
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates();
    }

    @Test
    void isFinishedByAnotherProcessThatWaitedForIt() throws Exception {
        Path document = Files.copy(Path.of("..", "LICENSE"), dir.resolve("document.txt"));
        // The first is slow enough to be at work still when the second has started on a busy machine.
        DigestProcess first = DigestProcess.start(dir, arguments("wild.db", "wild.md", "3s", document));
        first.awaitOutput("ran       condense#");
        DigestProcess second = DigestProcess.start(dir, arguments("wild.db", "wild.md", "10ms", document));
        second.awaitOutput("another process is at work on it");

        first.killed();
        second.awaitOutput("Is this the digest you want?");

        assertThat(second.terminated().lines("replayed  ")).isNotEmpty();
    }

    /** The condensed sections as the log has them, all of which must have succeeded at once. */
    private List<String> condensed(String db) {
        try (var sqlite = Sqlite.open(dir.resolve(db));
                var graph = DigestFlowGraph.builder(new DigestFlow(Duration.ZERO))
                        .checkpointer(sqlite.checkpointer())
                        .build()) {
            return graph.digest().state("t").steps().stream()
                    .filter(step -> step.name().equals("condense"))
                    .peek(step -> assertThat(step.status()).isEqualTo(StepState.Status.SUCCEEDED))
                    .map(StepState::path)
                    .sorted()
                    .toList();
        }
    }

    private String[] arguments(String db, String out, String pace, Path document) {
        return new String[] {
            "--db",
            dir.resolve(db).toString(),
            "--thread",
            "t",
            "--out",
            dir.resolve(out).toString(),
            "--pace",
            pace,
            document.toString()
        };
    }

    /** The documents of this repository, one after the other. */
    private static String longText() throws IOException {
        return Files.readString(Path.of("..", "README.md"))
                + "\n" + Files.readString(Path.of("..", "CONTRIBUTING.md"))
                + "\n# Licence\n\n" + Files.readString(Path.of("..", "LICENSE")).replaceAll("(?m)^ +", "");
    }
}
