package dev.clew.sim;

import dev.clew.contracts.SharedResources;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A test without error output: threads that die with their simulated process are logged as faults, thousands of them. */
@ResourceLock(SharedResources.LOG)
abstract class QuietTest {
    private final PrintStream err = System.err;

    @BeforeEach
    void begin() {
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        System.setErr(err);
    }
}
