package dev.clew.spi;

import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.StepState;
import dev.clew.value.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run has logged of an execution of a node. Implemented by Clew alone.
 *
 * <pre>{@code
 * if (node.step().status() == StepState.Status.SUCCEEDED) {
 *   NodeResult<Chat> result = node.result(type);
 * }
 * }</pre>
 */
public interface LoggedNode {
    /** Its status, times and failure. */
    StepState step();

    /** Which call of its scope it is, counted from 0. */
    int call();

    /**
     * What it gave; null if it has not succeeded, or gave null.
     *
     * @throws dev.clew.value.CodecException if it cannot be read as this type
     */
    <T> @Nullable T result(TypeRef<T> type);

    /** The questions in it that wait for answers. */
    List<PendingInterrupt<?, ?>> pending();

    /** Whether it waits at a breakpoint. */
    boolean isPaused();

    /** What is logged below it. */
    LoggedScope scope();
}
