package trips;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import org.springframework.stereotype.Component;

@Component
public class TripFlow {
    @Task
    String book(String place) {
        System.out.println("booking");
        return "booked " + place;
    }

    @Entrypoint
    String travel(String place, TripFlowTasks tasks) {
        return tasks.book(place).join();
    }
}
