package dev.clew.agents;

import dev.clew.messages.ToolCall;

/**
 * Stands around each execution of a tool, behind the gates: it may change the arguments and the answer, execute it several times,
 * or not at all.
 *
 * <pre>{@code
 * hooks.wrapToolCall((call, run, next) -> next.call(call.withArgs(cleaned(call.args()))));
 * }</pre>
 */
@FunctionalInterface
public interface ToolWrapper {
    /** Answers a call. If the tool fails, {@code next.call} throws a {@code TaskFailedException}. */
    ToolAnswer call(ToolCall call, HookRun run, Next next) throws Throwable;

    /** What is inside of a wrapper. */
    @FunctionalInterface
    interface Next {
        /** Executes the tool: one step, {@code tool:NAME#n}, with an outcome of its own. */
        ToolAnswer call(ToolCall call) throws Throwable;
    }
}
