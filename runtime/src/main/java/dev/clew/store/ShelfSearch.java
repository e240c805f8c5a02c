package dev.clew.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FilteringShelf} searches for.
 *
 * <pre>{@code
 * new ShelfSearch(notes, Filter.eq("lang", "en").conditions(codec), now, 10)
 * }</pre>
 *
 * @param prefix the namespace to look into, and all below it; null for everywhere
 * @param conditions all of them must hold
 * @param now what has expired at this moment is not shown
 * @param wanted how many rows the reader wants at least, if all that it sees pass: a hint
 */
public record ShelfSearch(@Nullable Namespace prefix, List<Filter.Condition> conditions, Instant now, int wanted) {
    public ShelfSearch {
        conditions = List.copyOf(conditions);
    }
}
