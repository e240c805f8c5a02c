package dev.clew.agents;

import dev.clew.flow.Run;
import org.jspecify.annotations.Nullable;

/**
 * Runs before or after the model or the agent, as a node of its own that may ask and call tasks. It is a scope: its code between
 * durable calls must be deterministic.
 *
 * <pre>{@code
 * hooks.askAfterModel((state, run) -> run.interrupt(FINE, state.messages()) ? HookResult.proceed() : HookResult.jump(Jump.END),
 *     Jump.END)
 * }</pre>
 */
@FunctionalInterface
public interface ScopeHook {
    /** Returns what the hook gives; null is {@link HookResult#proceed}. */
    @Nullable
    HookResult run(AgentState state, Run run) throws Throwable;
}
