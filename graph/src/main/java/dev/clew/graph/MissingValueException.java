package dev.clew.graph;

import static java.util.stream.Collectors.joining;

import dev.clew.value.ClewException;
import java.util.List;

/**
 * A node needs a component that has no value yet. The node fails, and is not tried again.
 *
 * <pre>{@code
 * 'draft' has no value yet; it is written by write, improve; …
 * }</pre>
 */
public final class MissingValueException extends ClewException {
    private static final long serialVersionUID = 1L;

    MissingValueException(String component, List<String> writers) {
        super("'" + component + "' has no value yet; "
                + (writers.isEmpty()
                        ? "no node says that it writes it"
                        : "it is written by " + writers.stream().collect(joining(", ")))
                + "; let the node run after one that writes it, set it in the input, or take it @Nullable");
    }
}
