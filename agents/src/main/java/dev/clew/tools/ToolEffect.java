package dev.clew.tools;

import dev.clew.effect.Once;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * That the effect of a tool must not happen twice, and how its outcome becomes known.
 *
 * @param key asks a person
 * @param notDone failures that say for sure that nothing was done
 * @param settle how long an empty answer does not count; null for the default
 * @param found asks the outside world, or null
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record ToolEffect(
        InterruptKey<UnknownOutcome, ? extends Resolution<?>> key,
        List<Class<? extends Throwable>> notDone,
        @Nullable Duration settle,
        @Nullable Found<?> found) {
    ToolEffect {
        notDone = List.copyOf(notDone);
    }

    static ToolEffect asking(InterruptKey<UnknownOutcome, ? extends Resolution<?>> key) {
        return new ToolEffect(key, List.of(), null, null);
    }

    /**
     * What asks the outside world.
     *
     * @param type an {@code Optional} of what the tool gives, or a boolean
     */
    record Found<F>(TypeRef<F> type, Code<F> code) {}

    /** One question to the outside world. */
    @FunctionalInterface
    interface Code<F> {
        F ask(@Nullable Object arguments, TaskCall call) throws Throwable;
    }

    /**
     * What makes the step of a call.
     *
     * @param leaf runs an attempt
     * @param read the arguments of a call
     * @param made the outcome of the step of what the tool gives
     */
    <R> Once<R> around(TaskSpec<R> leaf, Function<TaskCall, @Nullable Object> read, Function<ToolResult<?>, R> made) {
        Once<R> once = said(key, leaf, made);
        notDone.forEach(once::notDone);
        if (settle != null) {
            once.settle(settle);
        }
        if (found != null) {
            reconciled(once, found, read, made);
        }
        return once;
    }

    @SuppressWarnings("unchecked") // what is said is a resolution with some value
    private static <R> Once<R> said(
            InterruptKey<UnknownOutcome, ? extends Resolution<?>> key,
            TaskSpec<R> leaf,
            Function<ToolResult<?>, R> made) {
        return Once.of(
                leaf,
                (InterruptKey<UnknownOutcome, Resolution<@Nullable Object>>) key,
                value -> made.apply(ToolResult.of(value)));
    }

    @SuppressWarnings("unchecked") // it finds an Optional, or a boolean
    private static <F, R> void reconciled(
            Once<R> once, Found<F> found, Function<TaskCall, @Nullable Object> read, Function<ToolResult<?>, R> made) {
        if (found.type().rawType() == Boolean.class) {
            once.reconcile(
                    call -> (Boolean) found.code().ask(read.apply(call), call), () -> made.apply(ToolResult.of(null)));
        } else {
            once.reconcile(
                    (TypeRef<Optional<Object>>) found.type(),
                    call -> (Optional<Object>) found.code().ask(read.apply(call), call),
                    value -> made.apply(ToolResult.of(value)));
        }
    }
}
