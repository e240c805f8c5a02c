package dev.clew.samples.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    @TempDir
    private Path dir;

    @Test
    void theCollectorGetsASpanForEachActivationAndAttempt() throws Exception {
        List<String> printed = Play.in(dir).run(Traces::main);

        assertThat(printed)
                .extracting(line -> line.replaceAll("^.*: ", "").replaceAll("continues .*", "continues one"))
                .containsExactly(
                        "task search UNSET",
                        "invoke_workflow Traces.trip UNSET",
                        "task book ERROR",
                        "task book UNSET",
                        "invoke_workflow Traces.trip UNSET, continues one",
                        "booked the hotel in Rome");
    }
}
