package dev.clew.graph;

import dev.clew.flow.Run;
import dev.clew.spi.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a scope gets: what a leaf gets, and {@link Run}, with which it asks, waits, and calls tasks and other
 * workflows. Its code between these calls must be deterministic.
 *
 * <pre>{@code
 * .node("publish").after("write").mayGoTo("write").mayEnd().scope(in ->
 *     in.interrupt(PUBLISH, in.state().draft()) ? update().goTo(List.of()) : update().goTo(Send.to("write")))
 * }</pre>
 *
 * @param <S> the state
 * @param <T> the type of what is sent to it
 */
public interface ScopeInput<S, T extends @Nullable Object> extends NodeInput<S, T>, Run {
    /** This, as the handle that other code takes. */
    default Run run() {
        return this;
    }

    /** Where calls of a {@code …Tasks} handle go. For generated code. */
    Scope scope();
}
