package dev.clew.contracts.torture;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random program, for each input always the same: tasks alone, side by side, inside of others and with failures, naps,
 * and questions. Its value depends on every outcome and their order, but on no answer's or outcome's token.
 */
public final class TorturedProgram {
    private static final RetryPolicy TWICE = RetryPolicy.builder()
            .initialInterval(Duration.ofMillis(5))
            .jitter(false)
            .build();
    private static final String SEPARATOR = "|";

    private final Witness witness;
    private final String life;

    private TorturedProgram(Witness witness, String life) {
        this.witness = witness;
        this.life = life;
    }

    /** Watches the program at work. */
    public interface Witness {
        /** A body is at its first line; gives this life of it a name. */
        default String lives(String threadId) {
            return "";
        }

        /** An attempt begins; gives a token that is in its outcome. */
        default String began(String life, String stepId) {
            return "";
        }

        /** A body has this outcome of a step. */
        default void saw(String life, String stepId, String token) {}

        /** A body has this answer. */
        default void told(String threadId, String question, String answer) {}
    }

    /** The program's code. */
    public static Lab.Body body(Witness witness) {
        return (input, calls, run) ->
                new TorturedProgram(witness, witness.lives(run.threadId())).play(input, calls, run);
    }

    /** What a person answers; of no consequence but for the token. */
    public static String answer(String token) {
        return "yes" + SEPARATOR + token;
    }

    private String play(String input, Lab.Calls calls, Run run) {
        Random choice = new Random(input.hashCode());
        String value = input;
        int length = 10 + choice.nextInt(20);
        for (int at = 0; at < length; at++) {
            value = mixed(value, step(choice.nextInt(12), at, value, calls, run));
        }
        return value;
    }

    private String step(int kind, int at, String value, Lab.Calls calls, Run run) {
        return switch (kind) {
            case 0 -> asked("q" + at, value, run);
            case 1, 2 -> sideBySide(value, calls);
            case 3 -> outcome(leaf(spec("shaky").retry(TWICE), true, value, calls));
            case 4 -> {
                run.sleep(Duration.ofMillis(15));
                yield "slept";
            }
            case 5, 6 ->
                calls.scope("inside", value, (argument, inner, innerRun) -> inside(argument, inner))
                        .join();
            default -> outcome(leaf(spec("alone"), false, value, calls));
        };
    }

    private String asked(String name, String value, Run run) {
        String answer = run.interrupt(InterruptKey.of(name, String.class, String.class), value);
        witness.told(run.threadId(), name, answer);
        return answer.substring(0, answer.indexOf(SEPARATOR));
    }

    private String sideBySide(String value, Lab.Calls calls) {
        List<TaskFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            futures.add(leaf(spec("beside"), false, value + i, calls));
        }
        String all = "";
        for (TaskFuture<String> future : futures) {
            all = mixed(all, outcome(future));
        }
        return all;
    }

    private String inside(String argument, Lab.Calls calls) {
        String value = argument;
        for (int i = 0; i < 3; i++) {
            value = mixed(value, outcome(leaf(spec("inner"), false, value, calls)));
        }
        return value;
    }

    private static TaskSpec.Builder<String> spec(String name) {
        return TaskSpec.of(name, TypeRef.of(String.class))
                .method("TorturedProgram", name + "(String)")
                .parameter("argument", TypeRef.of(String.class));
    }

    private TaskFuture<String> leaf(
            TaskSpec.Builder<String> spec, boolean failsAtFirst, String argument, Lab.Calls calls) {
        return calls.raw()
                .call(spec.leaf(call -> work(call.<String>arg(0), failsAtFirst, call.taskContext())), argument);
    }

    private String work(String argument, boolean failsAtFirst, TaskContext task) throws IOException {
        String token = witness.began(life, task.stepId());
        if (failsAtFirst && task.attempt() == 1) {
            throw new IOException("try again");
        }
        return String.join(SEPARATOR, mixed(argument, "worked"), token, task.stepId());
    }

    private String outcome(TaskFuture<String> future) {
        String[] parts = future.join().split("\\" + SEPARATOR, 3);
        witness.saw(life, parts[2], parts[1]);
        return parts[0];
    }

    private static String mixed(String value, String more) {
        return Integer.toHexString((value + more).hashCode());
    }
}
