package dev.clew.effect;

import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.TaskUndo;
import dev.clew.state.StepKind;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What undoes the effect of a task.
 *
 * @param result the type of what the body gets after the arguments: an {@code Optional} of the task's result, or whether the effect
 *     is known to have happened, of a task without one
 * @param given reads that result of what the task's step has recorded; a pure function
 * @param body called with the arguments of the call, and with that
 */
record Undo(TypeRef<?> result, UnaryOperator<@Nullable Object> given, TaskBody<?> body) {
    /** Of a task whose step records its result. */
    static Undo of(TypeRef<?> result, TaskBody<?> body) {
        return new Undo(result, value -> value, body);
    }

    /** Of a task whose step records more than its result. */
    @SuppressWarnings({"unchecked", "NullAway"}) // what the step has recorded is of its type
    static <R extends @Nullable Object> Undo of(
            TypeRef<?> result, Function<? super R, ? extends @Nullable Object> given, TaskBody<?> body) {
        return new Undo(result, value -> given.apply((R) value), body);
    }

    /** The steps that undo those of a task; with an {@code Once}, unknown outcomes are settled before. */
    TaskUndo of(TaskSpec<?> task, @Nullable Once<?> once) {
        TaskSpec.Builder<@Nullable Void> step = like(
                task,
                TaskSpec.<@Nullable Void>of(task.name(), new TypeRef<@Nullable Void>() {})
                        .kind(StepKind.UNDO));
        step.parameter("result", result);
        step.parameter("effectId", TypeRef.of(String.class)).parameter("step", TypeRef.of(String.class));
        return new TaskUndo(
                step.scope(call -> new UndoCourse(
                                this, task, call, once == null ? Arguments.of(task, call) : once.shown(call))
                        .run()),
                once == null ? null : settling(task, once),
                given);
    }

    private static TaskUndo.Settle settling(TaskSpec<?> task, Once<?> once) {
        TaskSpec.Builder<Boolean> settle =
                like(task, TaskSpec.of(task.name(), TypeRef.of(Boolean.class)).kind(StepKind.SETTLE));
        settle.parameter("effectId", TypeRef.of(String.class)).parameter("step", TypeRef.of(String.class));
        settle.parameter("begunAt", TypeRef.of(Instant.class)).parameter("attempts", TypeRef.of(Integer.class));
        return settling(settle.scope(call -> OnceCourse.settles(once, call)), once.word());
    }

    @SuppressWarnings("unchecked") // what a person said is what the question wants
    private static <A extends @Nullable Object> TaskUndo.Settle settling(TaskSpec<Boolean> step, Once.Word<A, ?> word) {
        return new TaskUndo.Settle(
                step, word.key().answerType(), said -> OnceCourse.resolution(word, (Resolution<A>) said));
    }

    private static <T extends @Nullable Object> TaskSpec.Builder<T> like(TaskSpec<?> task, TaskSpec.Builder<T> step) {
        step.method(task.declaringClass(), task.signature());
        task.parameters().forEach(parameter -> step.parameter(parameter.name(), parameter.type()));
        return step;
    }
}
