package dev.clew.agents;

/**
 * Where a hook sends the loop, in place of what would be next. A hook names the jumps that it may make where it is registered, so
 * that the drawing of the agent's graph has them.
 *
 * <pre>{@code
 * hooks.beforeModel((state, context) -> isAbuse(state) ? HookResult.jump(Jump.END) : HookResult.proceed(), Jump.END)
 * }</pre>
 */
public enum Jump {
    /** To the model, by way of the hooks before it. */
    MODEL,
    /** To the tools: the calls of the last answer that have no result. Their gates judge them as ever. */
    TOOLS,
    /** To the end of the run, by way of the hooks after the agent. */
    END
}
