package dev.clew.flow;

import dev.clew.stream.EventQueue;
import dev.clew.stream.StreamEvent;
import dev.clew.value.ClewException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A run as it happens: its events, then its result. For one reader; not thread-safe.
 *
 * <p>The queue between the run and its reader is bounded, so a slow reader slows its run. Closing detaches at once; the
 * run goes on and is recorded. A failure of the run ends the iteration with its exception, after all earlier events.
 *
 * <pre>{@code
 * try (RunStream<Essay> stream = write.stream("rain", thread, StreamMode.UPDATES)) {
 *   for (StreamEvent event : stream) show(event);
 *   RunResult<Essay> result = stream.result();
 * }
 * }</pre>
 *
 * @param <O> the type of the workflow's value
 */
public final class RunStream<O extends @Nullable Object> implements Iterable<StreamEvent>, AutoCloseable {
    private final EventQueue queue;
    private final CompletableFuture<RunResult<O>> result;
    private final Predicate<StreamEvent> wanted;

    private RunStream(EventQueue queue, CompletableFuture<RunResult<O>> result, Predicate<StreamEvent> wanted) {
        this.queue = queue;
        this.result = result;
        this.wanted = wanted;
    }

    /** For the engine: the stream of a run whose events come through this queue. */
    public static <O extends @Nullable Object> RunStream<O> of(
            EventQueue queue, CompletableFuture<RunResult<O>> result) {
        return new RunStream<>(queue, result, event -> true);
    }

    /** The same stream without what the run only repeats from its log: LangGraph's sequence. */
    public RunStream<O> live() {
        return new RunStream<>(queue, result, event -> !event.replayed());
    }

    /**
     * Waits for each next event. The iteration ends with the run, or throws what the run failed with; every iterator goes on
     * where the one before stopped.
     */
    @Override
    public Iterator<StreamEvent> iterator() {
        return new Events();
    }

    /** The events as a {@link Stream}; sequential, to be closed with this. */
    public Stream<StreamEvent> events() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /**
     * The run's result; drops what is unread and waits for the run to rest.
     *
     * @throws WorkflowFailedException if the run failed
     */
    public RunResult<O> result() {
        queue.detach();
        return await();
    }

    /** Whether there may be more to read: neither is it read to its end, nor was it closed. */
    public boolean isOpen() {
        return queue.isOpen();
    }

    /** Detaches from the run at once; it goes on. */
    @Override
    public void close() {
        queue.detach();
    }

    private RunResult<O> await() {
        try {
            return result.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ClewException(
                    "the reader of a stream was interrupted while it waited for the result; the run goes on");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException runtime ? runtime : new ClewException("the run failed", failed);
        }
    }

    private final class Events implements Iterator<StreamEvent> {
        private @Nullable StreamEvent next;

        @Override
        public boolean hasNext() {
            while (next == null) {
                StreamEvent event = take();
                if (event == null) {
                    throwFailure();
                    return false;
                }
                next = wanted.test(event) ? event : null;
            }
            return true;
        }

        private @Nullable StreamEvent take() {
            try {
                return queue.take();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new ClewException("the reader of a stream was interrupted; the run goes on");
            }
        }

        private void throwFailure() {
            if (result.isCompletedExceptionally()) {
                await();
            }
        }

        @Override
        public StreamEvent next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("the run is over");
            }
            StreamEvent event = next;
            next = null;
            return event;
        }
    }
}
