package dev.clew.sim;

import static dev.clew.sim.Program.Kind.ASK;
import static dev.clew.sim.Program.Kind.FAN;
import static dev.clew.sim.Program.Kind.RACE;
import static dev.clew.sim.Program.Kind.SEQ;
import static dev.clew.sim.Program.Kind.TASK;

import dev.clew.flow.Durability;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts how many different interleavings the simulation finds. An engine with fewer places at which a turn can be given
 * away gives fewer, and the simulation would see less of it without a word.
 *
 * <p>The programs are so small that many seeds give the same interleaving: so a loss shows.
 */
final class Diversity {
    private static final Map<String, Program> PROGRAMS = new LinkedHashMap<>();

    static {
        Program task = Program.of(TASK, 0);
        PROGRAMS.put("a task", Program.of(SEQ, 0, task));
        PROGRAMS.put("two tasks", Program.of(SEQ, 0, task, task));
        PROGRAMS.put("a fan-out", Program.of(FAN, 0, task, task));
        PROGRAMS.put("a race", Program.of(RACE, 0, task, task));
        PROGRAMS.put("a question", Program.of(SEQ, 0, Program.of(ASK, 1)));
    }

    private Diversity() {}

    /** How many of so many seeds a program are different, by program. */
    static Map<String, Integer> of(int seeds, int preempts, int points) {
        Map<String, Integer> distinct = new LinkedHashMap<>();
        PROGRAMS.forEach((name, program) -> {
            try (Carriers carriers = new Carriers()) {
                Schedule schedule = new Schedule(
                                0, Durability.SYNC, 1, 1, 2, Duration.ZERO, preempts, false, false, false, List.of())
                        .withPoints(points);
                Set<Long> seen = new HashSet<>();
                for (int seed = 0; seed < seeds; seed++) {
                    Simulation.Result result =
                            Simulation.run(program.numbered(), schedule.reseeded(seed), carriers, false);
                    if (result.fault() != null) {
                        throw new AssertionError(name + ", seed " + seed + ": " + result.fault());
                    }
                    seen.add(result.interleaving());
                }
                distinct.put(name, seen.size());
            }
        });
        return distinct;
    }

    /** Prints the counts for so many seeds a program, chances of locks and chances of deeds. */
    public static void main(String[] arguments) {
        int seeds = Integer.parseInt(arguments[0]);
        Map<String, Integer> found = of(seeds, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        int all = found.values().stream().mapToInt(each -> each).sum();
        System.out.printf("%d distinct interleavings of %d seeds: %s%n", all, seeds * found.size(), found);
    }
}
