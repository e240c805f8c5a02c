package dev.clew.effect;

import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a task whose effect must not happen twice of one that says what its effect is. For generated code.
 *
 * <pre>{@code
 * TaskSpec<Receipt> pay = Once.of(
 *         TaskSpec.of("pay", TypeRef.of(Receipt.class))
 *             .method("com.acme.Payments", "pay(com.acme.Invoice)")
 *             .parameter("invoice", TypeRef.of(Invoice.class))
 *             .timeout(Duration.ofSeconds(30))
 *             .leaf(call -> flow.pay(call.<Invoice>arg(0), call.taskContext())),
 *         PAY_OUTCOME)
 *     .notDone(Declined.class)
 *     .reconcile(new TypeRef<Optional<Receipt>>() {}, call -> flow.found(call.<Invoice>arg(0), call.taskContext()))
 *     .spec();
 * }</pre>
 *
 * <p>The step is a scope. Its own steps are the attempts, the calls of {@code reconcile}, and the questions; it notes that an attempt
 * begins, and waits until that is durable, before the attempt's first line. What it does is decided by {@link OnceCourse}.
 *
 * @param <R> the type of the result
 */
public final class Once<R extends @Nullable Object> {
    /** How long, at least, a request may be under way that its sender has given up. */
    private static final Duration LEAST_SETTLE = Duration.ofSeconds(60);

    private final TaskSpec<R> task;
    private final Word<?, R> word;
    private final List<Class<? extends Throwable>> notDone = new ArrayList<>();
    private @Nullable Reconciliation<?, R> reconciliation;
    private Function<? super TaskCall, ? extends List<? extends @Nullable Object>> shown = this::arguments;
    private Duration settle;
    private @Nullable Undo undo;

    private Once(TaskSpec<R> task, Word<?, R> word) {
        this.task = task;
        this.word = word;
        this.settle = task.timeout()
                .filter(limit -> limit.compareTo(LEAST_SETTLE) > 0)
                .orElse(LEAST_SETTLE);
    }

    /**
     * What a person says of an outcome.
     *
     * @param key asks for it
     * @param result makes the task's result of what was said; a pure function
     */
    record Word<A extends @Nullable Object, R extends @Nullable Object>(
            InterruptKey<UnknownOutcome, Resolution<A>> key, Function<? super A, ? extends R> result) {}

    /**
     * What asks the outside world whether an effect happened.
     *
     * @param type of what the body gives
     * @param result makes the task's result of what it found; a pure function
     */
    record Reconciliation<F, R extends @Nullable Object>(
            TypeRef<F> type, TaskBody<F> body, Function<? super F, Optional<Resolution<R>>> result) {}

    /**
     * Begins with a leaf.
     *
     * @param key asks a person for the outcome
     */
    public static <R extends @Nullable Object> Once<R> of(
            TaskSpec<R> leaf, InterruptKey<UnknownOutcome, Resolution<R>> key) {
        return of(leaf, key, value -> value);
    }

    /**
     * Begins with a leaf whose result is more than people say of it.
     *
     * @param key asks a person for the outcome
     * @param result makes the leaf's result of what the person says; a pure function
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> Once<R> of(
            TaskSpec<R> leaf,
            InterruptKey<UnknownOutcome, Resolution<A>> key,
            Function<? super A, ? extends R> result) {
        if (leaf.isScope() || leaf.cache().isPresent()) {
            throw new IllegalRequestException("task '" + leaf.name()
                    + "' cannot be ONCE: it makes durable calls, or its result is taken from a cache");
        }
        return new Once<>(leaf, new Word<>(key, result));
    }

    /** A failure of this class says for sure that the effect did not happen. */
    public Once<R> notDone(Class<? extends Throwable> failure) {
        notDone.add(failure);
        return this;
    }

    /** Says what the effect's outcome was, if it happened; empty if it did not. */
    public Once<R> reconcile(TypeRef<Optional<R>> type, TaskBody<Optional<R>> body) {
        return reconcile(type, body, value -> value);
    }

