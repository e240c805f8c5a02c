package dev.clew;

import dev.clew.engine.Engine;
import dev.clew.engine.queue.HeldRequests;
import dev.clew.queue.HeldRequest;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A queue of a checkpointer, to look at and to set up: the same in all processes, for dashboards and autoscaling. Thread-safe.
 *
 * <pre>{@code
 * WorkQueue essays = graph.queue("essays");
 * essays.configure(QueueSettings.NONE.globalConcurrency(100));
 * long backlog = essays.depth();
 * }</pre>
 */
public final class WorkQueue {
    private final Engine engine;
    private final RunQueue queue;
    private final String name;

    WorkQueue(Engine engine, String name) {
        this.engine = engine;
        this.queue = engine.queue();
        this.name = name;
    }

    /** The queue's name. */
    public String name() {
        return name;
    }

    /** What it holds. */
    public QueueState state() {
        return queue.state(name);
    }

    /** How many runs wait for a worker now: those behind others of their threads, and delayed ones, are not counted. */
    public long depth() {
        return state().count(RequestState.READY);
    }

    /** When the oldest run that waits for a worker joined its thread's line; empty if none waits. */
    public Optional<Instant> oldest() {
        return Optional.ofNullable(state().oldest());
    }

    /** Up to 1,000 of its requests in one of these states, or in any. */
    public List<RequestRow> requests(RequestState... states) {
        return queue.list(QueueQuery.all().queue(name).state(states));
    }

    /** Up to 1,000 of its requests that no worker takes before a person has acted, with their causes. */
    public List<HeldRequest> held() {
        return new HeldRequests(engine).of(name);
    }

    /**
     * Lets a worker take a held request again, as {@link dev.clew.flow.RunHandle#retry()} does.
     *
     * @return false, with nothing changed, if the request is not held
     */
    public boolean retry(HeldRequest request) {
        return new HeldRequests(engine).retry(request.threadId(), request.runId());
    }

    /** Stores what holds for it in all processes, in place of what was stored before. */
    public void configure(QueueSettings settings) {
        queue.configure(name, settings);
    }

    /** Opens no new run in any process until {@link #resume()}; runs that were opened continue. */
    public void pause() {
        configure(state().settings().paused(true));
    }

    /** Opens new runs again. */
    public void resume() {
        configure(state().settings().paused(false));
    }

    @Override
    public String toString() {
        return "WorkQueue['" + name + "']";
    }
}
