package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.CountingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thread of many steps: its file grows with what the steps give and by little more, and resuming it reads its log once.
 * {@code -Dclew.long.steps=100000} makes it longer.
 */
@Timeout(600)
final class LongThreadTest {
    private static final int STEPS = Integer.getInteger("clew.long.steps", 8_000);
    private static final int PAYLOAD = 150;
    private static final RunConfig THREAD = RunConfig.thread("long");
    private static final InterruptKey<String, String> GO = InterruptKey.of("go", String.class, String.class);

    @TempDir
    Path folder;

    private Path file(int steps) {
        return folder.resolve("long-" + steps + ".db");
    }

    private static Lab lab(CountingCheckpointer store, int steps) {
        return new Lab(store, Durability.ASYNC).body((input, calls, run) -> {
            long bytes = 0;
            for (int i = 0; i < steps; i++) {
                int n = i;
                bytes += calls.task("step", input, s -> payload(n)).join().length();
            }
            return run.interrupt(GO, "go?") + bytes;
        });
    }

    private static String payload(int n) {
        String text = "step-" + n + "-";
        return text + "x".repeat(PAYLOAD - text.length());
    }

    /** Runs so many steps, and gives how many bytes the file has then. */
    private long run(int steps) throws Exception {
        try (Sqlite db = Sqlite.open(file(steps));
                Lab lab = lab(new CountingCheckpointer(db.checkpointer()), steps)) {
            lab.workflow().invoke("in", THREAD.maxSteps(2L * steps));
        }
        return Files.size(file(steps));
    }

    @Test
    @Tag("B207")
    void growsWithItsPayloadAndIsResumedByOneRead() throws Exception {
        Sqlite.open(folder.resolve("empty.db")).close();
        long empty = Files.size(folder.resolve("empty.db"));
        long began = System.nanoTime();
        long quarter = run(STEPS / 4) - empty;
        long whole = run(STEPS) - empty;
        long ran = System.nanoTime();

        assertThat(whole).isLessThanOrEqualTo((long) (1.2 * PAYLOAD * STEPS) + 200L * STEPS);
        assertThat(whole / (double) STEPS).isBetween(0.9 * quarter * 4 / STEPS, 1.1 * quarter * 4 / STEPS);

        try (Sqlite db = Sqlite.open(file(STEPS))) {
            CountingCheckpointer counted = new CountingCheckpointer(db.checkpointer());
            try (Lab lab = lab(counted, STEPS)) {
                lab.graph();
                RunResult<String> result = lab.workflow().invoke(Command.resume("on"), THREAD.maxSteps(2L * STEPS));

                assertThat(result.value()).isEqualTo("on" + (long) PAYLOAD * STEPS);
                assertThat(lab.ran()).isEmpty();
                assertThat(Collections.frequency(counted.calls(), "scan")).isEqualTo(1);
                assertThat(counted.calls())
                        .filteredOn(call -> !call.equals("renew"))
                        .hasSizeLessThan(12);
            }
        }
        System.out.printf(
                "%d steps of %d bytes: %.1f bytes of the file each; run in %d ms, resumed in %d ms%n",
                STEPS,
                PAYLOAD,
                whole / (double) STEPS,
                (ran - began) / 1_000_000,
                (System.nanoTime() - ran) / 1_000_000);
    }

    @Test
    @Tag("B207")
    void storesEachValueOnce() throws Exception {
        assertThat(stored("kept.db", true)).containsOnlyOnce("the argument");
        assertThat(stored("not-kept.db", false)).doesNotContain("the argument");
    }

    /** The bytes of the file after a run, as text, in which the run's other values are once. */
    private String stored(String name, boolean keepArguments) throws Exception {
        Path file = folder.resolve(name);
        try (Sqlite db = Sqlite.open(file);
                Lab lab = new Lab(db.checkpointer(), Durability.SYNC)
                        .options(graph -> graph.keepArguments(keepArguments))
                        .body((input, calls, run) -> {
                            calls.task("step", "the argument", s -> "the outcome of the step")
                                    .join();
                            return "the value of the run";
                        })) {
            lab.workflow().invoke("the input of the run", THREAD);
        }
        String stored = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(stored)
                .containsOnlyOnce("the outcome of the step")
                .containsOnlyOnce("the value of the run")
                .containsOnlyOnce("the input of the run");
        return stored;
    }
}
