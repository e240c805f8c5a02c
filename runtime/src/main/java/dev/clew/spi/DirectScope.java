package dev.clew.spi;

import dev.clew.flow.Final;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.task.FutureGroup;
import dev.clew.task.IllegalStepException;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs each call once, inline: no engine, no retry, no timeout, no cache, no encoding. What a {@code
 * …Tasks.direct(flow)} handle stands on, for plain unit tests.
 *
 * <p>A task's exception is thrown as it is, at the join; a checked one is wrapped in a {@link CompletionException}.
 *
 * <pre>{@code
 * EssayFlowTasks tasks = EssayFlowTasks.direct(new EssayFlow(fakeWriter));
 * assertEquals("…", tasks.compose("rain").join().text());
 * }</pre>
 */
public final class DirectScope implements Scope, FutureGroup {
    private final List<Object> contexts;

    private DirectScope(List<Object> contexts) {
        this.contexts = contexts;
    }

    /** A scope whose {@code @Context} parameters get these values, found by their type. */
    public static DirectScope with(Object... contexts) {
        return new DirectScope(List.of(contexts));
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> call(TaskSpec<R> task, @Nullable Object... arguments) {
        return run(task.name(), task.body(), arguments);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <O extends @Nullable Object> TaskFuture<O> child(WorkflowSpec<?, O> workflow, @Nullable Object input) {
        Direct<Object> made = run(workflow.name(), workflow.body(), input);
        return (TaskFuture<O>) (made.value instanceof Final<?, ?> both ? made.with(both.value()) : made);
    }

    @Override
    public <T extends @Nullable Object> T note(String key, TypeRef<T> type, Supplier<? extends T> make) {
        return make.get();
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

    /** Nobody streams what runs here. */
    @Override
    public void value(Supplier<? extends @Nullable Object> value) {}

    /** Returns at once: nothing pauses here. */
    @Override
    public void breakpoint(List<String> nodes) {}

    private <R extends @Nullable Object> Direct<R> run(
            String name, TaskBody<? extends R> body, @Nullable Object... arguments) {
        try {
            return new Direct<>(this, body.run(new Call(name, arguments)), null);
        } catch (Throwable thrown) {
            return new Direct<>(this, null, thrown);
        }
    }

    @Override
    public <R extends @Nullable Object> List<R> allOf(List<? extends TaskFuture<? extends R>> futures) {
        return futures.stream().<R>map(TaskFuture::join).toList();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends @Nullable Object> TaskFuture<R> anyOf(List<? extends TaskFuture<? extends R>> futures) {
        return (TaskFuture<R>) futures.get(0);
    }

    private final class Call implements TaskCall {
        private final String name;
        private final @Nullable Object[] arguments;

        Call(String name, @Nullable Object[] arguments) {
            this.name = name;
            this.arguments = arguments;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
        public <T extends @Nullable Object> T arg(int index) {
            return (T) arguments[index];
        }

        @Override
        public <T extends @Nullable Object> T copy(T value, TypeRef<?> type) {
            return value;
        }

        @Override
        public boolean isSame(@Nullable Object one, @Nullable Object other, TypeRef<?> type) {
            return Objects.deepEquals(one, other);
        }

        @Override
        public RunConfig config() {
            return RunConfig.none();
        }

        @Override
        public TaskContext taskContext() {
            return new DirectRun(name);
        }

        @Override
        public Run run() {
            return new DirectRun(name);
        }

        @Override
        public Scope scope() {
            return DirectScope.this;
        }

        @Override
        public <C> C context(Class<C> type) {
            return contexts.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStepException("'" + name + "' asks for a context of type "
                            + type.getName() + "; give it to direct(flow, context)"));
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <P> @Nullable P previous() {
            return null;
        }

        @Override
        public <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Throwable {
            try {
                return stage.toCompletableFuture().get();
            } catch (ExecutionException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }
    }

    private record Direct<R extends @Nullable Object>(
            DirectScope group, @Nullable R value, @Nullable Throwable thrown)
            implements TaskFuture<R>, FutureGroup.Member {
        <T extends @Nullable Object> Direct<T> with(T other) {
            return new Direct<>(group, other, null);
        }

        @Override
        @SuppressWarnings("NullAway")
        public R join() {
            if (thrown instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw new CompletionException(thrown);
            }
            return value;
        }

        @Override
        public R join(Duration timeout) {
            return join();
        }

        @Override
        public boolean cancel() {
            return false;
        }
    }
}
