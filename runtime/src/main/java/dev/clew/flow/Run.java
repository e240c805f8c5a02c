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

    /**
     * Begins the call of another class's workflow as a child of this scope, if it needs more than {@link #invoke(Workflow,
     * Object)}: a future, a context of its own, or a thread of its own.
     *
     * <pre>{@code
     * TaskFuture<Invoice> invoice = run.child(billing).on(RunConfig.thread("invoice-" + order.id())).start(order);
     * }</pre>
     */
    <I, O extends @Nullable Object> ChildCall<I, O> child(Workflow<I, O> workflow);

    /** A leaf task with a name made at run time, for work that no method can name. */
    <R extends @Nullable Object> TaskFuture<R> task(String name, Class<R> type, Callable<? extends R> body);

    /** {@link #task(String, Class, Callable)} for a generic result. */
    <R extends @Nullable Object> TaskFuture<R> task(String name, TypeRef<R> type, Callable<? extends R> body);

    /**
     * Ends this run, whichever scope of it calls this, and undoes what it has done: the steps of tasks that have {@code @Task(undo
     * = …)}, the newest first. Callers get {@link RunResult.Undone}. What other scopes have called runs to its end before. Never
     * returns: the scope unwinds, so let the error pass. To be thrown where a compiler wants to know that nothing follows.
     *
     * <pre>{@code
     * if (!run.interrupt(CONFIRM, trip)) throw run.undo();
     * }</pre>
     */
    RuntimeException undo();

    /** Whether the next call would be answered from the log. For logging only: never decide anything by it. */
    boolean isReplaying();

    /** Whether this scope is being unwound for a pause; ask it in a {@code finally} block. */
    boolean isSuspending();
}
