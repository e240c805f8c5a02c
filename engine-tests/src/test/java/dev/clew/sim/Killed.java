package dev.clew.sim;

/** Unwinds the threads of a process that has died. */
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("the process died", null, false, false);
    }
}
