package dev.clew.spi;

import dev.clew.value.TypeRef;
import java.util.Optional;

/**
 * What a run has logged of one of its scopes. For what shows or edits runs without running them: everything is decoded
 * when it is asked for. Implemented by Clew alone.
 *
 * <pre>{@code
 * Optional<Plan> third = run.root().note("superstep 3", TypeRef.of(Plan.class));
 * }</pre>
 */
public interface LoggedScope {
    /** The scope's path; empty for the body of the run. */
    String path();

    /**
     * What the scope noted under this key.
     *
     * @throws dev.clew.value.CodecException if it cannot be read as this type
     */
    <T> Optional<T> note(String key, TypeRef<T> type);

    /** The n-th execution of a node in this scope, counted from 1; empty if it has not begun, or was forgotten. */
    Optional<LoggedNode> node(String name, int n);
}
