package dev.clew.agents;

import dev.clew.flow.Run;
import dev.clew.graph.StateUpdate;
import java.util.ArrayList;
import java.util.List;

/** What the wrappers of one execution of a node share. */
final class NodeHook implements HookRun {
    private final AgentState state;
    private final Run run;
    private final List<StateUpdate<?>> updates = new ArrayList<>();

    NodeHook(AgentState state, Run run) {
        this.state = state;
        this.run = run;
    }

    @Override
    public AgentState state() {
        return state;
    }

    @Override
    public Run run() {
        return run;
    }

    @Override
    public void update(StateUpdate<?> update) {
        updates.add(update);
    }

    List<StateUpdate<?>> updates() {
        return updates;
    }
}
