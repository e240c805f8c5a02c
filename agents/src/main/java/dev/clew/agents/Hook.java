package dev.clew.agents;

import dev.clew.flow.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs before or after the model or the agent, as a node of its own. It is a leaf: it may do anything, and is executed again if it
 * failed or its process died. Its result is recorded once.
 *
 * <pre>{@code
 * hooks.beforeModel((state, context) -> HookResult.proceed().update(QuotaUpdate.update().used(quota.used(user))))
 * }</pre>
 */
@FunctionalInterface
public interface Hook {
    /** Returns what the hook gives; null is {@link HookResult#proceed}. */
    @Nullable
    HookResult run(AgentState state, TaskContext context) throws Exception;
}
