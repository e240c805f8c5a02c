package dev.clew.engine.setup;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.value.Attributes;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a context of what is attached to a run, wherever the run executes. */
public record ContextMaker<C>(Class<C> type, Function<? super Attributes, ? extends @Nullable C> make) {
    /**
     * The context; null if there is to be none.
     *
     * @throws RequestRefusedException if it cannot be made of these
     */
    @Nullable
    C of(Attributes attributes) {
        C made;
        try {
            made = make.apply(attributes);
        } catch (RuntimeException wrong) {
            RequestRefusedException refused = new RequestRefusedException(
                    Reason.NO_CONTEXT,
                    "the context of type " + type.getName() + " cannot be made of the run's attributes: "
                            + wrong.getMessage());
            refused.initCause(wrong);
            throw refused;
        }
        return made;
    }
}
