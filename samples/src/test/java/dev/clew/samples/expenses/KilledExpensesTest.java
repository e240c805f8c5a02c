package dev.clew.samples.expenses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The second act of the sample, with a real process that is really killed. */
@Timeout(120)
class KilledExpensesTest {
    @TempDir
    private Path dir;

    @Test
    void continuesAfterKillsAndSaysWhatRanAndWhatWasReplayed() throws Exception {
        List<String> ran = new ArrayList<>();
        for (String until : List.of("ran       extract#3", "ran       rate#2", "ran       pay#1")) {
            ran.addAll(killedAfter(until));
        }

        List<String> ended = Play.in(dir).run(ExpensesCommand::main, "approve");
        ended.stream().filter(line -> line.startsWith("ran ")).forEach(ran::add);

        assertThat(ran).filteredOn(line -> !line.contains("attempt")).doesNotHaveDuplicates();
        assertThat(ended).contains("paid: 1028.66 euros, approved by Dido; times that the bank booked it: 1");
    }

    /** Runs the command with an approval until it has printed this, and kills it. */
    private List<String> killedAfter(String until) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Dsamples.terminal=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExpensesCommand.class.getName(),
                        "--db",
                        Play.in(dir).database().toString(),
                        "--pace",
                        "20ms")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream answer = process.getOutputStream()) {
            answer.write("approve\n".getBytes(StandardCharsets.UTF_8));
        }
        List<String> ran = new ArrayList<>();
        for (String line = "";
                line != null && !line.startsWith(until);
                line = process.inputReader().readLine()) {
            if (line.startsWith("ran ")) {
                ran.add(line);
            }
        }
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return ran;
    }
}
