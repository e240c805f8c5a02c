package dev.clew.samples.agents;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;

import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;

class LeadWithWorkersTest {
    @ClewTest({MEMORY, SQLITE})
    void workersAreAskedOneAfterTheOtherOverACrash(Lab lab) {
        var lead = lab.graph(() -> LeadWithWorkers.lead(
                                LeadWithWorkers.LEAD, LeadWithWorkers.RESEARCHER, LeadWithWorkers.WRITER)
                        .graph())
                .workflow(graph -> graph.workflow());
        lab.crashAfter("tool:research");

        AgentResult<String> result =
                lead.invoke(AgentInput.user("A paragraph, please.")).value();

        assertThat(result)
                .calledTools("research", "write")
                .says("Bergen is wet: It rains on 200 days a year (city archive).");
        assertThat(result.cost().modelCalls()).isEqualTo(5);
    }
}
