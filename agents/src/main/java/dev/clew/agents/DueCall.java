package dev.clew.agents;

import dev.clew.messages.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * A call that is sent to the node of tools.
 *
 * @param call the call
 * @param verdict what the gates said of it; null if they were not asked yet
 * @param decision what a person decided; null if none did
 */
record DueCall(
        ToolCall call,
        GateStep.@Nullable Outcome verdict,
        @Nullable Decision decision) {
    static DueCall of(ToolCall call) {
        return new DueCall(call, null, null);
    }
}
