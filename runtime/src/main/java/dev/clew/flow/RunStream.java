package dev.clew.flow;

import dev.clew.stream.StreamEvent;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run as it happens: its events, then its result. For one reader, who iterates, takes the {@link #events}, subscribes
 * to the {@link #publisher} or lets a listener {@link #hear}; not thread-safe. Implemented by Clew alone.
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
public interface RunStream<O extends @Nullable Object> extends Iterable<StreamEvent>, AutoCloseable {
    /** The same stream without what the run only repeats from its log: LangGraph's sequence. */
    RunStream<O> live();

    /**
     * Waits for each next event. The iteration ends with the run, or throws what the run failed with; every iterator goes on
     * where the one before stopped.
     */
    @Override
    Iterator<StreamEvent> iterator();

    /** The events as a {@link Stream}; sequential, and closing it closes this. */
    Stream<StreamEvent> events();

    /**
     * The events for one subscriber, as it asks for them; no thread waits while it asks for none. It is called on threads
     * of the graph's executor, one call at a time. Cancelling detaches from the run, as {@link #close} does; a second
     * subscriber gets an error. The run has begun already: it goes on while its events wait, until it is slowed.
     *
     * <pre>{@code
     * stream.publisher().subscribe(subscriber);   // java.util.concurrent.Flow
     * }</pre>
     */
    Flow.Publisher<StreamEvent> publisher();

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
    CompletableFuture<RunResult<O>> hear(Consumer<? super StreamEvent> listener);

    /**
     * The run's result; drops what is unread and waits for the run to rest.
     *
     * @throws WorkflowFailedException if the run failed
     */
    RunResult<O> result();

    /** Whether there may be more to read: neither is it read to its end, nor was it closed. */
    boolean isOpen();

    /** Detaches from the run at once; it goes on. */
    @Override
    void close();
}
