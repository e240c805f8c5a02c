package dev.clew.graph;

import dev.clew.value.ClewException;
import java.util.List;

/**
 * A component of the state is not what it was when the run began: it has another type or another reducer, or its reducer
 * refuses what it took before. Nothing was run; the thread is BLOCKED with this text, and {@code Command.proceed()} after a fix
 * continues it.
 *
 * <p>With {@code OnNonDeterminism.WARN} a run continues with another type or reducer; recorded updates are then folded by the
 * present reducer.
 *
 * <pre>{@code
 * the state of 'research' is not what this run began with: 'notes' was java.util.List<java.lang.String> folded by
 * dev.clew.annotations.Append$ToList, and is java.util.List<java.lang.String>; …
 * }</pre>
 */
public final class StateDriftException extends ClewException {
    private static final long serialVersionUID = 1L;

    private StateDriftException(String message) {
        super(message);
    }

    /** @param changes what has changed, a clause for each component */
    static StateDriftException changed(String graph, List<String> changes) {
        return new StateDriftException(
                "the state of '" + graph + "' is not what this run began with: "
                        + String.join("; ", changes)
                        + ". Bring the former one back, or add a component of another name; then Command.proceed() continues the run");
    }

    /** A superstep that was folded before cannot be folded any more. */
    static StateDriftException refolded(SuperstepFailedException failed) {
        StateDriftException drift = new StateDriftException(
                "what was folded before cannot be folded any more, so a reducer has changed: " + failed.problem()
                        + ". Let it take what it took before; then Command.proceed() continues the run");
        drift.initCause(failed);
        return drift;
    }
}
