package dev.clew.sim;

import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Where a program's tasks run: among real threads, or in a simulation. */
interface Surroundings {
    /** Lets time pass. */
    void nap(long millis) throws InterruptedException;

    /** Somebody else may go first now. */
    default void point() {}

    /** Something to tell. */
    default void note(String text) {}

    /** Tells of this process whether it has stood still just now, and may not know yet that others took over. */
    default BooleanSupplier suspicion() {
        return () -> false;
    }

    /** The workflow of this name in the process that asks. */
    default Workflow<String, String> workflow(String name) {
        throw new UnsupportedOperationException("there is no workflow " + name);
    }

    /** How a child on a thread of its own is started. */
    default RunConfig ofChild(RunConfig own) {
        return own;
    }

    /** The version of the code in the process that asks. */
    default Deploy deploy() {
        return Deploy.OLD;
    }

    /** A detached child is about to be started with this. */
    default void starting(Program child, String input) {}

    /** How long an effect may need to happen after its attempt was given up. Here no process stands still. */
    default Duration settle() {
        return Duration.ofMillis(1);
    }

    static Surroundings real() {
        return Thread::sleep;
    }
}
