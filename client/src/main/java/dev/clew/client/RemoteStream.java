package dev.clew.client;

import dev.clew.client.wire.RunEvents;
import dev.clew.client.wire.SseEvent;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.stream.StreamEvent;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a server's run. Events are read from the connection when the reader asks for them: a slow reader slows nothing, the
 * server catches up from the run's log.
 */
final class RemoteStream<O extends @Nullable Object> implements RunStream<O> {
    private final Supplier<RunEvents> opening;
    private final Faults faults;
    private final String threadId;
    private final RemoteEvents<O> mapping;
    private final Supplier<RunResult<O>> result;
    private final Executor executor;
    private final Queue<StreamEvent> ready = new ArrayDeque<>();
    private final Object lock = new Object();
    private @Nullable RunEvents events;
    private volatile boolean closed;
    private volatile boolean over;

    /**
     * Opens when it is first read.
     *
     * @param opening sends the request, or finds the run; what it throws is thrown by the iteration and by {@link #result}
     */
    RemoteStream(
            Faults faults,
            String threadId,
            Supplier<RunEvents> opening,
            RemoteEvents<O> mapping,
            Supplier<RunResult<O>> result,
            Executor executor) {
        this.faults = faults;
        this.threadId = threadId;
        this.opening = opening;
        this.mapping = mapping;
        this.result = result;
        this.executor = executor;
    }

    /** The same: a server repeats nothing from the log. */
    @Override
    public RunStream<O> live() {
        return this;
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
        return new RemotePublisher(this, executor);
    }

    @Override
    public CompletableFuture<RunResult<O>> hear(Consumer<? super StreamEvent> listener) {
        CompletableFuture<RunResult<O>> heard = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                for (StreamEvent event : this) {
                    if (heard.isCancelled()) {
                        break;
                    }
                    listener.accept(event);
                }
                heard.complete(result());
            } catch (Throwable failed) { // the future has it
                heard.completeExceptionally(failed);
            } finally {
                close();
            }
        });
        return heard;
    }

    @Override
    public RunResult<O> result() {
        close();
        return result.get();
    }

    @Override
    public boolean isOpen() {
        return !closed && !over;
    }

    @Override
    public void close() {
        closed = true;
        synchronized (lock) {
            if (events != null) {
                events.close();
            }
        }
    }

    private RunEvents opened() {
        RunEvents known;
        synchronized (lock) {
            known = events;
        }
        if (known != null) {
            return known;
        }
        RunEvents made = opening.get();
        synchronized (lock) {
            events = made;
            if (closed) {
                made.close();
            }
        }
        return made;
    }

    /** Waits for the next event; null at the end, or throws what the run failed with. */
    @Nullable
    StreamEvent take() {
        while (ready.isEmpty() && isOpen()) {
            SseEvent event = faults.<@Nullable SseEvent>of(threadId, () -> opened().next());
            if (event != null) {
                ready.addAll(mapping.of(event));
            } else if (!closed) {
                over = true;
                RunResult<O> unused = result.get();
            }
        }
        return ready.poll();
    }

    private final class Events implements Iterator<StreamEvent> {
        private @Nullable StreamEvent next;

        @Override
        public boolean hasNext() {
            next = next == null ? take() : next;
            return next != null;
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
