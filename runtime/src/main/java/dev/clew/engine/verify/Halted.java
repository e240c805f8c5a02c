package dev.clew.engine.verify;

/** A replay has come to what is not recorded, which is not executed. It ends the run and is no outcome. */
public final class Halted extends Error {
    private static final long serialVersionUID = 1L;

    /** @param step what would be executed */
    public Halted(String step) {
        super(step, null, false, false);
    }
}
