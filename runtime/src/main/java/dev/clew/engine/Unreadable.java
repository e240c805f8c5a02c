package dev.clew.engine;

import dev.clew.engine.core.Suspension;
import dev.clew.value.CodecException;

/** Says of a stored value that the code's present type does not fit it: what it is, where it is, and what to do. */
final class Unreadable {
    private Unreadable() {}

    static CodecException of(String what, String remedy, CodecException why) {
        return new CodecException(
                what + " cannot be read as the code's type any more (" + why.getMessage()
                        + "); keep the old names, or give the codec a migration, then " + remedy,
                why.path(),
                why);
    }

    /** Blocks the run: a fix of the code cures it, and a body that caught the error could take another way. */
    static Suspension mismatch(Frame frame, String what, CodecException why) {
        return frame.sealed(new Suspension(
                Suspension.Reason.MISMATCH, of(what + " of " + frame.where(), "Command.proceed() goes on", why)));
    }
}
