package dev.clew.spi;

import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a step of a task is undone, by steps of the run that undoes it.
 *
 * <pre>{@code
 * TaskUndo cancel = new TaskUndo(cancelSpec, null, booking -> booking);
 * }</pre>
 *
 * @param step takes the arguments of the call, an {@code Optional} of its result, which is empty if it perhaps never happened,
 *     and the effect's id
 * @param settle settles an unknown outcome before anything is undone; null if no outcome of the task is unknown
 * @param given reads of the task's result what {@code step} takes as the result; a pure function
 */
public record TaskUndo(TaskSpec<?> step, @Nullable Settle settle, UnaryOperator<@Nullable Object> given) {
    /** How many parameters of the step follow the arguments: the result, the effect's id and the path of what is undone. */
    private static final int OWN = 3;

    /**
     * Settles an unknown outcome.
     *
     * <pre>{@code
     * TaskUndo.Settle settle = new TaskUndo.Settle(settleSpec, answerType, said -> said);
     * }</pre>
     *
     * @param step takes the arguments of the call, the effect's id, the path of the step, when its newest attempt began, and how many
     *     did; says whether the effect happened, and notes what it gave
     * @param said as what it is stored that a person has said what became of it
     * @param resolution makes of that what became of the task; a pure function
     */
    public record Settle(TaskSpec<Boolean> step, TypeRef<?> said, UnaryOperator<Object> resolution) {}

    /** The parameters that are those of the call. */
    public List<TypeRef<?>> arguments() {
        return step.parameterTypes().subList(0, step.parameterTypes().size() - OWN);
    }

    /** Whether the step takes what is known of the result; else it takes whether the effect is known to have happened. */
    public boolean takesResult() {
        return step.parameterTypes().get(arguments().size()).rawType() == Optional.class;
    }

    /** What settles an unknown outcome. */
    public Optional<Settle> settling() {
        return Optional.ofNullable(settle);
    }
}
