package dev.clew.graph;

import static java.util.stream.Collectors.joining;

import dev.clew.value.ClewException;
import java.util.List;

/**
 * A node needs a component that has no value yet, or the output one that has none at the end. The node fails, and is not tried
 * again; or the run fails.
 *
 * <pre>{@code
 * 'draft' has no value yet; it is written by write, improve; …
 * }</pre>
 */
public final class MissingValueException extends ClewException {
    private static final long serialVersionUID = 1L;

    MissingValueException(String component, List<String> writers) {
        this("'" + component + "' has no value yet; " + by(writers)
                + "; let the node run after one that writes it, set it in the input, or take it @Nullable");
    }

    private MissingValueException(String message) {
        super(message);
    }

    /** What the output of a graph needs. */
    static MissingValueException ofOutput(String component, List<String> writers) {
        return new MissingValueException("'" + component + "' has no value at the end of the run; " + by(writers)
                + "; let every way lead past one, set it in the input, or take it @Nullable in the @Output method");
    }

    private static String by(List<String> writers) {
        return writers.isEmpty()
                ? "no node says that it writes it"
                : "it is written by " + writers.stream().collect(joining(", "));
    }
}
