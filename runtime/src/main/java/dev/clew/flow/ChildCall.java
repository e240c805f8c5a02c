package dev.clew.flow;

import dev.clew.task.TaskFuture;
import org.jspecify.annotations.Nullable;

/**
 * The call of a workflow as a child, until {@link #start} or {@link #launch} makes it. Immutable; it belongs to the scope that
 * {@link Run#child} was called in, as its other calls do. Implemented by Clew alone.
 *
 * <pre>{@code
 * TaskFuture<Offer> offer = run.child(cheapest).context(customer).start(shops);
 * }</pre>
 *
 * @param <I> the input's type; {@link Void} for a workflow without input
 * @param <O> the type of the child's value
 */
public interface ChildCall<I, O extends @Nullable Object> {
    /** Gives the child a context of its own, which there takes the place of the parent's of the same type. */
    ChildCall<I, O> context(Object context);

    /**
     * Runs the child on a <em>thread of its own</em>: a detached child. It has its own log, lease, questions, value and
     * history there, with the durability and the limits of this configuration; it inherits this run's contexts. This run
     * only records what became of it.
     *
     * <p>The child's run id is made of the calling step's id, so a replay or a restart joins the run that it started before
     * and never starts a second one, as long as the child's thread is kept. A fork, or a copy, of this run is another run
     * and starts another child.
     *
     * <p>While the child waits for a person, it does so on its own thread, and is answered there; this run waits, and
     * sleeps meanwhile. Its failure, its cancellation and a thread that is busy are this step's failure: {@link
     * dev.clew.task.TaskFailedException} with the recorded class. A child that failed and was continued by itself gives
     * its value once this run is continued, too.
     *
     * <p>Neither cancelling this run nor the future cancels the child: it only is no longer waited for. To cancel it, use
     * {@link Workflow#cancel(String)} in a leaf task.
     */
    ChildCall<I, O> on(RunConfig own);

    /**
     * Starts the child.
     *
     * @throws dev.clew.value.IllegalRequestException without an input that the workflow needs. Of a child on a thread of its
     *     own: if the configuration has no thread, has a run id or a checkpoint, or names this run's own thread, or if the
     *     workflow's graph has no checkpointer
     */
    TaskFuture<O> start(I input);

    /** {@link #start(Object)} of a workflow without input. */
    TaskFuture<O> start();

    /**
     * Starts a child on a thread of its own that this run does not wait for: the step has succeeded once the child's run is
     * opened, and what becomes of it is its own affair.
     *
     * @return the child's run id, once its run is opened
     * @throws dev.clew.value.IllegalRequestException as {@link #start(Object)} does, and without {@link #on}
     */
    TaskFuture<String> launch(I input);

    /** {@link #launch(Object)} of a workflow without input. */
    TaskFuture<String> launch();
}
