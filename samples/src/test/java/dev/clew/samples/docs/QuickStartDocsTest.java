package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import hello.Trip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the quick start says that its program prints, each time in a process of its own. */
@Execution(ExecutionMode.CONCURRENT)
class QuickStartDocsTest {
    @TempDir
    private Path dir;

    @Test
    void theTripContinuesAfterItsProcessIsKilledWhileItBooks() throws Exception {
        assertThat(run()).containsExactly("planning", "three days in Crete? Run again with yes or no.");

        Process killed = start("yes");
        assertThat(killed.inputReader().readLine()).isEqualTo("booking");
        killed.destroyForcibly().waitFor();

        assertThat(run()).containsExactly("booking", "booked: three days in Crete");
        assertThat(run()).containsExactly("booked: three days in Crete");
        assertThat(run("no")).containsExactly("booked: three days in Crete");
    }

    @Test
    void theQuickStartShowsWhatIsPrinted() {
        assertThat(Snippet.read(Documents.ROOT.resolve("docs/quick-start.md")))
                .contains("planning\nthree days in Crete? Run again with yes or no.\n")
                .contains("```\nbooking\n```")
                .contains("booking\nbooked: three days in Crete\n")
                .contains("```\nbooked: three days in Crete\n```");
    }

    private List<String> run(String... args) throws Exception {
        Process process = start(args);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed.lines().toList();
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Trip.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
