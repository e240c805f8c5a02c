package dev.clew.graph;

import dev.clew.flow.RunConfig;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a graph's thread after a superstep, and what comes next.
 *
 * <pre>{@code
 * StateSnapshot<ResearchState> now = research.snapshot("r-1");
 * now.values().notes();      // what the nodes have found so far
 * now.next();                // [publish]
 * now.tasks().get(0).pending();   // what it asks
 * }</pre>
 *
 * @param values the state
 * @param superstep after how many supersteps of its run; 0 after the input
 * @param next the nodes of the superstep that follows, one for each execution in planned order; empty at the end of a run
 * @param tasks the executions of that superstep, in planned order
 * @param waitingJoins the joins that wait for nodes which have not run
 * @param config names this snapshot: {@code snapshot}, {@code fork} and {@code updateState} take it
 * @param parent names the snapshot before; null if this is the first
 * @param createdAt when the state came to be
 * @param metadata what the run was given
 */
public record StateSnapshot<S>(
        S values,
        int superstep,
        List<String> next,
        List<Task> tasks,
        List<WaitingJoin> waitingJoins,
        RunConfig config,
        @Nullable RunConfig parent,
        Instant createdAt,
        Map<String, String> metadata) {
    public StateSnapshot {
        next = List.copyOf(next);
        tasks = List.copyOf(tasks);
        waitingJoins = List.copyOf(waitingJoins);
        metadata = Map.copyOf(metadata);
    }

    /**
     * How far an execution has come.
     *
     * <pre>{@code
     * now.tasks().stream().filter(task -> task.status() == StateSnapshot.Status.FAILED)
     * }</pre>
     */
    public enum Status {
        /** It has no outcome yet. */
        DUE,
        /** It has an update, which counts when the others of the superstep have theirs. */
        SUCCEEDED,
        /** It failed, and its retries are exhausted. */
        FAILED,
        /** It waits for answers. */
        INTERRUPTED
    }

    /**
     * One execution of the superstep that follows.
     *
     * <pre>{@code
     * now.tasks().get(0).failure().map(Failure::message)
     * }</pre>
     *
     * @param node the node
     * @param index which of the node's executions in the superstep, from 0 in planned order
     * @param status how far it has come
     * @param error why it failed, or null
     * @param pending what it asks
     * @param inner the state of the graph that the node is, or null
     */
    public record Task(
            String node,
            int index,
            Status status,
            @Nullable Failure error,
            List<PendingInterrupt<?, ?>> pending,
            @Nullable StateSnapshot<?> inner) {
        public Task {
            pending = List.copyOf(pending);
        }

        /** Why it failed. */
        public Optional<Failure> failure() {
            return Optional.ofNullable(error);
        }

        /** The state of the graph that the node is, as far as it has come. */
        public Optional<StateSnapshot<?>> child() {
            return Optional.ofNullable(inner);
        }
    }

    /**
     * A join that has not all that it waits for.
     *
     * <pre>{@code
     * WaitingJoin[node=write, arrived=[search], missing=[ask]]
     * }</pre>
     *
     * @param node the node that waits
     * @param arrived the nodes that have run
     * @param missing the nodes that have not
     */
    public record WaitingJoin(String node, List<String> arrived, List<String> missing) {
        public WaitingJoin {
            arrived = List.copyOf(arrived);
            missing = List.copyOf(missing);
        }
    }
}
