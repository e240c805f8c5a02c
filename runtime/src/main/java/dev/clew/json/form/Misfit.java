package dev.clew.json.form;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/**
 * A value or a text does not fit the shape that should write or read it.
 *
 * <p>On the way up every container prepends its member, so the path is built only when something went wrong. Messages
 * never quote values.
 */
public final class Misfit extends DatabindException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public Misfit(String reason) {
        this(reason, null);
    }

    public Misfit(String reason, @Nullable Throwable cause) {
        super(reason, null, cause);
        this.reason = reason;
    }

    /** What does not fit, without the path. */
    String reason() {
        return reason;
    }

    /** Does the work of each element, and prepends its index to the path of what goes wrong. */
    public static <T extends @Nullable Object> void each(Iterable<? extends T> elements, Consumer<T> work) {
        int index = 0;
        try {
            for (T element : elements) {
                work.accept(element);
                index++;
            }
        } catch (JacksonException e) {
            throw e.prependPath(elements, index);
        }
    }

    /** Does the work of one member, and prepends it to the path of what goes wrong. */
    public static <T extends @Nullable Object> T at(Object owner, String member, Supplier<T> work) {
        try {
            return work.get();
        } catch (JacksonException e) {
            throw e.prependPath(owner, member);
        }
    }
}
