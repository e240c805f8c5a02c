package dev.clew.spi;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.index.RequestRecord;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that finds the requests again which {@link RunConfig#request} had stored: for servers.
 *
 * <p>Thread-safe. Implemented by Clew alone.
 *
 * <pre>{@code
 * RequestedWorkflow.of(graph.write()).requested("chat-1", "r-1").orElseThrow().resultAsync().thenAccept(this::reply);
 * }</pre>
 *
 * @param <O> the type of the workflow's value
 */
public interface RequestedWorkflow<O extends @Nullable Object> {
    /**
     * A request of a thread of this workflow, as it is stored now; empty if there is none of this id.
     *
     * @throws RequestRefusedException with {@code NO_CHECKPOINTER} if the graph has none
     */
    Optional<Requested<O>> requested(String threadId, String requestId);

    /**
     * A request that was stored. Thread-safe; holds nothing.
     *
     * <pre>{@code
     * boolean isUnderWay = requested.record().end() == null;
     * }</pre>
     *
     * @param <O> the type of the workflow's value
     */
    interface Requested<O extends @Nullable Object> {
        /** The request as it was found, with its content as the codec protects it. */
        RequestRecord record();

        /** Whether this is what was asked, as {@link dev.clew.index.RequestNote#asked} said it. */
        boolean asks(String asked);

        /** What was noted of it, in clear. */
        byte[] content();

        /**
         * How its run rested when the request ended, whatever became of the run since: of one that paused, what was asked then. While
         * the request is under way it is waited for, whatever process executes the run. It fails as {@link
         * dev.clew.flow.RunHandle#result()} does. Cancelling the future ends the wait alone.
         */
        CompletableFuture<RunResult<O>> resultAsync();

        /**
         * Cancels what the request asked for, if the request is under way: once it ended, its run is left alone, even if that continues
         * for another request.
         *
         * @return whether there was something to cancel
         */
        boolean cancel();
    }

    /**
     * The workflow behind one that a graph gave.
     *
     * @throws RequestRefusedException if it is none of Clew's
     */
    @SuppressWarnings("unchecked") // all that implement it are workflows with the same value
    static <O extends @Nullable Object> RequestedWorkflow<O> of(Workflow<?, O> workflow) {
        Workflow<?, O> inner = workflow;
        while (inner instanceof ForwardingWorkflow<?, O> forwarding) {
            inner = forwarding.forwardsTo();
        }
        if (inner instanceof RequestedWorkflow<?> requested) {
            return (RequestedWorkflow<O>) requested;
        }
        throw new RequestRefusedException(
                "workflow '" + workflow.name() + "' was not given by a graph, so it has no requests");
    }
}
