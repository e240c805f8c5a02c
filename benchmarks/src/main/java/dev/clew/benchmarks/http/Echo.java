package dev.clew.benchmarks.http;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.TaskContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Workflows that do next to nothing, for what a server costs. */
public class Echo {
    private static final int PAUSE_MILLIS = 100;

    @Entrypoint(name = "noop")
    String noop(String text) {
        return text;
    }

    /** Gives a text of so many bytes. */
    @Entrypoint(name = "large")
    String large(int bytes) {
        return "x".repeat(bytes);
    }

    /** Tells the time, in microseconds, ten times a second. */
    @Task
    int tell(int times, TaskContext context) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            context.emit(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
            Thread.sleep(PAUSE_MILLIS);
        }
        return times;
    }

    @Entrypoint(name = "clock")
    int clock(int times, EchoTasks tasks) {
        return tasks.tell(times).join();
    }
}
