package dev.clew.engine.events;

import dev.clew.flow.RunResult;
import dev.clew.flow.RunStoppedException;
import dev.clew.flow.RunStream;
import dev.clew.stream.StreamEvent;
import dev.clew.value.WaitInterruptedException;
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

/** The stream of a run whose events come through a queue. */
public final class QueuedStream<O extends @Nullable Object> implements RunStream<O> {
    private final EventQueue queue;
    private final Supplier<CompletableFuture<RunResult<O>>> result;
    private final Executor executor;
    private final Predicate<StreamEvent> wanted;

    private QueuedStream(
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
     * The stream of a run whose events come through this queue, and end no earlier than its result is there.
     *
     * @param executor where subscribers and listeners are called
     */
    public static <O extends @Nullable Object> RunStream<O> of(
            EventQueue queue, Supplier<CompletableFuture<RunResult<O>>> result, Executor executor) {
        return new QueuedStream<>(queue, result, executor, event -> true);
    }

    @Override
    public RunStream<O> live() {
        return new QueuedStream<>(queue, result, executor, event -> !event.replayed());
    }

    @Override
    public Iterator<StreamEvent> iterator() {
        return new Events();
    }

    @Override
    public Stream<StreamEvent> events() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
                        false)
                .onClose(this::close);
    }

    @Override
    public Flow.Publisher<StreamEvent> publisher() {
        return new EventPublisher(queue, wanted, executor, this::failure);
    }

    @Override
    public CompletableFuture<RunResult<O>> hear(Consumer<? super StreamEvent> listener) {
        CompletableFuture<RunResult<O>> heard = result.get().newIncompleteFuture();
        publisher().subscribe(new Listening<>(listener, heard, this::settled));
        return heard;
    }

    @Override
    public RunResult<O> result() {
        queue.detach();
        return settled();
    }

    @Override
    public boolean isOpen() {
        return queue.isOpen();
    }

    @Override
    public void close() {
        queue.detach();
    }

    private RunResult<O> settled() {
        try {
            return result.get().get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException(
                    "the reader of a stream was interrupted while it waited for the result; the run goes on");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException runtime
                    ? runtime
                    : new RunStoppedException("the run failed", failed);
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
                throw new WaitInterruptedException("the reader of a stream was interrupted; the run goes on");
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
