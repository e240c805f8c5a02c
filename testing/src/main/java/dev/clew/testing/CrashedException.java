package dev.clew.testing;

import dev.clew.checkpoint.CheckpointException;

/** What code of a process sees that crashed in the lab: nothing more of it is stored. */
public final class CrashedException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    CrashedException(String point) {
        super("the process crashed in the lab, " + point);
    }
}
