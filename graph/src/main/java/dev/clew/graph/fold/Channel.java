package dev.clew.graph.fold;

import dev.clew.annotations.IdSource;
import dev.clew.annotations.Reducer;
import dev.clew.value.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One component of a state as the fold sees it.
 *
 * @param name its name, by which updates name it
 * @param type the type of its values
 * @param updateType the type of one update; its own type where it keeps its last value
 * @param reducer folds updates; null where it keeps its last value
 * @param start its value before the first update
 * @param isNullable whether an update may set it to null
 * @param formerly the names that it had before
 */
public record Channel(
        String name,
        TypeRef<?> type,
        TypeRef<?> updateType,
        @Nullable Reducer<Object, Object> reducer,
        @Nullable Object start,
        boolean isNullable,
        List<String> formerly) {
    public Channel {
        formerly = List.copyOf(formerly);
    }

    /** Whether it takes any number of updates in a superstep. */
    public boolean isReduced() {
        return reducer != null;
    }

    /**
     * Folds updates into a value, in their order.
     *
     * @throws IllegalStateException if it has no reducer
     */
    @Nullable
    Object reduce(@Nullable Object current, List<?> updates) {
        if (reducer == null) {
            throw new IllegalStateException("'" + name + "' has no reducer");
        }
        Object value = current;
        for (Object update : updates) {
            value = apply(reducer, value, update);
        }
        return value;
    }

    /** Lets the reducer complete an update before it is recorded. */
    public Object prepare(Object update, IdSource ids) {
        return reducer == null ? update : reducer.prepare(update, ids);
    }

    @SuppressWarnings("NullAway") // a reducer whose type has null gets the null that it gave
    private static @Nullable Object apply(
            Reducer<Object, Object> reducer, @Nullable Object current, @Nullable Object update) {
        return reducer.apply(current, update);
    }
}
