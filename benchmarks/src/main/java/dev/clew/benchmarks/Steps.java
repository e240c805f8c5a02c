package dev.clew.benchmarks;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The workflows that are measured: steps that cost nothing themselves. */
public class Steps {
    static final int BLOB = 100_000;
    private static final String NOISE = noise(2 * BLOB);
    static final InterruptKey<Integer, Integer> GO = InterruptKey.of("go", Integer.class, Integer.class);

    @Task
    Integer step(Integer before) {
        return before + 1;
    }

    /** Characters that do not compress, other ones for each seed. */
    @Task
    String blob(Integer seed) {
        return NOISE.substring(seed, seed + BLOB);
    }

    @Entrypoint
    Integer sequence(Integer steps, StepsTasks tasks) {
        return inSequence(steps, tasks);
    }

    @Entrypoint
    Integer fanOut(Integer steps, StepsTasks tasks) {
        List<TaskFuture<Integer>> started = new ArrayList<>(steps);
        for (int i = 0; i < steps; i++) {
            started.add(tasks.step(i));
        }
        return TaskFuture.allOf(started).size();
    }

    @Entrypoint
    Integer pausing(Integer steps, StepsTasks tasks, Run run) {
        return inSequence(steps, tasks) + run.interrupt(GO, steps);
    }

    @Entrypoint
    Integer blobs(Integer steps, StepsTasks tasks) {
        int length = 0;
        for (int i = 0; i < steps; i++) {
            length += tasks.blob(i).join().length();
        }
        return length;
    }

    private static Integer inSequence(Integer steps, StepsTasks tasks) {
        Integer reached = 0;
        for (int i = 0; i < steps; i++) {
            reached = tasks.step(reached).join();
        }
        return reached;
    }

    private static String noise(int length) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('#' + random.nextInt(57)));
        }
        return text.toString();
    }
}
