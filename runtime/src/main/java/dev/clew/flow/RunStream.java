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
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A run as it happens: its events, then its result. For one reader, who iterates, takes the {@link #events}, subscribes
 * to the {@link #publisher} or lets a listener {@link #hear}; not thread-safe.
 *
 * <p>The queue between the run and its reader is bounded, so a slow reader slows its run; one that stalls for longer than
 * the builder's {@code streamStall} is cut off with {@link dev.clew.stream.StreamStalledException}, and the run goes on.
 * Closing detaches at once; the run goes on and is recorded, and {@link #result} still waits for it. A failure of the run
 * ends the events with its exception, after all earlier events.
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
    private final Supplier<CompletableFuture<RunResult<O>>> result;
    private final Executor executor;
    private final Predicate<StreamEvent> wanted;

    private RunStream(
            EventQueue queue,
            Supplier<CompletableFuture<RunResult<O>>> result,
            Executor executor,
            Predicate<StreamEvent> wanted) {
        this.queue = queue;
        this.result = result;
        this.executor = executor;
        this.wanted = wanted;
    }

    /**
     * For the engine: the stream of a run whose events come through this queue, and end no earlier than its result is there.
     *
     * @param executor where subscribers and listeners are called
     */
    public static <O extends @Nullable Object> RunStream<O> of(
            EventQueue queue, Supplier<CompletableFuture<RunResult<O>>> result, Executor executor) {
        return new RunStream<>(queue, result, executor, event -> true);
    }

    /** The same stream without what the run only repeats from its log: LangGraph's sequence. */
    public RunStream<O> live() {
        return new RunStream<>(queue, result, executor, event -> !event.replayed());
    }

    /**
     * Waits for each next event. The iteration ends with the run, or throws what the run failed with; every iterator goes on
     * where the one before stopped.
     */
    @Override
    public Iterator<StreamEvent> iterator() {
        return new Events();
    }

    /** The events as a {@link Stream}; sequential, and closing it closes this. */
    public Stream<StreamEvent> events() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
                        false)
                .onClose(this::close);
    }

    /**
     * The events for one subscriber, as it asks for them; no thread waits while it asks for none. It is called on threads
     * of the graph's executor, one call at a time. Cancelling detaches from the run, as {@link #close} does; a second
     * subscriber gets an error. The run has begun already: it goes on while its events wait, until it is slowed.
     *
     * <pre>{@code
     * stream.publisher().subscribe(subscriber);   // java.util.concurrent.Flow
     * }</pre>
     */
    public Flow.Publisher<StreamEvent> publisher() {
        return new EventPublisher(queue, wanted, executor, this::failure);
    }

    /**
     * Hands every event to a listener, one at a time, on threads of the graph's executor.
     *
     * <pre>{@code
     * stream.hear(this::show).thenAccept(result -> done(result));
     * }</pre>
     *
     * @return the run's result, once the listener has heard everything. What the listener throws fails it and detaches
     *     from the run, which goes on; {@link #result} still has the result then. Cancelling it detaches, too
     */
    public CompletableFuture<RunResult<O>> hear(Consumer<? super StreamEvent> listener) {
        CompletableFuture<RunResult<O>> heard = result.get().newIncompleteFuture();
        publisher().subscribe(new Listening<>(listener, heard, this::settled));
        return heard;
    }

    /**
     * The run's result; drops what is unread and waits for the run to rest.
     *
     * @throws WorkflowFailedException if the run failed
     */
    public RunResult<O> result() {
        queue.detach();
        return settled();
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

    private RunResult<O> settled() {
        try {
            return result.get().get();
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

    /** What the events end with, once they have ended; null where the run has a result, or nobody hears of it any more. */
    private @Nullable Throwable failure() {
        RuntimeException cutOff = queue.broken();
        if (cutOff != null || queue.isDetached()) {
            return cutOff;
        }
        try {
            settled();
            return null;
        } catch (RuntimeException | Error failed) {
            return failed;
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
            if (!queue.isDetached()) {
                settled();
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
