package dev.clew.contracts.torture;

import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What all processes of a round have to do: to bring so many threads to their end.
 *
 * @param folder where they tell of it
 * @param seed decides on the programs
 * @param size how many threads
 * @param durability of every run
 */
public record TortureRound(Path folder, long seed, int size, Durability durability) {
    /** The same as arguments of a process, with its own seed, and whether it is troubled. */
    public String[] arguments(long own, boolean troubled) {
        return new String[] {
            folder.toString(),
            Long.toString(seed),
            Integer.toString(size),
            durability.name(),
            Long.toString(own),
            Boolean.toString(troubled)
        };
    }

    public static TortureRound of(String[] arguments) {
        return new TortureRound(
                Path.of(arguments[0]),
                Long.parseLong(arguments[1]),
                Integer.parseInt(arguments[2]),
                Durability.valueOf(arguments[3]));
    }

    public List<String> threads() {
        return IntStream.range(0, size).mapToObj(i -> "thread-" + i).toList();
    }

    public String input(String thread) {
        return thread + " of " + seed;
    }

    public static RunConfig config(String thread) {
        return RunConfig.thread(thread).runId(run(thread));
    }

    public static String run(String thread) {
        return "run-of-" + thread;
    }
}
