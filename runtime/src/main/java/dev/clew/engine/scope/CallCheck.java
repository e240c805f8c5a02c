package dev.clew.engine.scope;

import dev.clew.engine.core.Suspension;
import dev.clew.task.IllegalStepException;
import org.jspecify.annotations.Nullable;

/** Refuses durable calls that a scope attempt must not make. It may be asked by any thread. */
final class CallCheck {
    private final Frame frame;

    /** How many calls the sealed scope has made. On the scope's own thread. */
    private int refused;

    CallCheck(Frame frame) {
        this.frame = frame;
    }

    /**
     * Refuses a call after the attempt has ended, from a foreign thread, inside a leaf, and in a sealed scope.
     *
     * @param kind what is called, for the message, which is made only if there is one
     * @param name which one; null if there is only one
     */
    void check(String kind, @Nullable String name) {
        if (frame.hasLeft()) {
            throw refusal(
                    kind,
                    name,
                    " was called after that attempt of the scope had ended; do not keep a scope's handles or futures");
        }
        if (!frame.isHere()) {
            throw refusal(
                    kind,
                    name,
                    " was called on thread '" + Thread.currentThread().getName()
                            + "', which is not the scope's own; durable calls must come in an order that"
                            + " replay can repeat: call them in a plain loop on the scope's thread, collect the futures, then join them");
        }
        if (frame.isInLeaf()) {
            throw refusal(
                    kind,
                    name,
                    " was called inside a leaf task; declare the handle as a parameter of that task to make it a scope");
        }
        Suspension by = frame.seal();
        if (by != null) {
            if (++refused > Runaway.MOST_REFUSALS) {
                Runaway.leaveAlone(frame, by);
            }
            throw by.again();
        }
    }

    private IllegalStepException refusal(String kind, @Nullable String name, String why) {
        String call = name == null ? kind : kind + " '" + name + "'";
        return new IllegalStepException(call + " in " + frame.where() + why);
    }
}
