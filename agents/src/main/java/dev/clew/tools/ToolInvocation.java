package dev.clew.tools;

import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call of a tool that is a method. For generated code.
 *
 * <pre>{@code
 * call -> travel.book(call.<Trip>arg(0), call.taskContext())
 * }</pre>
 */
public final class ToolInvocation {
    private final TaskCall call;
    private final List<?> arguments;

    ToolInvocation(TaskCall call, List<?> arguments) {
        this.call = call;
        this.arguments = arguments;
    }

    /** Returns an argument. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the generated caller names the type it declared
    public <T extends @Nullable Object> T arg(int index) {
        return (T) arguments.get(index);
    }

    /** Returns the handle of a leaf. */
    public TaskContext taskContext() {
        return call.taskContext();
    }

    /** Returns the handle of a scope. */
    public Run run() {
        return call.run();
    }

    /** Returns where calls of a {@code …Tasks} handle go. */
    public Scope scope() {
        return call.scope();
    }

    /** Returns the {@code @Context} of this type. */
    public <C> C context(Class<C> type) {
        return call.context(type);
    }

    /** Waits for a tool that answers with a stage; its failure is thrown unwrapped. */
    public <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Throwable {
        return call.await(stage);
    }
}
