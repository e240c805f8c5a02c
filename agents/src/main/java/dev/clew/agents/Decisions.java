package dev.clew.agents;

import java.util.List;

/**
 * What a person decides about the calls of {@link ToolApprovals}, in their order. In JSON as LangChain's {@code {"decisions": […]}}.
 *
 * <pre>{@code
 * travel.invoke(question.answer(Decisions.of(Decision.approve(), Decision.reject("Too expensive."))), thread);
 * }</pre>
 *
 * @param all a decision for each call
 */
public record Decisions(List<Decision> all) {
    /** Copies the decisions. */
    public Decisions {
        all = List.copyOf(all);
    }

    /** Returns these decisions. */
    public static Decisions of(Decision... all) {
        return new Decisions(List.of(all));
    }
}
