package dev.clew.sqlite;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.Worker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A worker of a queue, one of several processes on one file; each execution of a step leaves a line. */
final class QueueProcess {
    static final String QUEUE = "q";
    static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private QueueProcess() {}

    /** The program, with its effects in this folder; the process that only enqueues gets no worker. */
    static Lab lab(Sqlite db, Durability durability, Path folder, @Nullable Worker worker) {
        return new Lab(db.checkpointer(), durability)
                .options(graph -> {
                    var parking = LabGraph.lease(graph, Duration.ofSeconds(3)).parkAfter(Duration.ZERO);
                    return worker == null ? parking : parking.worker(worker);
                })
                .body((input, calls, run) -> {
                    String first = calls.task("first", input, in -> leave(in + ".1", folder))
                            .join();
                    run.sleep(Duration.ofMillis(10));
                    String name = input.endsWith("0") ? run.interrupt(NAME, "who?") : "";
                    return calls.task("second", first, in -> leave(in + ".2", folder))
                                    .join()
                            + name;
                });
    }

    private static String leave(String step, Path folder) {
        try {
            Files.writeString(
                    folder.resolve("effects"), step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return step;
    }

    public static void main(String[] arguments) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        Path folder = Path.of(arguments[0]);
        Worker worker = Worker.of(QUEUE).concurrency(4).pollEvery(Duration.ofMillis(50));
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = lab(db, Durability.valueOf(arguments[1]), folder, worker)) {
            lab.workflow();
            System.out.println("works");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
