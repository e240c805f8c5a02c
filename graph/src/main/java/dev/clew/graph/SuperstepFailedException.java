package dev.clew.graph;

import static java.util.stream.Collectors.joining;

import dev.clew.graph.fold.Folded;
import dev.clew.value.ClewException;
import java.util.List;

/**
 * The updates of a superstep do not fit together: two nodes wrote a component that keeps one value, a reducer threw, or the
 * state's constructor refused the values. The outcomes of the nodes are kept, and the state is what it was before.
 *
 * <p>After a change of the code {@code Command.proceed()} folds the same outcomes again.
 *
 * <pre>{@code
 * superstep 3 of 'research' cannot be folded: 'draft' is written by 'write#1' and 'improve#2', and it keeps one value a
 * superstep; …
 * }</pre>
 */
public final class SuperstepFailedException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final List<String> components;
    private final List<String> writers;
    private final String problem;

    private SuperstepFailedException(String message, String problem, List<String> components, List<String> writers) {
        super(message);
        this.problem = problem;
        this.components = components;
        this.writers = writers;
    }

    static SuperstepFailedException of(String what, List<Folded.Clash> clashes) {
        String problems = clashes.stream().map(Folded.Clash::text).collect(joining("; "));
        SuperstepFailedException failed = new SuperstepFailedException(
                what + " cannot be folded: " + problems + advice(clashes),
                what + ": " + problems,
                clashes.stream()
                        .flatMap(clash -> clash.components().stream())
                        .distinct()
                        .toList(),
                clashes.stream()
                        .flatMap(clash -> clash.writers().stream())
                        .distinct()
                        .toList());
        clashes.stream()
                .map(Folded.Clash::cause)
                .filter(java.util.Objects::nonNull)
                .forEach(failed::addOrCause);
        return failed;
    }

    /** What helps against a clash of writers does not help against code that throws. */
    private static String advice(List<Folded.Clash> clashes) {
        String writers = clashes.stream().anyMatch(clash -> clash.cause() == null)
                ? "; give a component that several nodes write a reducer, or let one run after the other"
                : "";
        String code = clashes.stream().anyMatch(clash -> clash.cause() != null)
                ? "; a reducer must take every update, and a constructor every state that nodes make: mend the one that threw,"
                        + " and proceed()"
                : "";
        return writers + code;
    }

    /** The first is the cause, the others are suppressed. */
    private void addOrCause(Throwable thrown) {
        if (getCause() == null) {
            initCause(thrown);
        } else {
            addSuppressed(thrown);
        }
    }

    /** What could not be folded, and why; without what to do. */
    String problem() {
        return problem;
    }

    /** The components in question. */
    public List<String> components() {
        return components;
    }

    /** The executions that wrote them, in planned order. */
    public List<String> writers() {
        return writers;
    }
}
