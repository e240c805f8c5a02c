package dev.clew.agents;

import dev.clew.value.IllegalRequestException;
import java.util.function.Consumer;

/**
 * Changes what an agent's loop does. It registers its hooks when the agent is built. Its name tells it apart from others, and is
 * recorded: it must be the same in every process.
 *
 * <pre>{@code
 * Middleware brief = Middleware.named("brief", hooks ->
 *     hooks.wrapModelCall((request, run, next) -> next.call(request.withSystemPrompt(
 *         Objects.requireNonNullElse(request.systemPrompt(), "") + "\n\nBe brief."))));
 * }</pre>
 */
public interface Middleware {
    /** Registers what this middleware does. */
    void install(Hooks hooks);

    /**
     * Returns the name of the middleware: that of its class, without the package.
     *
     * @throws IllegalRequestException if its class has no name that is the same in every process: a lambda, an anonymous class
     */
    default String name() {
        Class<?> type = getClass();
        if (type.isHidden() || type.isSynthetic() || type.isAnonymousClass()) {
            throw new IllegalRequestException(
                    "a middleware that is a lambda or an anonymous class has no name that stays"
                            + " the same; write Middleware.named(\"…\", hooks -> …)");
        }
        return type.getSimpleName();
    }

    /** Returns a middleware of this name. */
    static Middleware named(String name, Consumer<? super Hooks> install) {
        return new Named(name, install);
    }

    /**
     * A middleware that was given its name.
     *
     * @param name the name
     * @param installing registers what it does
     */
    record Named(String name, Consumer<? super Hooks> installing) implements Middleware {
        /** Checks that there is a name. */
        public Named {
            if (name.isBlank()) {
                throw new IllegalRequestException("the name of a middleware is blank");
            }
        }

        @Override
        public void install(Hooks hooks) {
            installing.accept(hooks);
        }
    }
}
