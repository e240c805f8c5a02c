package dev.clew.engine.world;

import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Is told what an engine does and what workflows do wrong, beyond what a {@link dev.clew.flow.RunListener} may know.
 * May be called under the engine's locks, so it must be short and never call back. Does nothing by default.
 */
public interface Witness {
    /** Nobody looks. */
    Witness NOBODY = new Witness() {};

    /** A graph was built; the handle drops it from memory as if its process had died. */
    default void opened(Runnable crash) {}

    /** A caller's thread is at work inside the engine. */
    default void entered() {}

    /** That thread left. */
    default void left() {}

    /** Somebody waits for this result. */
    default void awaited(CompletableFuture<?> result) {}

    /** A thread of the executor waits in a durable call; it may have been told already that it need not. */
    default void blocked() {}

    /** It has something to do again, or was given up. */
    default void unblocked() {}

    /** A scope makes a durable call, live or on replay. */
    default void called(Call call) {}

    /** A scope's code caught the signal that unwinds it and went on. */
    default void swallowed(String where) {}

    /** A scope returned without joining steps that it had called. */
    default void unjoined(String where, List<String> paths) {}

    /** Whether code is to be examined beyond what a run needs, and {@link #found} is wanted. */
    default boolean examines() {
        return false;
    }

    /** Something is wrong with the code of a workflow. */
    default void found(String finding) {}

    /**
     * A durable call.
     *
     * @param path the called step
     * @param ordinal its place among the calls of its scope
     * @param types the declared types of the arguments
     * @param arguments the caller's own objects: not to be changed, and not to be kept
     */
    record Call(
            String threadId,
            String runId,
            String path,
            int ordinal,
            List<TypeRef<?>> types,
            List<@Nullable Object> arguments) {
        public Call {
            types = List.copyOf(types);
            arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
        }
    }
}
