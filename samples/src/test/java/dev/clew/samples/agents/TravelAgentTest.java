package dev.clew.samples.agents;

import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.Decision;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;

class TravelAgentTest {
    private static TestWorkflow<AgentInput, AgentResult<String>> travel(Lab lab) {
        return lab.graph(() -> TravelAgent.agent(TravelAgent.SCRIPT).graph()).workflow(graph -> graph.workflow());
    }

    @ClewTest({MEMORY, SQLITE})
    void booksWhatAPersonApprovedInAnotherProcess(Lab lab) {
        var travel = travel(lab);

        assertThat(travel.invoke(AgentInput.user("Three days in Crete, please."))
                        .only(HumanInTheLoop.APPROVAL)
                        .value()
                        .name())
                .isEqualTo("book");
        lab.crash();

        assertThat(travel.answer(HumanInTheLoop.APPROVAL, Decision.approve())
                        .value()
                        .output())
                .isEqualTo("Done, booked: 3 days in Chania.");
    }

    @ClewTest
    void tellsTheModelWhyNothingWasBooked(Lab lab) {
        var travel = travel(lab);
        travel.invoke(AgentInput.user("Three days in Crete, please."));

        assertThat(travel.answer(
                                HumanInTheLoop.APPROVAL,
                                TravelAgent.read("no Too far.").orElseThrow())
                        .value()
                        .output())
                .startsWith("Then not.")
                .endsWith("Too far.");
    }
}
