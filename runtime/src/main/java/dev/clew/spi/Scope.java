package dev.clew.spi;

import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the calls of a {@code …Tasks} handle. For generated code.
 *
 * <pre>{@code
 * public TaskFuture<Draft> compose(String topic) {
 *   return scope.call(steps.compose, topic);
 * }
 * }</pre>
 */
public interface Scope {
    /** Calls a task. */
    <R extends @Nullable Object> TaskFuture<R> call(TaskSpec<R> task, @Nullable Object... arguments);

    /** Calls an entrypoint of the same class as a child workflow; the input is null for one without input. */
    <O extends @Nullable Object> TaskFuture<O> child(WorkflowSpec<?, O> workflow, @Nullable Object input);

    /**
     * Notes a value in this scope, once for each key. Returns what is noted under the key, decoded as this type; if nothing
     * is, calls {@code make}, notes what that gives, and returns its decoded copy. Replays, and new attempts of the scope,
     * get what was noted first.
     *
     * <p>A note is no step: it has no place among the scope's calls, no event and no limit, and code that is changed may add
     * or drop one under a parked thread. It is written at once and not waited for. A crash may lose it, but only together
     * with everything that the run wrote after it; then it is made again.
     *
     * <pre>{@code
     * Plan plan = scope.note("plan 3", TypeRef.of(Plan.class), () -> planner.next(state));
     * }</pre>
     *
     * @param key names the value in this scope
     * @param make runs on the scope's thread; makes no durable calls
     */
    <T extends @Nullable Object> T note(String key, TypeRef<T> type, Supplier<? extends T> make);

    /** Whether something is noted in this scope under this key, so that {@link #note} would make nothing. */
    boolean isNoted(String key);

    /** What the machine's clock says; a replay gets another answer, so note what is decided by it. */
    Instant time();

    /** Whether the outcome of the next call of a task is recorded, so that the call would execute nothing. */
    boolean isRecorded(TaskSpec<?> task);

    /** Whether the run is stored, so that it can wait for an answer and survive its process. */
    boolean isStored();

    /**
     * Returns when everything that the run has recorded is durable, whatever durability it has: with
     * {@link dev.clew.flow.Durability#EXIT} this is an exit point.
     *
     * @return whether the run is stored at all
     */
    boolean flush();

    /**
     * Tells those who stream the values of the run that it has this one now. In the body of the run only; in the scopes below
     * it nothing is told.
     *
     * @param value called if a caller wants to know
     */
    void value(Supplier<? extends @Nullable Object> value);

    /**
     * Pauses this scope until a caller proceeds; returns at once on a replay after that. The pause has its place among the
     * scope's calls, and is durable before the run rests.
     *
     * <pre>{@code
     * scope.breakpoint(List.of("publish"));
     * }</pre>
     *
     * @param nodes what {@link dev.clew.flow.RunResult.Interrupted#breakpoint()} names
     * @throws dev.clew.flow.RequestRefusedException if nothing is stored, so that nothing could continue
     */
    void breakpoint(List<String> nodes);

    /**
     * Blocks the run, whatever the graph says of mismatches: the code cannot continue with what this scope has recorded.
     * Never returns; the scope unwinds. The thread is BLOCKED with this text, and {@code Command.proceed()} continues it
     * after a fix of the code.
     */
    default void block(ClewException why) {
        throw why;
    }

    /**
     * Says that the code differs from what this scope has recorded. Blocks the run; where the graph only warns of mismatches,
     * logs the text once and returns.
     */
    default void differs(ClewException why) {
        throw why;
    }
}
