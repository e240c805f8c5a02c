package dev.clew.tools;

import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.spi.Scope;
import java.util.concurrent.CompletionStage;

/** What generated code gets. */
public interface ToolInvocation {
    @SuppressWarnings("TypeParameterUnusedInFormals")
    <T> T arg(int index);

    TaskContext taskContext();

    Run run();

    Scope scope();

    <C> C context(Class<C> type);

    <T> T await(CompletionStage<T> stage) throws Throwable;
}
