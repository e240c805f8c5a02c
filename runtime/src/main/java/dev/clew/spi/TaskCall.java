package dev.clew.spi;

import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.value.TypeRef;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step, as its body sees it. For generated code.
 *
 * <pre>{@code
 * call -> flow.write(call.<String>arg(0), new Tasks(this, call.scope()), call.run())
 * }</pre>
 */
public interface TaskCall {
    /** This attempt's own copy of an argument. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the generated caller names the type that it encoded
    <T extends @Nullable Object> T arg(int index);

    /**
     * A copy of a value that nobody else has, as far as the codec makes one; the value itself where nothing is stored, or it is
     * immutable.
     *
     * @throws dev.clew.value.CodecException if the value has no stored form
     */
    <T extends @Nullable Object> T copy(T value, TypeRef<?> type);

    /** Whether two values are equal, or are stored as the same. */
    boolean isSame(@Nullable Object one, @Nullable Object other, TypeRef<?> type);

    /** Whether a test kit wants to know what is wrong with the code that this body runs, at some cost. */
    default boolean isExamined() {
        return false;
    }

    /** Something is wrong with the code that this body runs: fails the test, if there is one. */
    default void found(String finding) {}

    /**
     * Returns if this process still owns the thread. Else the run stops, and the attempt is unwound without an outcome: a process
     * that was frozen begins nothing that another one may have settled meanwhile.
     */
    default void requireClaim() {}

    /** What the run was configured with. */
    RunConfig config();

    /** The leaf's handle. */
    TaskContext taskContext();

    /** The scope's handle. */
    Run run();

    /** Where calls of a {@code …Tasks} handle go. */
    Scope scope();

    /** The {@code @Context} of this type. */
    <C> C context(Class<C> type);

    /** The {@code @Previous} value, or null. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    <P> @Nullable P previous();

    /** Waits for a task that answers with a stage; its failure is thrown unwrapped. */
    <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Throwable;
}
