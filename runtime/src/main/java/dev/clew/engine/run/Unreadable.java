package dev.clew.engine.run;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.format.UnreadableValue;
import dev.clew.value.CodecException;

/** Blocks runs whose stored values do not fit the types of the code. */
public final class Unreadable {
    private Unreadable() {}

    /** Blocks the run: a fix of the code cures it, and a body that caught the error could take another way. */
    public static Suspension mismatch(ScopeAttempt scope, String what, CodecException why) {
        return scope.sealed(new Suspension(
                Suspension.Reason.MISMATCH,
                UnreadableValue.of(what + " of " + scope.where(), "Command.proceed() goes on", why)));
    }
}
