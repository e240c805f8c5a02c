package dev.clew.spi;

import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step, as generated code writes it: a direct call of the user's method.
 *
 * <pre>{@code
 * TaskBody<Draft> compose = call -> flow.compose(call.<String>arg(0));
 * }</pre>
 *
 * @param <R> what the attempt returns
 */
@FunctionalInterface
public interface TaskBody<R extends @Nullable Object> {
    R run(TaskCall call) throws Throwable;
}
