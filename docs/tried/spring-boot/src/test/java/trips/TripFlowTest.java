package trips;

import static dev.clew.testing.ClewAssertions.assertThat;

import dev.clew.spring.ClewGraphs;
import dev.clew.spring.test.SpringClewTest;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import org.springframework.beans.factory.annotation.Autowired;

@SpringClewTest
class TripFlowTest {
    @ClewTest
    void booksOnceThoughItsProcessCrashes(Lab lab, @Autowired ClewGraphs graphs, @Autowired TripFlow flow) {
        var travel = lab.graph(() -> graphs.customize(TripFlowGraph.builder(flow))).workflow(TripFlowGraph::travel);
        lab.crashAfter("book");

        assertThat(travel.invoke("Rome")).isCompletedWith("booked Rome").executed("book", 1);
    }
}
