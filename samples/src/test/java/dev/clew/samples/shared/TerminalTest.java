package dev.clew.samples.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TerminalTest {
    @Test
    @Timeout(30)
    void waitsForNobodyWhereNobodyIs() throws Exception {
        InputStream before = System.in;
        System.setProperty("samples.terminal", "false");
        try (PipedOutputStream silent = new PipedOutputStream()) {
            System.setIn(new PipedInputStream(silent));

            assertThat(Terminal.line(Duration.ofMillis(50))).isEmpty();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void namesTheDatabase() {
        assertThat(Terminal.database()).isEqualTo(Path.of("samples.db"));
        assertThat(Terminal.database("--db", "other.db")).isEqualTo(Path.of("other.db"));
    }
}
