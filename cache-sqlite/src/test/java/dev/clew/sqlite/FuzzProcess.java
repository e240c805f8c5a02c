package dev.clew.sqlite;

import dev.clew.fuzz.FuzzTarget;
import java.nio.file.Path;

/** What Jazzer calls, in a process of its own; it finds the two methods by their names. */
public final class FuzzProcess {
    private static FuzzTarget target;

    private FuzzProcess() {}

    /** The name of the target, and a folder for its files. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTargets.named(arguments[0]).in(Path.of(arguments[1]));
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.take(input);
    }
}
