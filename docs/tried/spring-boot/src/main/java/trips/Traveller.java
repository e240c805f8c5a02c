package trips;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

/** Enqueues a trip when the application has started, and waits until a worker of the same process has made it. */
@Component
class Traveller implements CommandLineRunner {
    private final TripFlowGraph trips;

    Traveller(TripFlowGraph trips) {
        this.trips = trips;
    }

    @Override
    public void run(String... args) {
        RunHandle<String> trip = trips.travel().enqueue("Rome", RunConfig.once("trip-1"));
        System.out.println(trip.result().value());
    }
}
