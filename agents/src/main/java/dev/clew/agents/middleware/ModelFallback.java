package dev.clew.agents.middleware;

import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.model.ModelClient;
import dev.clew.task.TaskFailedException;
import java.util.List;

/**
 * Asks other models if the agent's own failed for good: one after another, until one answers. Each is a step of its own, with its
 * attempts, so a crash between two of them asks none again that has failed.
 *
 * <pre>{@code
 * .middleware(ModelFallback.to(other, cheap))
 * }</pre>
 */
public final class ModelFallback implements Middleware {
    private final List<ModelClient> others;

    private ModelFallback(List<ModelClient> others) {
        this.others = others;
    }

    /** Returns the middleware that asks these models, in their order. */
    public static ModelFallback to(ModelClient... others) {
        return new ModelFallback(List.of(others));
    }

    @Override
    public void install(Hooks hooks) {
        hooks.wrapModelCall((request, run, next) -> {
            TaskFailedException failure;
            try {
                return next.call(request);
            } catch (TaskFailedException failed) {
                failure = failed;
            }
            for (ModelClient other : others) {
                try {
                    return next.call(other, request);
                } catch (TaskFailedException failed) {
                    failure.addSuppressed(failed);
                }
            }
            throw failure;
        });
    }
}
