package dev.clew.engine.stored;

import dev.clew.flow.HistoryEntry;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A thread's history page by page: a page is read when the one before it is used up, and holds nothing open. */
public final class HistoryPages<O extends @Nullable Object> implements Iterator<HistoryEntry<O>> {
    private static final int PAGE = 100;

    private final History history;
    private final WorkflowSpec<?, O> spec;
    private final Queue<HistoryEntry<O>> page = new ArrayDeque<>();
    private CheckpointQuery rest;
    private boolean more = true;

    private HistoryPages(History history, WorkflowSpec<?, O> spec, CheckpointQuery query) {
        this.history = history;
        this.spec = spec;
        this.rest = query;
    }

    public static <O extends @Nullable Object> Stream<HistoryEntry<O>> stream(
            History history, WorkflowSpec<?, O> spec, CheckpointQuery query) {
        int order = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
        return StreamSupport.stream(
                () -> Spliterators.spliteratorUnknownSize(new HistoryPages<>(history, spec, query), order),
                order,
                false);
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty() && more) {
            turn();
        }
        return !page.isEmpty();
    }

    @Override
    public HistoryEntry<O> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the history of thread '" + rest.threadId() + "' has no more entries");
        }
        return page.remove();
    }

    private void turn() {
        int size = Math.min(PAGE, rest.limit());
        List<HistoryEntry<O>> read = history.list(spec, rest.limit(size));
        page.addAll(read);
        int left = rest.limit() == Integer.MAX_VALUE ? rest.limit() : rest.limit() - read.size();
        more = read.size() == size && left > 0;
        if (more) {
            rest = rest.before(read.get(read.size() - 1).id()).limit(left);
        }
    }
}
