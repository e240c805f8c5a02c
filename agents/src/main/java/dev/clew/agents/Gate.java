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
    /**
     * The verdict on a call. Its arguments fit the tool's schema and are of its types, also where the model wrote a number as text;
     * it has the tool's present name, also where the model used a former one, and so have the calls in the state.
     */
    Verdict judge(ToolCall call, AgentState state, TaskContext context) throws Exception;
}
