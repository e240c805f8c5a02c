package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.task.TaskFuture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred thousand tasks in one fan-out fit into a small heap. */
@Tag("heavy")
class FanOutTest {
    private static final int TASKS = 100_000;

    @Test
    void aHundredThousandTasksFitIntoHalfAGigabyte() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FanOutTest.class.getName())
                .inheritIO()
                .start();
        try {
            assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    /** Runs in a process of its own, whose heap is small. */
    public static void main(String[] args) {
        try (Lab lab = new Lab(Checkpointer.inMemory(), Durability.ASYNC)) {
            lab.body((input, calls, run) -> {
                List<TaskFuture<String>> all = new ArrayList<>();
                for (int i = 0; i < TASKS; i++) {
                    all.add(calls.task("t", "" + i, s -> s));
                }
                return "" + TaskFuture.allOf(all).stream().distinct().count();
            });
            String value = lab.workflow().invoke("in", RunConfig.thread("t")).value();
            System.exit(value.equals("" + TASKS) ? 0 : 1);
        }
    }
}
