package dev.clew.sqlite;

import dev.clew.fuzz.FuzzTarget;
import java.nio.file.Path;
import java.util.List;

/** What Jazzer calls, in a process of its own; it finds the two methods by their names. */
public final class FuzzProcess {
    private static FuzzTarget target;

    private FuzzProcess() {}

    /**
     * The name of the target, and a folder for its files. Every seventh seed is tried before the clock runs: Jazzer changes
     * each class as it is loaded, which takes longer than thousands of inputs. What they find is found again.
     */
    public static void fuzzerInitialize(String[] arguments) throws Exception {
        target = FuzzTargets.named(arguments[0]).in(Path.of(arguments[1]));
        List<byte[]> seeds = target.seeds();
        for (int i = 0; i < seeds.size(); i += 7) {
            try {
                target.take(seeds.get(i));
            } catch (Exception | AssertionError foundAgain) {
                // by Jazzer, which begins with the seeds
            }
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.take(input);
    }
}
