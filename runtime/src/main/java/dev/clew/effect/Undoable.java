package dev.clew.effect;

import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a task that can be undone of one that may be repeated, and says how. For generated code.
 *
 * <pre>{@code
 * TaskSpec<Booking> book = Undoable.of(
 *         TaskSpec.of("book", TypeRef.of(Booking.class))
 *             .method("com.acme.Trips", "book(com.acme.Trip)")
 *             .parameter("trip", TypeRef.of(Trip.class))
 *             .leaf(call -> flow.book(call.<Trip>arg(0))))
 *     .undo(new TypeRef<Optional<Booking>>() {}, call -> {
 *         flow.cancel(call.<Trip>arg(0), call.<Optional<Booking>>arg(1), call.taskContext());
 *         return null;
 *     })
 *     .spec();
 * }</pre>
 *
 * <p>The step is a scope with one leaf. It notes that it was called, with its arguments, and waits until that is durable, before the
 * leaf's first line: whatever becomes of it, it is known that it may have to be undone.
 *
 * @param <R> the type of the result
 */
public final class Undoable<R extends @Nullable Object> {
    private final TaskSpec<R> task;
    private @Nullable Undo undo;

    private Undoable(TaskSpec<R> task) {
        this.task = task;
    }

    /** Begins with a leaf. */
    public static <R extends @Nullable Object> Undoable<R> of(TaskSpec<R> leaf) {
        if (leaf.isScope() || leaf.cache().isPresent()) {
            throw new IllegalRequestException("task '" + leaf.name()
                    + "' cannot be undone: it makes durable calls, or its result is taken from a cache");
        }
        return new Undoable<>(leaf);
    }

    /** Undoes it; gets the arguments, and an {@code Optional} of the result after them. */
    public Undoable<R> undo(TypeRef<Optional<R>> type, TaskBody<?> body) {
        undo = Undo.of(type, body);
        return this;
    }

    /**
     * {@link #undo(TypeRef, TaskBody)} for a task whose step records more than its result.
     *
     * @param given reads the result of what was recorded, null if there is none; a pure function
     */
    public <A> Undoable<R> undo(
            TypeRef<Optional<A>> type, Function<? super R, ? extends @Nullable A> given, TaskBody<?> body) {
        undo = Undo.of(type, given, body);
        return this;
    }

    /** Undoes a task without a result; gets the arguments, and after them whether it is known to have happened. */
    public Undoable<R> undo(TaskBody<?> body) {
        undo = Undo.of(TypeRef.of(Boolean.class), body);
        return this;
    }

    /** The task as callers get it. */
    public TaskSpec<R> spec() {
        Undo how = undo;
        if (how == null) {
            throw new IllegalRequestException("nothing undoes task '" + task.name() + "'; call undo(…) before spec()");
        }
        TaskSpec.Builder<R> spec = TaskSpec.of(task.name(), task.resultType())
                .undo(how.of(task, null))
                .method(task.declaringClass(), task.signature())
                .formerly(task.formerly().toArray(String[]::new));
        if (task.kind() == StepKind.NODE) {
            spec.node();
        }
        if (task.isDurable()) {
            spec.durable();
        }
        task.parameters().forEach(parameter -> spec.parameter(parameter.name(), parameter.type()));
        return spec.scope(this::run);
    }

    private R run(TaskCall call) {
        String stepId = call.run().stepId();
        boolean before = Arguments.registered(call.scope(), task, call, stepId);
        if (!before) {
            boolean unused = call.scope().flush();
        }
        return call.scope().call(attempt(call, stepId)).join();
    }

    private TaskSpec<R> attempt(TaskCall call, String stepId) {
        TaskSpec.Builder<R> spec =
                TaskSpec.of(EffectNotes.ATTEMPT, task.resultType()).method(task.declaringClass(), task.signature());
        task.timeout().ifPresent(spec::timeout);
        task.idleTimeout().ifPresent(spec::idleTimeout);
        task.retry().forEach(spec::retry);
        return spec.leaf(inner -> task.body()
                .run(new OnceCall(
                        call, inner, stepId, stepId, inner.taskContext().attempt())));
    }
}
