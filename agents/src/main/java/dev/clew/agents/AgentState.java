package dev.clew.agents;

import dev.clew.graph.StateSpec;
import dev.clew.messages.Message;
import java.util.List;
import java.util.Map;

/**
 * The state of an agent: its messages, and a section for each middleware that keeps something. Immutable.
 *
 * <pre>{@code
 * int used = state.get(QuotaUpdate.STATE).used();
 * }</pre>
 *
 * <p>In JSON the components of all sections lie side by side: {@code messages}, {@code structured_response}, and those of the
 * sections.
 */
public interface AgentState {
    /** Returns the conversation, oldest message first, over all runs of the thread. */
    List<Message> messages();

    /** Returns the messages that the run has made so far: what the model said, and the results of its calls. */
    List<Message> messagesOfRun();

    /** Returns how often the model was asked in this run, attempts that failed aside. */
    int modelCalls();

    /**
     * Returns how often the model called each tool over all runs of the thread, by name. Calls whose messages were removed count,
     * and so do those that were not executed.
     */
    Map<String, Integer> toolCalls();

    /** Returns how often the model called each tool in this run, by name. */
    Map<String, Integer> toolCallsOfRun();

    /**
     * Returns a section.
     *
     * @throws dev.clew.value.IllegalRequestException if no middleware of the agent has this section
     */
    <S> S get(StateSpec<S> section);
}
