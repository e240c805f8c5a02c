package dev.clew.sqlite;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * Starts, or continues, a run that asks something while it goes on: its question races a timer, or is joined with a
 * limit. Prints that it asks, that the answer is used, and the run's value.
 */
final class RacingProcess {
    static final RunConfig THREAD = RunConfig.thread("race");

    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final Duration LIMIT = Duration.ofSeconds(55);

    private RacingProcess() {}

    /** The program; its step that uses the answer leaves a line in a file. */
    static Lab lab(Sqlite db, String program, Durability durability, Path folder) {
        return new Lab(db.checkpointer(), durability)
                .options(graph -> LabGraph.lease(graph, Duration.ofSeconds(60))
                        .parkAfter(LIMIT.plusSeconds(5))
                        .listener(new Asking()))
                .body((input, calls, run) -> {
                    TaskFuture<String> ask = calls.scope("who", "who", (in, c, r) -> r.interrupt(NAME, in + "?"));
                    String name = program.equals("join") ? ask.join(LIMIT) : race(ask, run.timer(LIMIT));
                    String used =
                            calls.task("use", name, text -> use(text, folder)).join();
                    System.out.println("used " + used);
                    return calls.task("last", used, text -> last(text, folder)).join();
                });
    }

    private static String race(TaskFuture<String> ask, TaskFuture<?> deadline) {
        TaskFuture<?> first = TaskFuture.anyOf(List.of(ask, deadline));
        return first == ask ? ask.join() : "nobody";
    }

    private static String use(String name, Path folder) throws IOException {
        Files.writeString(folder.resolve("used"), name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return name;
    }

    /** Ends only where the folder says so, so that a process can be killed in it. */
    private static String last(String name, Path folder) throws IOException {
        if (!Files.exists(folder.resolve("last"))) {
            System.in.read();
        }
        return name + "!";
    }

    private static final class Asking implements RunListener {
        @Override
        public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
            System.out.println("asks");
        }
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = lab(db, arguments[1], Durability.valueOf(arguments[2]), folder)) {
            boolean begun = lab.workflow().state(THREAD).runId() != null;
            String value = begun
                    ? lab.workflow().invoke(Command.proceed(), THREAD).value()
                    : lab.workflow().invoke("x", THREAD).value();
            System.out.println("value " + value);
        }
    }
}
