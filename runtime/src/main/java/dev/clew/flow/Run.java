package dev.clew.flow;

import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The running body's own handle. Declaring a parameter of this type makes a method a <em>scope</em>: its code between
 * durable calls must be deterministic, because it is run again from its first line after every pause and crash.
 *
 * <p>All calls belong to the scope's own thread, and fail elsewhere with {@link dev.clew.task.IllegalStepException}.
 * Put the clock, the network and randomness into a leaf task, or use {@link #now}, {@link #random} and {@link
 * #randomUuid}. What is read from the {@link #store} is not recorded either.
 *
 * <pre>{@code
 * @Entrypoint
 * Essay write(String topic, EssayFlowTasks tasks, Run run) {
 *   Draft draft = tasks.compose(topic).join();
 *   Verdict verdict = run.interrupt(REVIEW, draft);
 *   return verdict.approved() ? new Essay(draft.text()) : Essay.rejected();
 * }
 * }</pre>
 */
public interface Run extends TaskContext {
    /**
     * Asks a person and pauses until the answer comes. The question is durable, and visible in the thread's state, when
     * this is reached; the run pauses when all other called work is at rest.
     *
     * @return the answer; it passed the key's type and validator
     */
    <Q, A extends @Nullable Object> A interrupt(InterruptKey<Q, A> key, Q question);

    /** As {@link #interrupt(InterruptKey, Object)}, but waits at most this long: then the answer is empty. */
    <Q, A> Optional<A> interrupt(InterruptKey<Q, A> key, Q question, Duration deadline);

    /** The untyped form for quick work; the answer is plain data: text, number, boolean, list, map or null. */
    @Nullable
    Object interrupt(Object question);

    /** A durable timer, due after this long. */
    TaskFuture<@Nullable Void> timer(Duration duration);

    /** Waits durably: a long sleep holds no thread, and a restart in between changes nothing. */
    void sleep(Duration duration);

    /** The recorded time of the latest outcome or answer that this scope observed; the run's start at first. */
    Instant now();

    /** A generator seeded by the run and the scope's path: the same numbers on every replay. */
    Random random();

    /** A random UUID, the same on every replay. */
    UUID randomUuid();

    /**
     * Lets a deploy change code under parked threads: true in runs that had not come past this point before the change,
     * false in those that had. The first answer per scope and id holds.
     *
     * <pre>{@code
     * if (run.patched("ask-legal")) legal = tasks.legalReview(draft).join();
     * }</pre>
     */
    boolean patched(String id);

    /** Runs another class's workflow as a child of this scope and waits for its value. */
    <I, O extends @Nullable Object> O invoke(Workflow<I, O> workflow, I input);

    /** {@link #invoke(Workflow, Object)} for a workflow without input. */
    <O extends @Nullable Object> O invoke(Workflow<Void, O> workflow);

    /** Starts another class's workflow as a child of this scope. */
    <I, O extends @Nullable Object> TaskFuture<O> start(Workflow<I, O> workflow, I input);

    /** {@link #start(Workflow, Object)} for a workflow without input. */
    <O extends @Nullable Object> TaskFuture<O> start(Workflow<Void, O> workflow);

    /**
     * {@link #start(Workflow, Object)} with a context of the child's own: there it takes the place of the parent's of the
     * same type.
     */
    <I, O extends @Nullable Object> TaskFuture<O> startWith(Object context, Workflow<I, O> workflow, I input);

    /** {@link #startWith(Object, Workflow, Object)} for a workflow without input. */
    <O extends @Nullable Object> TaskFuture<O> startWith(Object context, Workflow<Void, O> workflow);

    /** {@link #startWith(Object, Workflow, Object)}, and waits for the child's value. */
    <I, O extends @Nullable Object> O invokeWith(Object context, Workflow<I, O> workflow, I input);

    /** {@link #invokeWith(Object, Workflow, Object)} for a workflow without input. */
    <O extends @Nullable Object> O invokeWith(Object context, Workflow<Void, O> workflow);

    /**
     * Starts a workflow on a <em>thread of its own</em>, and waits for its result: a detached child. It has its own
     * log, lease, questions, value and history there, with the durability and the limits of its own configuration; it
     * inherits this run's contexts. This run only records what became of it.
     *
     * <pre>{@code
     * TaskFuture<Invoice> invoice = run.start(billing, order, RunConfig.thread("invoice-" + order.id()));
     * }</pre>
     *
     * <p>The child's run id is made of this step's id, so a replay or a restart joins the run that it started before and
     * never starts a second one, as long as the child's thread is kept. A fork, or a copy, of this run is another run and
     * starts another child.
     *
     * <p>While the child waits for a person, it does so on its own thread, and is answered there; this run waits, and
     * sleeps meanwhile. Its failure, its cancellation and a thread that is busy are this step's failure: {@link
     * dev.clew.task.TaskFailedException} with the recorded class. A child that failed and was continued by itself gives
     * its value once this run is continued, too.
     *
     * <p>Neither cancelling this run nor the future cancels the child: it only is no longer waited for. To cancel it, use
     * {@link Workflow#cancel(String)} in a leaf task.
     *
     * @throws dev.clew.value.IllegalRequestException without a thread, with a run id or a checkpoint, on this run's own thread, or
     *     if the workflow's graph has no checkpointer
     */
    <I, O extends @Nullable Object> TaskFuture<O> start(Workflow<I, O> workflow, I input, RunConfig own);

    /** {@link #start(Workflow, Object, RunConfig)} for a workflow without input. */
    <O extends @Nullable Object> TaskFuture<O> start(Workflow<Void, O> workflow, RunConfig own);

    /** {@link #start(Workflow, Object, RunConfig)}, and waits for its value. */
    <I, O extends @Nullable Object> O invoke(Workflow<I, O> workflow, I input, RunConfig own);

    /** {@link #invoke(Workflow, Object, RunConfig)} for a workflow without input. */
    <O extends @Nullable Object> O invoke(Workflow<Void, O> workflow, RunConfig own);

    /**
     * {@link #start(Workflow, Object, RunConfig)} of a child that nobody here waits for: the step has succeeded once the
     * child's run is opened, and what becomes of that is its own affair.
     *
     * @return the child's run id, once its run is opened
     */
    <I> TaskFuture<String> launch(Workflow<I, ?> workflow, I input, RunConfig own);

    /** {@link #launch(Workflow, Object, RunConfig)} for a workflow without input. */
    TaskFuture<String> launch(Workflow<Void, ?> workflow, RunConfig own);

    /** A leaf task with a name made at run time, for work that no method can name. */
    <R extends @Nullable Object> TaskFuture<R> task(String name, Class<R> type, Callable<? extends R> body);

    /** {@link #task(String, Class, Callable)} for a generic result. */
    <R extends @Nullable Object> TaskFuture<R> task(String name, TypeRef<R> type, Callable<? extends R> body);

    /** Whether the next call would be answered from the log. For logging only: never decide anything by it. */
    boolean isReplaying();

    /** Whether this scope is being unwound for a pause; ask it in a {@code finally} block. */
    boolean isSuspending();
}
