package dev.clew.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.flow.Durability;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random programs end as they would undisturbed, whatever comes over their processes, disks and people.
 *
 * <p>{@code -Dclew.random.programs=20000} runs more of them, {@code -Dclew.random.seed=42} begins at another seed, and
 * {@code -Dclew.random.shrink=true} looks for a smaller program that fails too.
 */
class RandomProgramsTest {
    private static final int DISTURBANCES = 6;
    private static final int TRIES = 20;

    @Test
    void randomProgramsEndAsTheyWouldUndisturbed() {
        long seed = Long.getLong("clew.random.seed", 1);
        int programs = Integer.getInteger("clew.random.programs", 30);
        for (long s = seed; s < seed + programs; s++) {
            Random random = new Random(s);
            Program drawn = Program.random(random);
            Program program = s % 3 == 0 ? drawn.withGuards(random) : s % 3 == 1 ? drawn.withEffects(random) : drawn;
            Optional<String> fault = fault(program, s);
            if (fault.isPresent()) {
                Program smallest = Boolean.getBoolean("clew.random.shrink") ? shrunk(program, s) : program;
                throw new AssertionError(
                        "-Dclew.random.seed=" + s + " -Dclew.random.programs=1\n" + fault.get() + "\n" + smallest);
            }
        }
    }

    private static Program shrunk(Program program, long seed) {
        Optional<Program> smaller = program.smaller()
                .filter(part -> {
                    for (int i = 0; i < TRIES; i++) {
                        if (fault(part, seed + i).isPresent()) {
                            return true;
                        }
                    }
                    return false;
                })
                .findFirst();
        return smaller.isPresent() ? shrunk(smaller.get(), seed) : program;
    }

    /** What goes wrong with a program, if anything does. */
    private static Optional<String> fault(Program program, long seed) {
        Random random = new Random(~seed);
        StringBuilder story = new StringBuilder();
        try {
            String expected = run(new Trial(program, random, Durability.SYNC, 0), story);
            Durability durability = Durability.values()[random.nextInt(Durability.values().length)];
            int troubles = 1 + random.nextInt(DISTURBANCES);
            assertThat(run(new Trial(program, random, durability, troubles), story))
                    .isEqualTo(expected);
            return Optional.empty();
        } catch (Exception | AssertionError fault) {
            java.io.StringWriter text = new java.io.StringWriter();
            fault.printStackTrace(new java.io.PrintWriter(text));
            return Optional.of(story + "\n" + text);
        }
    }

    private static String run(Trial trial, StringBuilder story) throws Exception {
        try (trial) {
            return trial.run();
        } finally {
            story.append(trial.story()).append('\n');
        }
    }
}
