package dev.clew.sqlite;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Runs, or recovers, a workflow of many steps, each of which leaves a line in a file. Prints every step that its body
 * has seen done, and at last how the run ended.
 */
final class WorkingProcess {
    static final int STEPS = 60;
    static final RunConfig THREAD = RunConfig.thread("work");

    /** The step that may take long. */
    static final String PAUSED = "s3";

    /** The last step: a program that is held there can be killed before it ends, however late the kill comes. */
    static final String LAST = "s" + (STEPS - 1);

    private WorkingProcess() {}

    /** Before this step the program may ask, and pause. */
    static final int ASKING = 30;

    private static final InterruptKey<String, Boolean> GO_ON = InterruptKey.of("go on?", String.class, Boolean.class);

    /** Watches the program at work. */
    interface Watcher {
        /** In a step, before its effect. */
        default void in(String step) throws IOException {}

        /** In the body, once the step is done. */
        default void saw(String step) {}

        /** Whether the program asks half way. */
        default boolean asks() {
            return false;
        }
    }

    /** The program, with its effects in this folder. */
    static Lab lab(Sqlite db, Durability durability, Path folder, Duration lease, Watcher watcher) {
        return new Lab(db.checkpointer(), durability)
                .options(graph -> LabGraph.lease(graph, lease))
                .body((input, calls, run) -> {
                    for (int i = 0; i < STEPS; i++) {
                        if (i == ASKING && watcher.asks()) {
                            run.interrupt(GO_ON, "go on?");
                        }
                        String step = "s" + i;
                        calls.task(step, input, s -> {
                                    watcher.in(step);
                                    return leave(step, folder);
                                })
                                .join();
                        watcher.saw(step);
                    }
                    return input + " done";
                });
    }

    /** Prints what the body saw, and waits in these steps for a line. */
    private record Told(Set<String> waitsIn, boolean asks) implements Watcher {
        @Override
        public void in(String step) throws IOException {
            if (waitsIn.contains(step)) {
                System.in.read();
            }
        }

        @Override
        public void saw(String step) {
            System.out.println(step);
        }
    }

    private static String leave(String step, Path folder) throws IOException {
        Files.writeString(folder.resolve("effects"), step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return step;
    }

    static List<String> effects(Path folder) throws IOException {
        Path file = folder.resolve("effects");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static boolean has(String[] arguments, String word) {
        return Arrays.asList(arguments).contains(word);
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Durability durability = Durability.valueOf(arguments[1]);
        Duration lease = Duration.ofMillis(Long.parseLong(arguments[2]));
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = lab(
                        db,
                        durability,
                        folder,
                        lease,
                        new Told(Set.copyOf(Arrays.asList(arguments)), has(arguments, "asks")))) {
            ThreadState<String> state = lab.workflow().state(THREAD);
            if (has(arguments, "asks")) {
                RunResult<String> result = state.pending().isEmpty()
                        ? lab.workflow().invoke("x", THREAD)
                        : lab.workflow().invoke(Command.resume(true), THREAD);
                System.out.println(result instanceof RunResult.Completed ? "value " + result.value() : "paused");
                return;
            }
            boolean begun = state.runId() != null;
            String value = begun
                    ? String.valueOf(lab.graph()
                            .recover()
                            .run("work")
                            .orElseThrow()
                            .join()
                            .value())
                    : lab.workflow().invoke("x", THREAD).value();
            System.out.println("value " + value);
        } catch (RuntimeException failed) {
            System.out.println("failed " + failed.getClass().getSimpleName());
        }
    }
}
