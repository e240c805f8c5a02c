package dev.clew.effect;

import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.value.TypeRef;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the body of a {@code ONCE} task sees of one attempt: the arguments of the call, as a copy of its own. */
final class OnceCall implements TaskCall {
    private final TaskCall call;
    private final TaskCall attempt;
    private final OnceContext context;

    /**
     * One attempt.
     *
     * @param call of the task
     * @param attempt of the step that executes its body
     */
    OnceCall(TaskCall call, TaskCall attempt, String stepId, String effectId, int number) {
        this.call = call;
        this.attempt = attempt;
        this.context = new OnceContext(attempt.taskContext(), stepId, effectId, number);
    }

    @Override
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"}) // the generated caller names the type
    public <T extends @Nullable Object> T arg(int index) {
        return call.arg(index);
    }

    @Override
    public <T extends @Nullable Object> T copy(T value, TypeRef<?> type) {
        return attempt.copy(value, type);
    }

    @Override
    public boolean isSame(@Nullable Object one, @Nullable Object other, TypeRef<?> type) {
        return attempt.isSame(one, other, type);
    }

    @Override
    public RunConfig config() {
        return attempt.config();
    }

    @Override
    public TaskContext taskContext() {
        return context;
    }

    @Override
    public Run run() {
        return attempt.run();
    }

    @Override
    public Scope scope() {
        return attempt.scope();
    }

    @Override
    public <C> C context(Class<C> type) {
        return call.context(type);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <P> @Nullable P previous() {
        return call.previous();
    }

    @Override
    public <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Throwable {
        return attempt.await(stage);
    }
}
