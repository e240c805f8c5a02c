package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.Child;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worker processes on one file, and one that enqueues and answers; a worker is killed, and another one takes its place. */
@Timeout(180)
final class QueueProcessesTest {
    private static final int THREADS = 20;
    private static final int RUNS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyRunEndsOnceAndInItsOrderThoughAWorkerIsKilled(Durability durability) throws Exception {
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab front = QueueProcess.lab(db, durability, folder, null);
                Child first = worker(durability);
                Child second = worker(durability)) {
            List<RunHandle<String>> handles = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                for (int thread = 0; thread < THREADS; thread++) {
                    String id = thread + "-" + run + thread % 10;
                    handles.add(front.workflow()
                            .enqueue(
                                    id,
                                    RunConfig.thread("t" + thread)
                                            .queue(QueueProcess.QUEUE)
                                            .runId(id)));
                }
            }
            assertThat(first.line()).isEqualTo("works");
            assertThat(second.line()).isEqualTo("works");
            Eventually.until(() -> effects().size() >= THREADS);
            first.kill();
            try (Child third = worker(durability)) {
                for (RunHandle<String> handle : handles) {
                    assertThat(value(front, handle)).startsWith(handle.runId() + ".1.2");
                }
                third.end();
                second.end();
                assertThat(front.graph().queue(QueueProcess.QUEUE).requests()).isEmpty();
            }
        }
        requireOrder();
        if (durability == Durability.SYNC) {
            assertThat(effects().size()).isBetween(2 * RUNS * THREADS, 2 * RUNS * THREADS + 4);
        }
    }

    private Child worker(Durability durability) throws Exception {
        return Child.start(QueueProcess.class, folder.toString(), durability.name());
    }

    private static String value(Lab front, RunHandle<String> handle) {
        RunResult<String> result = handle.result(PATIENCE);
        while (result instanceof RunResult.Interrupted) {
            result = front.workflow()
                    .enqueue(Command.resume("ann"), RunConfig.thread(handle.threadId()))
                    .result(PATIENCE);
        }
        return result.value();
    }

    /** The runs of a thread have their effects one after the other; a step that was killed may have its effect again. */
    private void requireOrder() {
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = thread + "-";
            List<String> order = effects().stream()
                    .filter(line -> line.startsWith(prefix))
                    .distinct()
                    .toList();
            List<String> expected = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                String id = thread + "-" + run + thread % 10;
                expected.add(id + ".1");
                expected.add(id + ".1.2");
            }
            assertThat(order).isEqualTo(expected);
        }
    }

    private List<String> effects() {
        try {
            Path file = folder.resolve("effects");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
