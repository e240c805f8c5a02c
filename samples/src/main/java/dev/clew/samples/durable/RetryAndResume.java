package dev.clew.samples.durable;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A passing failure is retried by itself; one that stays fails the run, which goes on where it failed once its cause is
 * mended. What had succeeded is not done again.
 */
public class RetryAndResume {
    private final AtomicBoolean diskFull;

    RetryAndResume(AtomicBoolean diskFull) {
        this.diskFull = diskFull;
    }

    @Task(retry = @Retry(maxAttempts = 3, initialInterval = "PT0.05S"))
    String download(String report, TaskContext task) throws IOException {
        System.out.println("download: attempt " + task.attempt());
        if (task.attempt() < 3) {
            throw new IOException("the connection was reset");
        }
        return "contents of " + report;
    }

    @Task
    String save(String contents) {
        System.out.println("save");
        if (diskFull.get()) {
            throw new UncheckedIOException(new IOException("no space left on the disk"));
        }
        return "saved the " + contents;
    }

    @Entrypoint
    String fetch(String report, RetryAndResumeTasks tasks) {
        return tasks.save(tasks.download(report).join()).join();
    }

    public static void main(String... args) {
        AtomicBoolean diskFull = new AtomicBoolean(true);
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = RetryAndResumeGraph.builder(new RetryAndResume(diskFull))
                        .checkpointer(db.checkpointer())
                        .build()) {
            RunConfig job = RunConfig.once("retry-and-resume");
            try {
                graph.fetch().invoke("May", job);
            } catch (WorkflowFailedException failed) {
                System.out.println("failed: " + failed.failure().message());
            }
            diskFull.set(false); // somebody makes room, today or next week, in this process or another
            System.out.println(graph.fetch().invoke(Command.proceed(), job).value());
        }
    }
}
