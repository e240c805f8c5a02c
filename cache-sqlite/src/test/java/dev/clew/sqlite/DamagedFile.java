package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadSummary;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real file with threads in it, and what one does with such files when they are damaged. */
final class DamagedFile {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private DamagedFile() {}

    private static Lab lab(Sqlite db) {
        return new Lab(db.checkpointer(), Durability.SYNC)
                .options(graph -> graph.closeTimeout(Duration.ofSeconds(1)))
                .body((input, calls, run) -> {
                    String value = input;
                    for (int i = 0; i < 6; i++) {
                        value = calls.task("grow", value, text -> text + "x".repeat(50))
                                .join();
                    }
                    return input.equals("asks") ? run.interrupt(NAME, value) : value;
                });
    }

    /** Sixteen threads, half of which wait for an answer. */
    static byte[] sound(Path folder) throws IOException {
        Path file = folder.resolve("sound.db");
        try (Sqlite db = Sqlite.open(file);
                Lab lab = lab(db)) {
            for (int i = 0; i < 8; i++) {
                lab.workflow().invoke("done", RunConfig.thread("done-" + i));
                lab.workflow().invoke("asks", RunConfig.thread("asks-" + i));
            }
        }
        return Files.readAllBytes(file);
    }

    /** Does with the file what one does; how much of it failed. */
    static int failures(Path file) {
        int failed = 0;
        try (Sqlite db = Sqlite.open(file);
                Lab lab = lab(db)) {
            for (int i = 0; i < 8; i++) {
                String done = "done-" + i;
                String asks = "asks-" + i;
                for (Runnable use : List.<Runnable>of(
                        () -> assertThat(lab.workflow().state(done).value()).isIn(null, "done" + "x".repeat(300)),
                        () -> lab.workflow().history(done),
                        () -> lab.workflow().state(asks).pending().forEach(question -> question.value()),
                        () -> lab.workflow().invoke(Command.resume("Ann"), RunConfig.thread(asks)),
                        () -> lab.workflow().invoke("done", RunConfig.thread(done)),
                        () -> lab.graph().deleteThread(done))) {
                    failed += failed(use);
                }
            }
            failed += failed(() -> lab.graph().recover());
            failed += failed(() -> {
                List<ThreadSummary> threads = lab.graph().threads(ThreadQuery.all());
                assertThat(threads).hasSizeLessThanOrEqualTo(16);
            });
        } catch (ClewException refused) {
            failed++;
        }
        return failed;
    }

    private static int failed(Runnable use) {
        try {
            use.run();
            return 0;
        } catch (ClewException clear) {
            return 1;
        }
    }
}
