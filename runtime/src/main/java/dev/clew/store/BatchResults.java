package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch answered, request by request.
 *
 * <pre>{@code
 * Get<Note> rain = Get.of(NOTES, "rain", Note.class);
 * Optional<Item<Note>> note = store.batch(rain, put).of(rain);
 * }</pre>
 */
public final class BatchResults {
    private final IdentityHashMap<StoreRequest<?>, @Nullable Object> results = new IdentityHashMap<>();
    private final List<@Nullable Object> inOrder;

    /** For those who implement a store: one result for each request, in their order; null for a write. */
    public BatchResults(List<? extends StoreRequest<?>> requests, List<? extends @Nullable Object> results) {
        for (int i = 0; i < requests.size(); i++) {
            this.results.put(requests.get(i), results.get(i));
        }
        this.inOrder = Collections.unmodifiableList(new ArrayList<>(results));
    }

    /**
     * What this very request was answered; null for a write.
     *
     * @throws IllegalRequestException if it was not in the batch
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // null is the only value of Void
    public <R> R of(StoreRequest<R> request) {
        if (!results.containsKey(request)) {
            throw new IllegalRequestException(
                    "this request was not in the batch; ask with the same object that was given to it");
        }
        return (R) results.get(request);
    }

    /** All answers, in the order of the requests; null for writes. */
    public List<@Nullable Object> inOrder() {
        return inOrder;
    }
}
