package dev.clew.testing;

import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scripts for tasks, chosen through the generated {@code …Tasks} interface, so that names, arguments and results are
 * checked by the compiler. A scripted task keeps its policies: its failures are retried and its results are recorded,
 * encoded and replayed like any others. Scripts outlive crashes, as the outside world does. Thread-safe.
 *
 * <pre>{@code
 * var fakes = essays.fakes(EssayFlowTasks::on);
 * fakes.when(tasks -> tasks.compose("rain")).fails(2).thenReturns(new Draft("It rains."));
 * fakes.whenever(tasks -> tasks.revise(null, "")).answers(call -> new Draft(call.arg(1)));
 * }</pre>
 *
 * @param <T> the generated interface
 */
public final class Fakes<T> {
    private final Scripts scripts;
    private final Rest rest;
    private final Function<Scope, T> tasks;

    Fakes(Scripts scripts, Rest rest, Function<Scope, T> tasks) {
        this.scripts = scripts;
        this.rest = rest;
        this.tasks = tasks;
    }

    /** Scripts the calls of a task with these arguments; a null argument stands for any. The newest script that fits wins. */
    public <R extends @Nullable Object> Fake<R> when(Function<? super T, TaskFuture<R>> call) {
        return script(call, false);
    }

    /** Scripts all calls of a task; the arguments that are given here do not matter. */
    public <R extends @Nullable Object> Fake<R> whenever(Function<? super T, TaskFuture<R>> call) {
        return script(call, true);
    }

    private <R extends @Nullable Object> Fake<R> script(Function<? super T, TaskFuture<R>> call, boolean any) {
        Chosen chosen = new Chosen();
        try {
            TaskFuture<R> none = call.apply(tasks.apply(chosen));
            throw new IllegalArgumentException(
                    "call one task of the handle, such as tasks -> tasks.compose(\"rain\"); that gave " + none);
        } catch (Chosen.Made made) {
            Fake<R> fake = new Fake<>(new Faked.Task(made.task, any ? List.of() : made.arguments), rest);
            scripts.add(fake);
            return fake;
        }
    }

    /** Takes the call that chooses a task, and makes none. */
    private static final class Chosen implements Scope {
        /** Ends the lambda that made the call. */
        private static final class Made extends RuntimeException {
            private static final long serialVersionUID = 1L;
            private final transient TaskSpec<?> task;
            private final transient List<@Nullable Object> arguments;

            Made(TaskSpec<?> task, @Nullable Object[] arguments) {
                super(null, null, false, false);
                this.task = task;
                this.arguments = Arrays.asList(arguments);
            }
        }

        @Override
        @SuppressWarnings("NullAway") // the compiler does not see the bounds of compiled types
        public <R extends @Nullable Object> TaskFuture<R> call(TaskSpec<R> task, @Nullable Object... arguments) {
            throw new Made(task, arguments.clone());
        }

        @Override
        @SuppressWarnings("NullAway")
        public <O extends @Nullable Object> TaskFuture<O> child(WorkflowSpec<?, O> workflow, @Nullable Object input) {
            throw new IllegalArgumentException("'" + workflow.name()
                    + "' is a workflow; only tasks are faked: script the" + " tasks that it calls");
        }

        @Override
        @SuppressWarnings("NullAway")
        public <T extends @Nullable Object> T note(String key, TypeRef<T> type, Supplier<? extends T> make) {
            throw new IllegalArgumentException(
                    "note '" + key + "' is no task; only tasks are faked: call one task of the handle");
        }

        @Override
        public boolean isNoted(String key) {
            return false;
        }

        @Override
        public Instant time() {
            return Instant.now();
        }

        @Override
        public boolean isRecorded(TaskSpec<?> task) {
            return false;
        }

        @Override
        public boolean isStored() {
            return false;
        }

        @Override
        public boolean flush() {
            return false;
        }

        @Override
        @SuppressWarnings("NullAway")
        public void value(Supplier<? extends @Nullable Object> value) {
            throw new IllegalArgumentException("a value is no task; only tasks are faked: call one task of the handle");
        }

        @Override
        public void breakpoint(List<String> nodes) {
            throw new IllegalArgumentException(
                    "the breakpoint " + nodes + " is no task; only tasks are faked: call one task of the handle");
        }
    }
}
