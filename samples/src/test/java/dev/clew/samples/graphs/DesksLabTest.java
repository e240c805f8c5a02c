package dev.clew.samples.graphs;

import static dev.clew.testing.ClewAssertions.assertThat;

import dev.clew.flow.NodeRef;
import dev.clew.samples.graphs.Desks.Verdict;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.Storage;
import java.util.List;
import org.assertj.core.api.Assertions;

/** What the test kit does for tasks it does for nodes. */
class DesksLabTest {
    @ClewTest({Storage.MEMORY, Storage.SQLITE})
    void aNodeIsFaked(Lab lab) {
        var lengths = lab.graph(() -> Desks_LengthsGraph.builder(new Desks.Lengths()));
        var fake = lengths.<DeskUpdate>fake(Desks_LengthsNode.SCORE)
                .returns(DeskUpdate.update().score(42));

        assertThat(lengths.workflow(Desks_LengthsGraph::workflow).invoke("moles"))
                .isCompletedWith(42);
        Assertions.assertThat(fake.played()).isEqualTo(1);
    }

    @ClewTest
    void aFakedFailureIsHandledByTheNodesHandler(Lab lab) {
        var routes = lab.graph(() -> Desks_TwoRoutesGraph.builder(new Desks.TwoRoutes()));
        routes.fake(Desks_TwoRoutesNode.CHOOSE).fails(9);

        assertThat(routes.workflow(Desks_TwoRoutesGraph::workflow).invoke("moles"))
                .isCompletedWith(List.of("right"));
    }

    @ClewTest
    void aNodeOfAGraphInANodeIsFakedByBothNames(Lab lab) {
        var office = lab.graph(() -> Desks_OfficeGraph.builder(new Desks.Office()));
        office.<DeskUpdate>fake(NodeRef.of("writer/write"))
                .returns(DeskUpdate.update().notes("faked"));

        assertThat(office.workflow(Desks_OfficeGraph::workflow).invoke("moles")).isCompletedWith("faked, faked");
    }

    @ClewTest
    void aGraphInANodeIsFakedAsAWhole(Lab lab) {
        var office = lab.graph(() -> Desks_OfficeGraph.builder(new Desks.Office()));
        office.<DeskUpdate.Goto<Verdict>>fake(Desks_OfficeNode.WRITER)
                .returns(DeskUpdate.update().notes("whole").goTo(Verdict.GOOD));

        assertThat(office.workflow(Desks_OfficeGraph::workflow).invoke("moles")).isCompletedWith("whole, whole");
    }

    @ClewTest
    void aCrashAnywhereChangesNothing(Lab lab) {
        String result = lab.crashEverywhere(fresh -> fresh.graph(() -> Desks_OfficeGraph.builder(new Desks.Office()))
                .workflow(Desks_OfficeGraph::workflow)
                .invoke("moles")
                .value());

        Assertions.assertThat(result).isEqualTo("about moles, about moles+");
    }
}
