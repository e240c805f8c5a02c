package hello;

import static dev.clew.testing.ClewAssertions.assertThat;
import static hello.Trip.AGREE;

import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;

class TripTest {
    @ClewTest
    void plansOnceThoughItsProcessCrashes(Lab lab) {
        var trips = lab.graph(() -> TripGraph.builder(new Trip()));
        var fakes = trips.fakes(TripTasks::on);
        fakes.when(tasks -> tasks.book("three days in Crete")).thenReturns("booked");
        var travel = trips.workflow(TripGraph::travel);

        assertThat(travel.invoke("Crete")).isInterruptedBy(AGREE, "three days in Crete");
        lab.crash();
        assertThat(travel.answer(AGREE, true)).isCompletedWith("booked").executed("plan", 1);
    }
}
