package dev.clew.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for several futures together: the scope that made them. Implemented by the engine, not by users.
 *
 * <pre>{@code
 * final class Scope implements FutureGroup { … }
 * }</pre>
 */
public interface FutureGroup {
    /** See {@link TaskFuture#allOf}. */
    <R extends @Nullable Object> List<R> allOf(List<? extends TaskFuture<? extends R>> futures);

    /** See {@link TaskFuture#anyOf}. */
    <R extends @Nullable Object> TaskFuture<R> anyOf(List<? extends TaskFuture<? extends R>> futures);

    /** A future that knows the group it belongs to. */
    interface Member {
        FutureGroup group();
    }
}
