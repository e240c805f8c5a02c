package dev.clew.engine.core;

import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log of a scope has of one of its calls. A pure decision: it compares bytes, and asks no codec. */
public sealed interface Match {
    /** Nothing is recorded, or only a failure that the new attempt forgets. */
    record Fresh(@Nullable StepLog forgotten) implements Match {
        private static final Fresh UNKNOWN = new Fresh(null);
    }

    /** The same call is recorded. */
    record Recorded(StepLog step) implements Match {}

    /** The call is recorded with other bytes; only the codec can say whether they mean the same arguments. */
    record Compare(StepLog step) implements Match {}

    /** A failed attempt of the scope made such calls, the newest first; this call may take one of them. */
    record Advisory(List<StepLog> steps) implements Match {}

    /** The step is recorded as another call of the scope. */
    record Moved(StepLog step) implements Match {}

    /** Another step is recorded at the place of the call. */
    record Instead(StepLog other, @Nullable StepLog forgotten) implements Match {}

    /**
     * Looks a call up.
     *
     * @param segment names the step in its scope
     * @param ordinal the place of the call among those of the scope
     * @param digest of the arguments
     */
    static Match of(ScopeLog log, String segment, int ordinal, byte[] digest) {
        List<StepLog> advisory = log.advisory(segment);
        if (!advisory.isEmpty()) {
            return new Advisory(advisory);
        }
        StepLog known = log.step(segment);
        if (known == null || known.dropped()) {
            StepLog other = log.at(ordinal);
            if (other != null) {
                return new Instead(other, known);
            }
            return known == null ? Fresh.UNKNOWN : new Fresh(known);
        }
        if (known.call().ordinal() != ordinal) {
            return new Moved(known);
        }
        byte[] recorded = known.call().digest();
        return recorded.length == 0 || Arrays.equals(recorded, digest) ? new Recorded(known) : new Compare(known);
    }
}
