package dev.clew.sqlite;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs some threads at once, and writes down at once whatever their bodies and callers may rely on from then on. */
final class PowerProcess {
    static final int THREADS = 3;
    static final int STEPS = 30;
    static final int ASKING = 15;
    static final String VALUE = "x done";

    /** Outcomes of a few pages, so that the write-ahead log is emptied now and then. */
    private static final String LARGE = "large ".repeat(6_000);

    private static final InterruptKey<String, String> GO_ON = InterruptKey.of("go on?", String.class, String.class);

    private final FileOutputStream acknowledgements;

    private PowerProcess(FileOutputStream acknowledgements) {
        this.acknowledgements = acknowledgements;
    }

    /** Told of what was promised. */
    interface Told {
        void that(String what, String thread);
    }

    /** Of a thread. */
    static RunConfig config(String thread) {
        return RunConfig.thread(thread).runId("run-of-" + thread);
    }

    static Lab lab(Sqlite db, Durability durability, Told told) {
        return new Lab(db.checkpointer(), durability).body((input, calls, run) -> {
            told.that("began", run.threadId());
            for (int i = 0; i < STEPS; i++) {
                if (i == ASKING) {
                    run.interrupt(GO_ON, "go on?");
                    told.that("answered", run.threadId());
                }
                calls.task("s" + i, input, s -> s + LARGE).join();
                told.that("saw" + i, run.threadId());
            }
            return input + " done";
        });
    }

    private synchronized void acknowledge(String what, String thread) {
        try {
            acknowledgements.write((what + " " + thread + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work(Lab lab, String thread) {
        RunResult<String> result = lab.workflow().invoke("x", config(thread));
        acknowledge("paused", thread);
        if (result instanceof RunResult.Interrupted<String>) {
            lab.workflow().invoke(Command.resume("yes"), config(thread));
        }
        acknowledge("done", thread);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (FileOutputStream file = new FileOutputStream(folder.resolve("acks").toFile());
                Sqlite db = Sqlite.open(folder.resolve("power.db"))) {
            PowerProcess process = new PowerProcess(file);
            try (Lab lab = lab(db, Durability.valueOf(arguments[1]), process::acknowledge)) {
                lab.workflow();
                ExecutorService workers = Executors.newFixedThreadPool(THREADS);
                List<CompletableFuture<Void>> works = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    String thread = "t" + i;
                    works.add(CompletableFuture.runAsync(() -> process.work(lab, thread), workers));
                }
                works.forEach(CompletableFuture::join);
                workers.shutdown();
            }
        }
    }
}
