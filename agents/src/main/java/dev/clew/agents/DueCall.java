package dev.clew.agents;

import dev.clew.messages.ToolCall;

/**
 * A call that is sent to the node of tools.
 *
 * @param call the call
 */
record DueCall(ToolCall call) {}
