package dev.clew.agents;

import dev.clew.flow.Run;
import dev.clew.graph.StateUpdate;

/**
 * What a wrapper knows and may do. It is called in a scope: its code between durable calls must be deterministic; time, chance,
 * questions and tasks come from {@link #run}.
 */
public interface HookRun {
    /** Returns the agent's state as it was when the superstep began. */
    AgentState state();

    /** Returns the handle for durable calls. */
    Run run();

    /** Changes a section of the agent's state, together with what the node writes. */
    void update(StateUpdate<?> update);
}