    /**
     * {@link #reconcile(TypeRef, TaskBody)} for a task whose result is more than what is found.
     *
     * @param result makes the task's result of what was found; a pure function
     */
    public <F> Once<R> reconcile(
            TypeRef<Optional<F>> type, TaskBody<Optional<F>> body, Function<? super F, ? extends R> result) {
        reconciliation = new Reconciliation<>(
                type, body, found -> found.map(value -> Resolution.<R>succeeded(result.apply(value))));
        return this;
    }

    /** Says whether the effect happened, of a task without a result. */
    public Once<R> reconcile(TaskBody<Boolean> body) {
        return reconcile(body, Once::nothing);
    }

    /**
     * {@link #reconcile(TaskBody)} for a task whose result says so.
     *
     * @param result makes the task's result, if the effect happened; a pure function
     */
    public Once<R> reconcile(TaskBody<Boolean> body, Supplier<? extends R> result) {
        reconciliation = new Reconciliation<Boolean, R>(
                TypeRef.of(Boolean.class),
                body,
                happened -> happened ? Optional.of(Resolution.succeeded(result.get())) : Optional.empty());
        return this;
    }

    /** The result of a task that has none. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <R extends @Nullable Object> R nothing() {
        return null;
    }

    /** What a person is shown in place of the call's arguments. */
    public Once<R> shows(Function<? super TaskCall, ? extends List<? extends @Nullable Object>> what) {
        shown = what;
        return this;
    }

    /** Undoes it; gets the arguments, and an {@code Optional} of the result after them. */
    public Once<R> undo(TypeRef<Optional<R>> type, TaskBody<?> body) {
        undo = Undo.of(type, body);
        return this;
    }

    /**
     * {@link #undo(TypeRef, TaskBody)} for a task whose step records more than its result.
     *
     * @param given reads the result of what was recorded, null if there is none; a pure function
     */
    public <A> Once<R> undo(
            TypeRef<Optional<A>> type, Function<? super R, ? extends @Nullable A> given, TaskBody<?> body) {
        undo = Undo.of(type, given, body);
        return this;
    }

    /** Undoes a task without a result; gets the arguments, and after them whether it is known to have happened. */
    public Once<R> undo(TaskBody<?> body) {
        undo = Undo.of(TypeRef.of(Boolean.class), body);
        return this;
    }

    /** How long after an attempt was given up an empty {@code reconcile} counts. */
    public Once<R> settle(Duration atLeast) {
        if (atLeast.isNegative()) {
            throw new IllegalRequestException(
                    "a task's settle must not be negative, but that of '" + task.name() + "' is " + atLeast);
        }
        settle = atLeast;
        return this;
    }

    /** The task as callers get it. */
    public TaskSpec<R> spec() {
        TaskSpec.Builder<R> spec = TaskSpec.of(task.name(), task.resultType())
                .once()
                .method(task.declaringClass(), task.signature())
                .formerly(task.formerly().toArray(String[]::new));
        if (undo != null) {
            spec.undo(undo.of(task, this));
        }
        task.parameters().forEach(parameter -> spec.parameter(parameter.name(), parameter.type()));
        return (task.kind() == StepKind.NODE ? spec.node() : spec).scope(body());
    }

    /** What runs a call: for a step whose body knows more than its arguments. */
    public TaskBody<R> body() {
        return call -> new OnceCourse<>(this, call).run();
    }

    List<? extends @Nullable Object> shown(TaskCall call) {
        return shown.apply(call);
    }

    private List<@Nullable Object> arguments(TaskCall call) {
        return Arguments.of(task, call);
    }

    boolean isUndone() {
        return undo != null;
    }

    TaskSpec<R> task() {
        return task;
    }

    Word<?, R> word() {
        return word;
    }

    List<Class<? extends Throwable>> notDone() {
        return notDone;
    }

    @Nullable
    Reconciliation<?, R> reconciliation() {
        return reconciliation;
    }

    Duration settle() {
        return settle;
    }
}
