package dev.clew.engine.stored;

import dev.clew.state.CheckpointQuery;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A thread's checkpoints page by page: a page is read when the one before it is used up, and holds nothing open. */
public final class Pages<E> implements Iterator<E> {
    private static final int PAGE = 100;

    private final Function<CheckpointQuery, List<E>> reader;
    private final Function<E, String> id;
    private final Queue<E> page = new ArrayDeque<>();
    private CheckpointQuery rest;
    private boolean more = true;

    private Pages(Function<CheckpointQuery, List<E>> reader, Function<E, String> id, CheckpointQuery query) {
        this.reader = reader;
        this.id = id;
        this.rest = query;
    }

    /**
     * All that a query finds.
     *
     * @param reader lists what a query finds, newest first
     * @param id the id of the checkpoint that a listed one stands for
     */
    public static <E> Stream<E> stream(
            Function<CheckpointQuery, List<E>> reader, Function<E, String> id, CheckpointQuery query) {
        int order = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
        return StreamSupport.stream(
                () -> Spliterators.spliteratorUnknownSize(new Pages<>(reader, id, query), order), order, false);
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty() && more) {
            turn();
        }
        return !page.isEmpty();
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the history of thread '" + rest.threadId() + "' has no more entries");
        }
        return page.remove();
    }

    private void turn() {
        int size = Math.min(PAGE, rest.limit());
        List<E> read = reader.apply(rest.limit(size));
        page.addAll(read);
        int left = rest.limit() == Integer.MAX_VALUE ? rest.limit() : rest.limit() - read.size();
        more = read.size() == size && left > 0;
        if (more) {
            rest = rest.before(id.apply(read.get(read.size() - 1))).limit(left);
        }
    }
}
