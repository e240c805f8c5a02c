package dev.clew.agents;

import dev.clew.flow.TaskContext;
import dev.clew.messages.ToolCall;

/**
 * Judges each call of a tool before it is executed. All gates of a call run in one step, whose verdict is recorded: a parked call
 * keeps the verdict that it met. A gate may do anything, such as ask a service; one that throws denies.
 *
 * <pre>{@code
 * hooks.gate((call, state, context) -> call.name().startsWith("delete") ? Verdict.deny("Not here.") : Verdict.allow());
 * }</pre>
 */
@FunctionalInterface
public interface Gate {
    /** The verdict on a call, whose arguments fit the tool's schema. */
    Verdict judge(ToolCall call, AgentState state, TaskContext context) throws Exception;
}
