package dev.clew.processor.validate;

import dev.clew.processor.read.StepKind;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of methods that the generated types have already. */
public final class ReservedNames {
    private static final Set<String> OF_OBJECT =
            Set.of("clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private static final Set<String> OF_GRAPHS = Set.of(
            "builder",
            "client",
            "clientBuilder",
            "close",
            "copyThread",
            "deleteThread",
            "keepLast",
            "recover",
            "tasks",
            "threads",
            "workflow");

    /** Tasks are methods of the {@code …Tasks} only. */
    public static final Set<String> FOR_TASKS = union(OF_OBJECT, Set.of("direct"));

    /** Entrypoints are methods of the {@code …Graph} too. */
    public static final Set<String> FOR_ENTRYPOINTS = union(FOR_TASKS, OF_GRAPHS);

    /** Methods of the {@code …Tools}, and those that every class has. */
    public static final Set<String> FOR_TOOLS = union(OF_OBJECT, Set.of("of", "tasks"));

    private ReservedNames() {}

    static Set<String> of(StepKind kind) {
        return kind == StepKind.TOOL ? FOR_TOOLS : kind == StepKind.TASK ? FOR_TASKS : FOR_ENTRYPOINTS;
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
        return Stream.concat(left.stream(), right.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
