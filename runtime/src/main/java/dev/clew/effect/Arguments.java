package dev.clew.effect;

import dev.clew.flow.TaskInfo;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step notes of the arguments of its call. */
final class Arguments {
    private static final TypeRef<List<@Nullable Object>> PLAIN = new TypeRef<>() {};

    private Arguments() {}

    /** What a person is shown of them: plain data, or texts if it has no form without its types. */
    static List<@Nullable Object> shown(Scope scope, List<? extends @Nullable Object> what) {
        List<@Nullable Object> all = new ArrayList<>(what);
        try {
            return scope.note(EffectNotes.SHOWN, PLAIN, () -> all);
        } catch (CodecException typed) {
            return scope.note(
                    EffectNotes.SHOWN,
                    PLAIN,
                    () -> all.stream().<@Nullable Object>map(String::valueOf).toList());
        }
    }

    /** All of a call. */
    static List<@Nullable Object> of(TaskSpec<?> task, TaskCall call) {
        List<@Nullable Object> all = new ArrayList<>();
        for (int i = 0; i < task.parameters().size(); i++) {
            all.add(call.arg(i));
        }
        return all;
    }

    /**
     * Notes that a step is to be undone, with the arguments that undo it: once for each list of arguments that it was called with.
     *
     * @return whether it was noted before
     */
    static boolean registered(Scope scope, TaskSpec<?> task, TaskCall call, String effectId) {
        int newest = 0;
        while (scope.isNoted(EffectNotes.CALLED + (newest + 1))) {
            newest++;
        }
        if (newest > 0 && isSame(scope, task, call, newest)) {
            return true;
        }
        int number = newest + 1;
        for (int i = 0; i < task.parameters().size(); i++) {
            Object unused = noted(scope, number, i, task.parameters().get(i), call.arg(i));
        }
        String unused = scope.note(EffectNotes.CALLED + number, TypeRef.of(String.class), () -> effectId);
        return false;
    }

    private static boolean isSame(Scope scope, TaskSpec<?> task, TaskCall call, int number) {
        for (int i = 0; i < task.parameters().size(); i++) {
            TaskInfo.Parameter parameter = task.parameters().get(i);
            @Nullable Object argument = call.arg(i);
            if (!call.isSame(noted(scope, number, i, parameter, argument), argument, parameter.type())) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // an argument is of its parameter's type
    private static @Nullable Object noted(
            Scope scope, int number, int index, TaskInfo.Parameter parameter, @Nullable Object argument) {
        return scope.note(
                EffectNotes.ARGUMENT + number + '.' + index,
                (TypeRef<@Nullable Object>) parameter.type(),
                () -> argument);
    }
}
