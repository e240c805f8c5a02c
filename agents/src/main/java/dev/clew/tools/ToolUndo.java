package dev.clew.tools;

import dev.clew.effect.Once;
import dev.clew.effect.Undoable;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskCall;
import dev.clew.value.TypeRef;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What undoes a call of a tool.
 *
 * @param given the type of what the tool gives; nothing, if that is {@code Void}
 * @param type an {@code Optional} of what the tool gives, or a boolean
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record ToolUndo(TypeRef<?> given, TypeRef<?> type, Code code) {
    /** One attempt. */
    @FunctionalInterface
    interface Code {
        /**
         * Undoes a call.
         *
         * @param arguments of the call
         * @param known an {@code Optional} of what it gave, or whether it is known to have acted
         */
        void undo(@Nullable Object arguments, Object known, TaskCall call) throws Throwable;
    }

    /**
     * The body of the step that undoes a call. A call whose arguments did not fit has done nothing.
     *
     * @param read the arguments of a call; empty if they do not fit
     */
    private TaskBody<@Nullable Object> body(Function<TaskCall, Optional<Object>> read) {
        return call -> {
            Optional<Object> arguments = read.apply(call);
            if (arguments.isPresent()) {
                code.undo(arguments.get(), call.arg(1), call);
            }
            return null;
        };
    }

    /** Adds it to a step. */
    <R> void of(Once<R> step, Function<TaskCall, Optional<Object>> read, Function<R, @Nullable Object> result) {
        if (type.rawType() == Optional.class) {
            step.undo(optional(), result, body(read));
        } else {
            step.undo(body(read));
        }
    }

    /** Adds it to a step. */
    <R> void of(Undoable<R> step, Function<TaskCall, Optional<Object>> read, Function<R, @Nullable Object> result) {
        if (type.rawType() == Optional.class) {
            step.undo(optional(), result, body(read));
        } else {
            step.undo(body(read));
        }
    }

    @SuppressWarnings("unchecked") // it is an Optional of something
    private TypeRef<Optional<Object>> optional() {
        return (TypeRef<Optional<Object>>) type;
    }
}
