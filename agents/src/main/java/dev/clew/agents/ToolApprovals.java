package dev.clew.agents;

import java.util.List;

/**
 * The question whether the calls of an answer are to be executed: one question for all of them. In JSON as LangChain's {@code
 * HITLRequest}: {@code {"action_requests": […], "review_configs": […]}}.
 *
 * <pre>{@code
 * ToolApprovals asked = pause.only(HumanInTheLoop.APPROVALS).value();
 * asked.calls().get(0).name();   // book
 * }</pre>
 *
 * @param calls the calls, in the model's order
 */
public record ToolApprovals(List<ToolApproval> calls) {
    /** Copies the calls. */
    public ToolApprovals {
        calls = List.copyOf(calls);
    }
}
