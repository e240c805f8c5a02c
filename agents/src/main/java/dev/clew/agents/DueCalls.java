package dev.clew.agents;

import dev.clew.messages.ToolCall;
import java.util.List;

/**
 * The calls of an answer about which a person is asked at once.
 *
 * @param calls the calls
 */
record DueCalls(List<ToolCall> calls) {
    DueCalls {
        calls = List.copyOf(calls);
    }
}
