package dev.clew.agents;

import dev.clew.annotations.Describe;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.annotations.Tool;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.interrupt.InterruptKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tools that are methods. */
class Trips {
    static final InterruptKey<String, Boolean> SURE = InterruptKey.of("sure", String.class, Boolean.class);

    record Trip(@Describe("the English name of a city") String to, int days) {}

    record Booking(String id, Trip trip) {}

    final List<String> done = new CopyOnWriteArrayList<>();
    private int failures;

    Trips failing(int times) {
        failures = times;
        return this;
    }

    @Tool("Tells the weather of a city.")
    String weather(@Describe("its English name") String city) {
        done.add("weather " + city);
        return "sun in " + city;
    }

    @Tool(value = "Books a trip. Costs money.", retry = @Retry(maxAttempts = 3), timeout = "PT30S")
    Booking book(Trip trip, @Nullable String note, Optional<Integer> people, TaskContext context) throws IOException {
        done.add("book " + trip.to() + " " + trip.days() + " " + note + " " + people.orElse(1) + " "
                + context.attempt());
        if (context.attempt() <= failures) {
            throw new IOException("try again");
        }
        return new Booking("b-1", trip);
    }

    @Tool(value = "Says goodbye.", name = "good-bye", returnDirect = true)
    void leave() {
        done.add("leave");
    }

    @Tool("Cancels a booking, if a person is sure.")
    String cancel(String id, Run run, TripsTasks tasks) {
        String found = tasks.look(id).join();
        return run.interrupt(SURE, "cancel " + found + "?") ? tasks.drop(id).join() : "kept";
    }

    @Task
    String look(String id) {
        done.add("look " + id);
        return "booking " + id;
    }

    @Task
    String drop(String id) {
        done.add("drop " + id);
        return "cancelled";
    }
}
