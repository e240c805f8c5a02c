package dev.clew.testing;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a program once undisturbed, and once for every point at which its process may crash. */
final class CrashEverywhere<T extends @Nullable Object> {
    private final Supplier<Lab> labs;
    private final Lab.Program<T> program;

    CrashEverywhere(Supplier<Lab> labs, Lab.Program<T> program) {
        this.labs = labs;
        this.program = program;
    }

    T run() {
        Lab undisturbed = labs.get();
        T expected = run(undisturbed);
        List<String> writes = undisturbed.writes();
        if (writes.isEmpty()) {
            throw new AssertionError(
                    "the program stores nothing, so there is no point at which a crash matters; run its"
                            + " workflows with the lab that it is given");
        }
        for (int write = 1; write <= writes.size(); write++) {
            crashAt(CrashPoint.beforeWrite(write), writes.get(write - 1), expected);
            crashAt(CrashPoint.afterWrite(write), writes.get(write - 1), expected);
        }
        return expected;
    }

    private void crashAt(CrashPoint point, String write, T expected) {
        Lab lab = labs.get().forgiveMissedCrashes();
        lab.crashAt(point);
        String when = "a crash " + point + " (" + write + ")";
        T actual;
        try {
            actual = run(lab);
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(when + " breaks the program: " + broken.getMessage(), broken);
        }
        if (!Objects.deepEquals(expected, actual)) {
            throw new AssertionError(when + " changes the result.\n  undisturbed: " + expected + "\n  crashed:     "
                    + actual + "\n" + Cause.ofResults(String.valueOf(expected), String.valueOf(actual)));
        }
    }

    private T run(Lab lab) {
        boolean passed = false;
        try {
            T result = program.run(lab);
            passed = true;
            return result;
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            throw new AssertionError("the program failed", checked);
        } finally {
            lab.finish(passed);
        }
    }
}
